// The readers beside the matrix: who reads each partition, from where, how far behind, and who in a
// group has nothing to read.

import type { NodeIndex, PartitionIndex } from '../../engine/index';
import { fittingText, type InkName, LEAST_TEXT, type PaintName, textWidth } from '../encoding';
import { bookmarkPath, circlePath, hatchPath, squarePath } from '../shapes';
import { baseLine, joinStills, type Still, type StillPath, type Word, word } from '../still';
import type { RowParts } from './cellScene';
import type { MatrixLayout, PlacedReaders } from './clusterLayout';
import type { ClusterInstant } from './state/clusterInstant';
import {
  absenceWord,
  lagWords,
  lettersOf,
  mistakenWords,
  type Reading,
  readingOf,
  withoutPartition,
} from './state/clusterWords';

export interface ReaderCell {
  readonly partition: PartitionIndex;
  readonly row: RowParts;
  readonly column: PlacedReaders;
}

const LARGEST_MARK = 23;
const SMALLEST_MARK = 14;
const MARK_AIR = 10;
const ICON_ROOM = 16;
/** From so many pixels on, the marks of the legend stand beside the words. */
const ICONS_FROM = 130;

export function readerStill(
  layout: MatrixLayout,
  instant: ClusterInstant,
  { partition, row, column }: ReaderCell,
): Still {
  const key = `${column.key} ${partition}`;
  const { middle } = row;
  if (column.crowd.length > 0) return crowdStill(instant, { partition, row, column }, middle);
  const reader = column.readerOf[partition] ?? -1;
  if (reader < 0) return { paths: [], words: [] };
  const reading = readingOf(instant, partition, reader);
  const radius = Math.max(
    SMALLEST_MARK,
    Math.min(LARGEST_MARK, layout.rowHeight / 2 - 10, column.width / 8),
  );
  const x = column.left + radius + 2;
  const lines = linesOf(instant, partition, reading);
  const from = x + radius + MARK_AIR;
  const room = column.left + column.width - from;
  return joinStills([
    ...reading.mistaken
      .slice(0, 1)
      .map((node) => mistakenStill(layout, { node, key }, { x: x + 5, y: middle - 4, radius })),
    personMark(layout, instant, { node: reading.owner, key, x, y: middle, radius }),
    ...lines.map((line, at) => {
      const y = middle + (at === 0 ? -10 : 10);
      return lineStill(`${key} line ${at}`, line, { left: from, room, y });
    }),
  ]);
}

interface Line {
  readonly icon: 'bookmark' | 'lag' | null;
  readonly wordings: readonly string[];
  readonly ink: InkName;
}

function linesOf(instant: ClusterInstant, partition: PartitionIndex, reading: Reading): Line[] {
  const { owner, position, lag, mistaken } = reading;
  const absence = owner < 0 ? 'nobody yet' : absenceWord(instant, owner);
  const [deluded] = mistaken;
  const next: Line =
    absence !== null
      ? { icon: null, wordings: [`${absence}, ${position} next`, absence], ink: 'strong' }
      : {
          icon: 'bookmark',
          wordings: [`reads ${position} next`, `next ${position}`, `${position}`],
          ink: 'quiet',
        };
  if (deluded !== undefined) {
    const thinks = mistakenWords(lettersOf(instant, deluded));
    const wordings = [`${lag} behind, ${thinks[0]}`, ...thinks];
    return [next, { icon: null, wordings, ink: 'strong' }];
  }
  const isOffline = instant.leadership(partition).leader < 0;
  const behind = lagWords(lag);
  const wordings = isOffline ? [`${behind}, waits for leader`, behind] : [behind, `${lag}`];
  const isBehind = lag > 0;
  return [next, { icon: isBehind ? 'lag' : null, wordings, ink: isBehind ? 'strong' : 'quiet' }];
}

interface LinePlace {
  readonly left: number;
  readonly room: number;
  readonly y: number;
}

function lineStill(
  key: string,
  { icon, wordings, ink }: Line,
  { left, room, y }: LinePlace,
): Still {
  const hasIcons = room >= ICONS_FROM;
  const paths: StillPath[] = [];
  if (hasIcons && icon === 'bookmark') {
    paths.push({ key, d: bookmarkPath(left + 5, y - 8, 8, 15), paint: 'bookmark' });
  }
  if (hasIcons && icon === 'lag') {
    const box = { left, right: left + 11, top: y - 4.5, bottom: y + 4.5 };
    paths.push({ key, d: hatchPath(box, 5), paint: 'lag' });
  }
  const x = left + (hasIcons ? ICON_ROOM : 0);
  const text = fittingText(wordings, room - (x - left), ink === 'quiet' ? 400 : 600);
  if (text === '') return { paths: [], words: [] };
  return { paths, words: [word(key, text, { x, y: baseLine(y), ink, anchor: 'start' })] };
}

interface MarkAt {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

type Named = { readonly node: NodeIndex; readonly key: string };

function shapeOf({ sideOf }: MatrixLayout, node: NodeIndex, { x, y, radius }: MarkAt): string {
  return sideOf.get(node) === 'left'
    ? circlePath(x, y, radius)
    : squarePath(x, y, radius, Math.max(4, radius * 0.2));
}

function personMark(layout: MatrixLayout, instant: ClusterInstant, mark: Named & MarkAt): Still {
  const { node, key, x, y, radius } = mark;
  const isHere = node >= 0 && absenceWord(instant, node) === null;
  const side = layout.sideOf.get(node) ?? 'right';
  const paint: PaintName = isHere ? `person-${side}` : 'person-away';
  const letters = node < 0 ? '' : lettersOf(instant, node);
  const ink = isHere ? (`letter-${side}` as const) : 'letter-away';
  const fits = textWidth(letters, LEAST_TEXT, 600) <= 2 * radius - 2;
  const size = Math.max(LEAST_TEXT, Math.min(18, Math.round(radius * 0.78)));
  const words: Word[] =
    letters === '' || !fits ? [] : [word(key, letters, { x, y: baseLine(y, size), ink, size })];
  return { paths: [{ key: `${key} mark`, d: shapeOf(layout, node, mark), paint }], words };
}

/** Behind the owner: one who does not know yet that the partition has another owner. */
function mistakenStill(layout: MatrixLayout, { node, key }: Named, at: MarkAt): Still {
  const d = shapeOf(layout, node, at);
  return { paths: [{ key: `${key} mistaken`, d, paint: 'person-away' }], words: [] };
}

/** Readers without a column: only how many are behind, and how far the last one is. */
function crowdStill(instant: ClusterInstant, cell: ReaderCell, middle: number): Still {
  const { partition, column } = cell;
  const { readers = [] } = instant.index.trace.legend.partitions[partition] ?? {};
  const lags = column.crowd
    .filter((reader) => readers.includes(reader))
    .map((reader) => readingOf(instant, partition, reader).lag);
  if (lags.length === 0) return { paths: [], words: [] };
  const most = Math.max(...lags);
  const key = `${column.key} ${partition}`;
  const place = { left: column.left, room: column.width };
  return joinStills([
    lineStill(
      `${key} count`,
      { icon: null, wordings: [`${lags.length} read it`], ink: 'quiet' },
      { ...place, y: middle - 10 },
    ),
    lineStill(
      `${key} lag`,
      {
        icon: null,
        wordings: most === 0 ? ['up to date'] : [`up to ${most} behind`, `≤ ${most} behind`],
        ink: most === 0 ? 'quiet' : 'strong',
      },
      { ...place, y: middle + 10 },
    ),
  ]);
}

const IDLE_RADIUS = 13;
const IDLE_LINE = 34;
const IDLE_LINES = 2;

/** Under the rows of a group: its members without a partition, each with why. */
export function idleStill(
  layout: MatrixLayout,
  instant: ClusterInstant,
  column: PlacedReaders,
): Still {
  if (column.group < 0) return { paths: [], words: [] };
  const members = withoutPartition(instant, column.group);
  const reasons = [...new Set(members.map(({ why }) => why))];
  const shown = reasons.slice(0, IDLE_LINES);
  return joinStills(
    shown.map((why, line) => {
      const isLast = line === IDLE_LINES - 1 && reasons.length > IDLE_LINES;
      const own = members.filter(
        (member) => member.why === why || (isLast && !shown.includes(member.why)),
      );
      const y = layout.footTop + 18 + line * IDLE_LINE;
      const text = isLast ? 'others' : why;
      return idleLine(layout, instant, { column, nodes: own.map(({ node }) => node), text, y });
    }),
  );
}

interface IdleLine {
  readonly column: PlacedReaders;
  readonly nodes: readonly NodeIndex[];
  readonly text: string;
  readonly y: number;
}

function idleLine(
  layout: MatrixLayout,
  instant: ClusterInstant,
  { column, nodes, text, y }: IdleLine,
): Still {
  const key = `${column.key} ${text}`;
  const step = 2 * IDLE_RADIUS + 5;
  const words = textWidth(text, LEAST_TEXT, 600) + 8;
  const room = Math.max(1, Math.floor((column.width - words) / step));
  const isCut = nodes.length > room;
  const shown = nodes.slice(0, isCut ? Math.max(0, room - 1) : room);
  const marks = shown.map((node, at) =>
    personMark(layout, instant, {
      node,
      key: `${key} ${node}`,
      x: column.left + 2 + IDLE_RADIUS + at * step,
      y,
      radius: IDLE_RADIUS,
    }),
  );
  const label = isCut ? `+${nodes.length - shown.length} ${text}` : text;
  const x = column.left + shown.length * step + 6;
  const at = { x, y: baseLine(y), ink: 'strong', anchor: 'start' } as const;
  const fits = textWidth(label, LEAST_TEXT, 600) <= column.left + column.width - x + 2;
  return joinStills([...marks, { paths: [], words: fits ? [word(key, label, at)] : [] }]);
}
