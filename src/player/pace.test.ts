// The pace: one ratio between screen and simulation, quiet stretches short, and the way back exact.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPace, passesQuickly, QUIET_SCREEN_MS, screenAt, timeOnScreen } from './pace';

test('a flight of 20 ms takes 1.2 s of screen', () => {
  const pace = createPace(300_000, []);
  expect(screenAt(pace, 20_000)).toBeCloseTo(1_200, 6);
  expect(timeOnScreen(pace, 1_200)).toBe(20_000);
});

test('the opening to 43 ms takes 2.6 s', () => {
  expect(screenAt(createPace(300_000, []), 43_000)).toBeCloseTo(2_580, 6);
});

test('a quiet second passes in the time kept for quiet, and says so', () => {
  const pace = createPace(2_000_000, [{ from: 500_000, to: 1_500_000 }]);
  expect(screenAt(pace, 1_500_000) - screenAt(pace, 500_000)).toBeCloseTo(QUIET_SCREEN_MS, 6);
  expect(passesQuickly(pace, 499_999)).toBe(false);
  expect(passesQuickly(pace, 500_000)).toBe(true);
  expect(passesQuickly(pace, 1_500_000)).toBe(false);
});

test('a run that begins and ends quietly keeps both stretches short', () => {
  const pace = createPace(1_000_000, [
    { from: 0, to: 400_000 },
    { from: 600_000, to: 1_000_000 },
  ]);
  const movingMs = (200_000 * 60) / 1_000;
  expect(screenAt(pace, 1_000_000)).toBeCloseTo(2 * QUIET_SCREEN_MS + movingMs, 6);
});

test('32 s with one flight of 28 ms a second take about a minute', () => {
  const stretches = Array.from({ length: 29 }, (_, second) => ({
    from: second * 1_000_000 + 528_000,
    to: (second + 1) * 1_000_000 + 500_000,
  }));
  const pace = createPace(32_000_000, [
    { from: 0, to: 500_000 },
    ...stretches,
    { from: 29_528_000, to: 32_000_000 },
  ]);
  const screenSeconds = screenAt(pace, 32_000_000) / 1_000;
  expect(screenSeconds).toBeGreaterThan(50);
  expect(screenSeconds).toBeLessThan(75);
});

const stretchesOf = fc
  .uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 12 })
  .map((places) => {
    const sorted = places.sort((a, b) => a - b);
    return sorted.flatMap((place, at) =>
      at % 2 === 0 && sorted[at + 1] !== undefined
        ? [{ from: place * 250_000, to: (sorted[at + 1] ?? 0) * 250_000 }]
        : [],
    );
  });

test('time to screen and back is the same microsecond, whatever is quiet', () => {
  fc.assert(
    fc.property(stretchesOf, fc.integer({ min: 0, max: 10_000_000 }), (stretches, timeUs) => {
      const pace = createPace(10_000_000, stretches);
      expect(timeOnScreen(pace, screenAt(pace, timeUs))).toBe(timeUs);
    }),
    { seed: 7 },
  );
});

test('the screen never runs backwards', () => {
  const two = fc.tuple(fc.integer({ min: 0, max: 9_999_999 }), fc.integer({ min: 0, max: 1 }));
  fc.assert(
    fc.property(stretchesOf, two, (stretches, [timeUs, more]) => {
      const pace = createPace(10_000_000, stretches);
      expect(screenAt(pace, timeUs + more)).toBeGreaterThanOrEqual(screenAt(pace, timeUs));
    }),
    { seed: 7 },
  );
});
