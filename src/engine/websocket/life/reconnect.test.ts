// How long a client waits before it dials again, and after which ends it does.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comesBack, reconnectDelay } from './reconnect';

const settings = { reconnectDelay: 1_000_000, reconnectMax: 5_000_000, reconnectJitter: 0 };
const delays = (jitter: number, fraction: number) =>
  [0, 1, 2, 3, 9].map((tries) =>
    reconnectDelay({ ...settings, reconnectJitter: jitter }, tries, fraction),
  );

test('the wait doubles with each try, up to the longest', () => {
  expect(delays(0, 0.7)).toEqual([1_000_000, 2_000_000, 4_000_000, 5_000_000, 5_000_000]);
});

test('jitter of a half makes it up to a half shorter or longer, never longer than the longest', () => {
  expect(delays(50, 1)).toEqual([1_500_000, 3_000_000, 5_000_000, 5_000_000, 5_000_000]);
  expect(delays(50, 2 ** -30).slice(0, 2)).toEqual([500_000, 1_000_000]);
});

test('whatever is set, a wait is at least a millisecond and at most the longest', () => {
  fc.assert(
    fc.property(
      fc.record({
        reconnectDelay: fc.integer({ min: 1, max: 10_000_000 }),
        reconnectMax: fc.integer({ min: 1_000, max: 10_000_000 }),
        reconnectJitter: fc.integer({ min: 0, max: 100 }),
      }),
      fc.nat(1_000),
      fc.integer({ min: 1, max: 2 ** 30 }),
      (drawn, tries, step) => {
        const delay = reconnectDelay(drawn, tries, step / 2 ** 30);
        expect(delay).toBeGreaterThanOrEqual(1_000);
        expect(delay).toBeLessThanOrEqual(drawn.reconnectMax);
      },
    ),
    { seed: 20_261_121, numRuns: 500 },
  );
});

test('a client comes back from what was not clean and from what says: again, or elsewhere', () => {
  expect(comesBack(1006, false)).toBe(true);
  for (const code of [1001, 1011, 1012, 1013]) expect(comesBack(code, true)).toBe(true);
  for (const code of [1000, 1005, 1008, 4000]) expect(comesBack(code, true)).toBe(false);
});
