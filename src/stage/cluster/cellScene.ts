// One cell of the matrix: a broker's copy of a partition with its role, or a bar where it has none.

import type { NodeIndex, PartitionIndex } from '../../engine/index';
import { fittingText, INKS, LEAST_TEXT, type PaintName, textWidth } from '../encoding';
import { boxPath, tickPath } from '../shapes';
import { baseLine, joinStills, type Still, type StillPath, word } from '../still';
import { type BrickPlace, copyStill } from './bricks';
import { type BrokerColumn, CELL_PADDING, type MatrixLayout } from './clusterLayout';
import { readingMarks } from './readingMarks';
import type { ClusterInstant } from './state/clusterInstant';
import { type CopyRole, copyRole, isOut, roleWords } from './state/clusterWords';

/** Where the parts of a row of the matrix lie, in pixels from the top of the picture. */
export interface RowParts {
  /** Of the row's name and of its readers. */
  readonly middle: number;
  readonly labelY: number;
  readonly brickTop: number;
  readonly brickHeight: number;
  /** How far the leader's frame stands out over the bricks. */
  readonly frameOver: number;
  readonly marksTop: number;
  readonly marksHeight: number;
}

const LABEL_HEIGHT = 19;
const ROOMY_ROW = 84;
const TALL_ROW = 150;
const TIGHT_BELOW = 66;

export function rowParts(layout: MatrixLayout, row: number): RowParts {
  const { headHeight, rowHeight } = layout;
  const top = headHeight + row * rowHeight;
  const isRoomy = rowHeight >= ROOMY_ROW;
  const isTight = rowHeight < TIGHT_BELOW;
  const frameOver = isTight ? 3 : 6;
  const [air, between] = isRoomy ? [6, 9] : [2, frameOver + 1];
  const marksHeight = isRoomy ? 15 : isTight ? 8 : 10;
  const others = LABEL_HEIGHT + 2 * between + marksHeight;
  const highest = rowHeight >= TALL_ROW ? 56 : layout.labels === null ? 34 : 44;
  const brickHeight = Math.max(17, Math.min(highest, rowHeight - 2 * air - others));
  const above = Math.max(air, (rowHeight - others - brickHeight) / 2);
  const brickTop = top + above + LABEL_HEIGHT + between;
  return {
    middle: isRoomy ? brickTop + brickHeight / 2 : top + rowHeight / 2,
    labelY: top + above + LABEL_HEIGHT / 2,
    brickTop,
    brickHeight,
    frameOver,
    marksTop: brickTop + brickHeight + between,
    marksHeight,
  };
}

export interface Cell {
  readonly partition: PartitionIndex;
  readonly row: RowParts;
  readonly column: BrokerColumn;
  /** Those who read the partition; the leader's cell shows how far. */
  readonly readers: readonly NodeIndex[];
}

export function cellStill(layout: MatrixLayout, instant: ClusterInstant, cell: Cell): Still {
  const { partition, column, row, readers } = cell;
  const replica = instant
    .leadership(partition)
    .replicas.find(({ broker }) => broker === column.node);
  const key = `cell ${partition} ${column.node}`;
  const bricks: BrickPlace = {
    left: column.left + CELL_PADDING,
    top: row.brickTop,
    height: row.brickHeight,
  };
  if (replica === undefined) return emptyCell(column, bricks, key);
  const role = copyRole(instant, partition, replica);
  const broker = instant.broker(column.node);
  const isLeading = role === 'leader' || role === 'new leader';
  const isCurrent = isLeading || role === 'in sync' || role === 'was leader';
  const isStale = !isCurrent || isOut(broker);
  const isCopying = !isLeading && !isOut(broker) && broker?.isolatedFromBrokers !== true;
  const marks = { partition, readers, bricks, top: row.marksTop, height: row.marksHeight };
  return joinStills([
    frameStill(column, row, { role, key }),
    copyStill(layout, instant, { partition, replica, isStale, isCopying, place: bricks, key }),
    ...(isLeading ? [readingMarks(layout, instant, marks)] : []),
    roleStill(column, row, { wordings: roleWords(instant, partition, replica), role, key }),
  ]);
}

function emptyCell({ left, width }: BrokerColumn, { top, height }: BrickPlace, key: string): Still {
  const inner = { left: left + CELL_PADDING, right: left + width - CELL_PADDING };
  const middle = top + height / 2;
  const d = boxPath({ ...inner, top: middle - 5, bottom: middle + 5 }, 5);
  return { paths: [{ key, d, paint: 'sunken' }], words: [] };
}

interface RoleOf {
  readonly role: CopyRole;
  readonly key: string;
}

const FRAMES: Readonly<Partial<Record<CopyRole, PaintName>>> = {
  leader: 'leader-frame',
  'new leader': 'leader-frame',
  'leader gone': 'leader-frame-lost',
};

function frameStill({ left, width }: BrokerColumn, row: RowParts, { role, key }: RoleOf): Still {
  const paint = FRAMES[role];
  if (paint === undefined) return { paths: [], words: [] };
  const over = row.frameOver;
  const box = {
    left: left + CELL_PADDING - over,
    right: left + width - CELL_PADDING + over,
    top: row.brickTop - over,
    bottom: row.brickTop + row.brickHeight + over,
  };
  return { paths: [{ key: `${key} frame`, d: boxPath(box, 5), paint }], words: [] };
}

const TAG_PADDING = 7;
const TICK_ROOM = 18;

/** A black tag for who leads, thin words for the others; a tick beside those in sync. */
function roleStill(
  { left, width }: BrokerColumn,
  row: RowParts,
  { role, wordings, key }: RoleOf & { readonly wordings: readonly string[] },
): Still {
  const from = left + CELL_PADDING;
  const room = width - 2 * CELL_PADDING;
  const y = row.labelY;
  const isTag = FRAMES[role] !== undefined;
  const isFilled = FRAMES[role] === 'leader-frame';
  const hasTick = role === 'in sync';
  const padding = isTag ? TAG_PADDING : hasTick ? TICK_ROOM : 0;
  const ink = isFilled ? 'on-ink' : isTag || role === 'not in sync' ? 'strong' : 'quiet';
  const { weight } = INKS[ink];
  const text = fittingText(wordings, room - padding * (isTag ? 2 : 1), weight);
  const paths: StillPath[] = [];
  if (isTag) {
    const right = from - 6 + textWidth(text, LEAST_TEXT, weight) + 2 * TAG_PADDING;
    const box = { left: from - 6, right, top: y - 10, bottom: y + 9 };
    const paint = isFilled ? 'leader-tag' : 'leader-tag-lost';
    paths.push({ key: `${key} tag`, d: boxPath(box, 3), paint });
  }
  if (hasTick) paths.push({ key: `${key} role tick`, d: tickPath(from + 6, y, 6), paint: 'tick' });
  const x = from + (isTag ? padding - 6 : padding);
  return { paths, words: [word(`${key} role`, text, { x, y: baseLine(y), ink, anchor: 'start' })] };
}
