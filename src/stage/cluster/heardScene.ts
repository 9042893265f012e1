// What each reader got, in the order in which it came: a line of bricks a reader, the newest at the
// right; a bar under one that came after a later one, a second outline around one that came again.

import type { NodeIndex } from '../../engine/index';
import { fittingText, type PaintName } from '../encoding';
import { nameOf } from '../people';
import { boxPath, circlePath, squarePath } from '../shapes';
import { baseLine, joinStills, type Still, type StillPath, type Word, word } from '../still';
import { type ClusterLayout, MARGIN } from './clusterLayout';
import { heardRow, lineMiddle } from './geometry/heardRow';
import { againPath, latePath } from './geometry/recordSigns';
import type { ClusterInstant } from './state/clusterInstant';
import { countUntil, type Heard, heardOn } from './state/heard';

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
  const { index, sideOf, heardTop, size, labels } = layout;
  const all = heardOn(index, layout.stage).get(node) ?? [];
  const y = lineMiddle(heardTop, line);
  const key = `heard ${node}`;
  const from = MARGIN + LABEL_WIDTH;
  const row = heardRow(size.width - MARGIN - from, charactersOf(layout, all));
  const count = countUntil(all, instant.time);
  const isCut = count > row.places;
  const shown = all.slice(isCut ? count - row.places + 1 : 0, count);
  const first = isCut ? 1 : 0;
  const side = sideOf.get(node) ?? 'right';
  const markX = MARGIN + MARK_RADIUS + 1;
  const mark =
    side === 'left' ? circlePath(markX, y, MARK_RADIUS) : squarePath(markX, y, MARK_RADIUS, 2);
  const name = nameOf(index.trace, node);
  const title = fittingText([`${name} got`, name], LABEL_WIDTH - 2 * MARK_RADIUS - 12, 600);
  const place = { x: markX + MARK_RADIUS + 6, y: baseLine(y), anchor: 'start' } as const;
  const paints = new Map<PaintName, string>();
  const words: Word[] = [word(key, title, { ...place, ink: 'strong' })];
  if (isCut) words.push(word(`${key} more`, '…', { x: from + row.brickWidth / 2, y: baseLine(y) }));
  shown.forEach((heard, at) => {
    const left = from + (first + at) * row.step;
    const box = { left, right: left + row.brickWidth, top: y - BRICK_HALF, bottom: y + BRICK_HALF };
    const sender = sideOf.get(index.trace.messages.from[heard.message] ?? -1) ?? 'left';
    const draw = (paint: PaintName, d: string): void => {
      paints.set(paint, (paints.get(paint) ?? '') + d);
    };
    draw(`brick-${sender}`, boxPath(box, sender === 'left' ? 6 : 1));
    if (heard.isLate) draw('bookmark', latePath(box));
    if (heard.isAgain) draw('brick-gone', againPath(box));
    const text = labels?.of(heard.message) ?? String(heard.offset);
    const x = left + row.brickWidth / 2;
    words.push(word(`${key} ${at}`, text, { x, y: baseLine(y), ink: 'strong' }));
  });
  const paths: StillPath[] = [...paints].map(([paint, d]) => ({
    key: `${key} ${paint}`,
    d,
    paint,
  }));
  return { paths: [{ key: `${key} mark`, d: mark, paint: `person-${side}` }, ...paths], words };
}

/** What is written in a brick: the scene's own label, else the offset. */
const charactersOf = ({ labels }: ClusterLayout, all: readonly Heard[]): number =>
  labels?.length ?? String(Math.max(0, ...all.map(({ offset }) => offset))).length;
