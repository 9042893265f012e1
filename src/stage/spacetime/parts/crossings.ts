// Where lines cross: a person's message goes out at the same moment as another comes in.

import type { Lens } from '../../../engine/index';
import { circlePath } from '../../shapes';
import type { DiagramLayout } from '../diagramLayout';
import type { Shape } from '../looks';
import type { LineMark } from './lineMarks';

export interface Crossing {
  readonly time: number;
  readonly x: number;
  readonly y: number;
}

/**
 * Every two lines that run between the same two places in opposite directions at the same time.
 * Under the connection lens they must also run on the same connection.
 */
export function crossingsOf(
  layout: DiagramLayout,
  lines: readonly LineMark[],
  lens: Lens,
): Crossing[] {
  const { connection } = layout.story.index.trace.transfers;
  const crossings: Crossing[] = [];
  const byWay = new Map<string, LineMark[]>();
  for (const line of lines) {
    // A line that ends at once crosses nothing.
    if (line.isDropped || line.to <= line.from) continue;
    const opposite = byWay.get(`${line.y2} ${line.y1}`) ?? [];
    for (const other of opposite) {
      const isShared =
        lens !== 'connection' || connection[line.transfer] === connection[other.transfer];
      if (isShared && overlaps(line, other)) crossings.push(crossingOf(line, other));
    }
    const way = `${line.y1} ${line.y2}`;
    byWay.set(way, [...stillOpen(byWay.get(way) ?? [], line.from), line]);
  }
  return crossings.filter(({ x }) => x >= layout.left && x <= layout.right);
}

/** Lines come in the order of leaving: what has ended can cross no later one. */
const stillOpen = (lines: readonly LineMark[], from: number): LineMark[] =>
  lines.filter(({ to }) => to > from);

const overlaps = (one: LineMark, other: LineMark): boolean =>
  Math.min(one.to, other.to) > Math.max(one.from, other.from);

function crossingOf(one: LineMark, other: LineMark): Crossing {
  const slope = (line: LineMark): number => (line.y2 - line.y1) / (line.to - line.from);
  const [a, b] = [slope(one), slope(other)];
  const time = (other.y1 - one.y1 + a * one.from - b * other.from) / (a - b);
  const share = (time - one.from) / (one.to - one.from);
  return {
    time,
    x: one.x1 + share * (one.x2 - one.x1),
    y: one.y1 + share * (one.y2 - one.y1),
  };
}

/** More discs than this would be a yellow wall. */
export const MOST_CROSSINGS = 400;
const LARGEST = 13;
const SMALLEST = 4;

/** Discs as large as their distance allows. */
export function crossingShape(crossings: readonly Crossing[]): Shape {
  if (crossings.length > MOST_CROSSINGS) return { key: 'crossings', look: 'crossing', d: '' };
  const xs = crossings.map(({ x }) => x).sort((one, other) => one - other);
  const steps = xs.slice(1).map((x, at) => x - (xs[at] ?? 0));
  const step =
    steps.filter((width) => width > 1).sort((one, other) => one - other)[0] ?? LARGEST * 3;
  const radius = Math.max(SMALLEST, Math.min(LARGEST, step * 0.4));
  return {
    key: 'crossings',
    look: 'crossing',
    d: crossings.map(({ x, y }) => circlePath(x, y, radius)).join(''),
  };
}
