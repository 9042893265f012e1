// However a window is zoomed, moved and dragged, it stays inside the run and keeps what it
// promises.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BrushPart, brushed } from './overviewScene';
import { followed, moved, type TimeWindow, withinRun, zoomed } from './timeWindow';

const HORIZON = 42_000_000;

const someWindow = fc
  .tuple(fc.integer({ min: -HORIZON, max: 2 * HORIZON }), fc.integer({ min: 1, max: 2 * HORIZON }))
  .map(([from, length]) => withinRun({ from, to: from + length }, HORIZON));
const someTime = fc.integer({ min: 0, max: HORIZON });
const holds = (property: fc.IProperty<[TimeWindow, number]>): void =>
  fc.assert(property, { seed: 7, numRuns: 400 });

const isInside = ({ from, to }: TimeWindow): boolean => from >= 0 && to <= HORIZON && to > from;

test('zooming out and in again comes back, and keeps the time under the pointer in place', () => {
  holds(
    fc.property(someWindow, someTime, (window, time) => {
      const near = zoomed(window, { factor: 0.5, time, horizon: HORIZON });
      expect(isInside(near)).toBe(true);
      expect(near.to - near.from).toBeLessThanOrEqual(Math.max(1_000, window.to - window.from));
      const isSeen = time >= window.from && time <= window.to;
      if (isSeen) {
        expect(near.from).toBeLessThanOrEqual(time + 1);
        expect(near.to).toBeGreaterThanOrEqual(time - 1);
      }
    }),
  );
});

test('moving keeps the length and the run’s ends', () => {
  holds(
    fc.property(someWindow, fc.integer({ min: -HORIZON, max: HORIZON }), (window, by) => {
      const next = moved(window, by, HORIZON);
      expect(isInside(next)).toBe(true);
      expect(next.to - next.from).toBeCloseTo(window.to - window.from, -1);
    }),
  );
});

test('a window that follows holds the playhead, and stands still while it does', () => {
  holds(
    fc.property(someWindow, someTime, (window, time) => {
      const next = followed(window, time, HORIZON);
      expect(isInside(next)).toBe(true);
      expect(time).toBeGreaterThanOrEqual(next.from - 1);
      expect(time).toBeLessThanOrEqual(next.to + 1);
      expect(followed(next, time, HORIZON)).toEqual(next);
    }),
  );
});

test('a stretch drawn on the strip is the same whichever way it is drawn', () => {
  const window = { from: 1_000_000, to: 3_000_000 };
  const draw = (part: BrushPart, fromTime: number, toTime: number): TimeWindow =>
    brushed(window, part, { fromTime, toTime });
  expect(draw('new', 5_000_000, 7_000_000)).toEqual({ from: 5_000_000, to: 7_000_000 });
  expect(draw('new', 7_000_000, 5_000_000)).toEqual({ from: 5_000_000, to: 7_000_000 });
  expect(draw('from', 1_000_000, 4_000_000)).toEqual({ from: 3_000_000, to: 4_000_000 });
  expect(draw('to', 3_000_000, 9_000_000)).toEqual({ from: 1_000_000, to: 9_000_000 });
  expect(draw('whole', 2_000_000, 2_500_000)).toEqual({ from: 1_500_000, to: 3_500_000 });
});
