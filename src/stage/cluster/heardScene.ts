// What each reader got, in the order in which it came: a line of bricks a reader, the newest at the
// right; a bar under one that came after a later one, a second outline around one that came again.

import type { NodeIndex } from '../../engine/index';
import { fittingText, type PaintName } from '../encoding';
import { nameOf } from '../people';
import { boxPath, circlePath, squarePath } from '../shapes';
import { baseLine, joinStills, type Still, word } from '../still';
import { type ClusterLayout, MARGIN } from './clusterLayout';
import { type HeardRow, heardRow, lineMiddle } from './geometry/heardRow';
import { againPath, latePath } from './geometry/recordSigns';
import type { ClusterInstant } from './state/clusterInstant';
import { countUntil, type Heard, heardOn } from './state/heard';
import { isTombstone } from './state/recordState';

const LABEL_WIDTH = 98;
const MARK_RADIUS = 7;
const BRICK_HALF = 12;

export function heardStill(layout: ClusterLayout, instant: ClusterInstant): Still {
  return joinStills(layout.hearers.map((node, line) => lineStill(layout, instant, { node, line })));
}

interface HeardLine {
  readonly node: NodeIndex;
  readonly line: number;
}

function lineStill(
  layout: ClusterLayout,
  instant: ClusterInstant,
  { node, line }: HeardLine,
): Still {
  const { index, stage, heardTop, size } = layout;
  const all = heardOn(index, stage).get(node) ?? [];
  const y = lineMiddle(heardTop, line);
  const from = MARGIN + LABEL_WIDTH;
  const row = heardRow(size.width - MARGIN - from, charactersOf(layout, all));
  const count = countUntil(all, instant.time);
  const isCut = count > row.places;
  const shown = all.slice(isCut ? count - row.places + 1 : 0, count);
  const key = `heard ${node}`;
  const more = word(`${key} more`, '…', { x: from + row.brickWidth / 2, y: baseLine(y) });
  return joinStills([
    titleStill(layout, { node, y, key }),
    { paths: [], words: isCut ? [more] : [] },
    bricksStill(layout, shown, { left: from + (isCut ? row.step : 0), y, row, key }),
  ]);
}

interface TitleAt {
  readonly node: NodeIndex;
  readonly y: number;
  readonly key: string;
}

function titleStill({ index, sideOf }: ClusterLayout, { node, y, key }: TitleAt): Still {
  const side = sideOf.get(node) ?? 'right';
  const x = MARGIN + MARK_RADIUS + 1;
  const d = side === 'left' ? circlePath(x, y, MARK_RADIUS) : squarePath(x, y, MARK_RADIUS, 2);
  const name = nameOf(index.trace, node);
  const title = fittingText([`${name} got`, name], LABEL_WIDTH - 2 * MARK_RADIUS - 12, 600);
  const at = { x: x + MARK_RADIUS + 6, y: baseLine(y), ink: 'strong', anchor: 'start' } as const;
  return {
    paths: [{ key: `${key} mark`, d, paint: `person-${side}` }],
    words: [word(key, title, at)],
  };
}

interface BricksAt {
  readonly left: number;
  readonly y: number;
  readonly row: HeardRow;
  readonly key: string;
}

function bricksStill(
  { index, sideOf, labels }: ClusterLayout,
  shown: readonly Heard[],
  { left: from, y, row, key }: BricksAt,
): Still {
  const shapes = new Map<PaintName, string>();
  const draw = (paint: PaintName, d: string): void => {
    shapes.set(paint, (shapes.get(paint) ?? '') + d);
  };
  const words = shown.map((heard, at) => {
    const left = from + at * row.step;
    const box = { left, right: left + row.brickWidth, top: y - BRICK_HALF, bottom: y + BRICK_HALF };
    const sender = sideOf.get(index.trace.messages.from[heard.message] ?? -1) ?? 'left';
    draw(`brick-${sender}`, boxPath(box, sender === 'left' ? 6 : 1));
    if (labels?.detail === 'key' && isTombstone(index, heard.partition, heard.offset)) {
      draw('strike', `M${left + 3} ${y}H${left + row.brickWidth - 3}`);
    }
    if (heard.isLate) draw('bookmark', latePath(box));
    if (heard.isAgain) draw('brick-gone', againPath(box));
    const text = labels?.of(heard.message) ?? String(heard.offset);
    const x = left + row.brickWidth / 2;
    return word(`${key} ${at}`, text, { x, y: baseLine(y), ink: 'strong' });
  });
  const paths = [...shapes].map(([paint, d]) => ({ key: `${key} ${paint}`, d, paint }));
  return { paths, words };
}

/** What is written in a brick: the scene's own label, else the offset. */
const charactersOf = ({ labels }: ClusterLayout, all: readonly Heard[]): number =>
  labels?.length ?? String(Math.max(0, ...all.map(({ offset }) => offset))).length;
