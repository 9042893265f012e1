// Waiting on a sender's life line: a thick stretch from the hand-over to the leaving, named.

import type { MessageIndex } from '../../../engine/index';
import { durationText } from '../../numberText';
import { round } from '../../shapes';
import { type Word, word } from '../../still';
import { type DiagramLayout, scaleOf } from '../diagramLayout';
import type { Shape } from '../looks';
import type { Wait } from '../story/senderWaits';
import { placesWithin } from '../story/spans';
import type { TimeWindow } from '../timeWindow';

export interface WaitMark {
  readonly wait: Wait;
  readonly message: MessageIndex;
  readonly x1: number;
  readonly x2: number;
  readonly y: number;
  readonly side: 'left' | 'right';
}

const MOST_WAITS = 300;
const LEAST_WIDTH = 3;

export function waitMarks(layout: DiagramLayout, window: TimeWindow): WaitMark[] {
  const { waits, waitSpans, index } = layout.story;
  const x = scaleOf(layout, window);
  const places = placesWithin(waitSpans, window);
  if (places.length > MOST_WAITS) return [];
  return places.flatMap((place): WaitMark[] => {
    const wait = waits[place] as Wait;
    const line = layout.lifeLineOf.get(index.trace.messages.from[wait.message] as number);
    if (line === undefined) return [];
    const x1 = Math.max(layout.left, x(wait.from));
    const x2 = Math.min(layout.right, x(wait.to));
    if (x2 - x1 < LEAST_WIDTH) return [];
    return [{ wait, message: wait.message, x1, x2, y: line.y, side: line.side ?? 'left' }];
  });
}

export function waitShapes(marks: readonly WaitMark[]): Shape[] {
  return (['left', 'right'] as const).map((side) => ({
    key: `waits ${side}`,
    look: `wait-${side}`,
    opacity: 0.55,
    d: marks
      .filter((mark) => mark.side === side)
      .map(({ x1, x2, y }) => `M${round(x1)} ${y}H${round(x2)}`)
      .join(''),
  }));
}

/** What the longest of them waited for, on the outer side of its line. */
export function waitWords(layout: DiagramLayout, marks: readonly WaitMark[]): Word[] {
  const middle = (layout.top + layout.bottom) / 2;
  const [first, last] = [layout.lifeLines[0], layout.lifeLines.at(-1)];
  const isOuter = ({ y }: WaitMark): boolean => y === first?.y || y === last?.y;
  return marks
    .filter(isOuter)
    .toSorted((one, other) => other.x2 - other.x1 - (one.x2 - one.x1))
    .map(({ wait, x1, x2, y }) => {
      const length = durationText((wait.to - wait.from) / 1_000);
      return word(`wait ${wait.message}`, `${wait.reason} ${length}`, {
        x: (x1 + x2) / 2,
        y: y < middle ? y - 8 : y + 20,
      });
    });
}
