// More brokers: together they take what each can write, unless there are too few partitions for
// them or one key has most of the records.

import { describe, expect, test } from 'vitest';
import { measuresAt } from '../../../engine/index';
import type { ParameterValues } from '../../defineScenario';
import { runOf, storyOf } from '../../testing/runOf';

/** Records that a broker writes in a second: one each millisecond. */
const CAPACITY = 1_000;
const RECORDS = 1_800;

function written(parameters: ParameterValues) {
  const run = runOf('scale-brokers', parameters);
  const appends = storyOf(run, 'kafka').filter(({ what }) => what === 'appended');
  const brokers = new Map<string, number>();
  for (const { who } of appends) brokers.set(who, (brokers.get(who) ?? 0) + 1);
  const busy = ((appends.at(-1)?.ms ?? 0) - (appends[0]?.ms ?? 0)) / 1_000;
  return { perSecond: RECORDS / busy, counts: [...brokers.values()], run };
}

describe.each([1, 2, 3, 6])('%i brokers', (brokers) => {
  const { perSecond, counts, run } = written({ brokers });

  test('write so many thousand records a second', () => {
    expect(perSecond).toBeGreaterThan(0.9 * brokers * CAPACITY);
    expect(perSecond).toBeLessThan(1.1 * brokers * CAPACITY);
    expect(counts).toEqual(new Array(brokers).fill(RECORDS / brokers));
  });

  test('lose nothing, and their reader has all of it', () => {
    const { delivered, missed, throughputPerSecond } = measuresAt(run.index, 'kafka', run.horizon);
    expect([delivered, missed]).toEqual([RECORDS, 0]);
    expect(throughputPerSecond).toBeGreaterThan(0.9 * brokers * CAPACITY);
  });
});

test.each([
  ['one partition', { brokers: 6, 'num.partitions': 1 }, 1],
  ['two partitions', { brokers: 6, 'num.partitions': 2 }, 2],
  ['more partitions than brokers', { brokers: 3, 'num.partitions': 12 }, 3],
  // Two of the four have two partitions to write, and the others wait for them.
  ['partitions that cannot be shared evenly', { brokers: 4 }, 3],
  ['one key for all', { brokers: 6, hotKey: 100 }, 1],
])('with %s the rate is another', (_, parameters, brokersWorth) => {
  const { perSecond } = written(parameters);
  expect(perSecond).toBeGreaterThan(0.9 * brokersWorth * CAPACITY);
  expect(perSecond).toBeLessThan(1.1 * brokersWorth * CAPACITY);
});

test('with half of the records about one sensor, its broker is what all wait for', () => {
  const { perSecond, counts } = written({ brokers: 6, hotKey: 50 });
  const most = Math.max(...counts);
  // Every second record bears its key, and of the others every twelfth or so.
  expect(most).toBeGreaterThan(RECORDS / 2);
  expect(perSecond).toBeLessThan(1.1 * (RECORDS / most) * CAPACITY);
});

test('a broker that takes no time for a record is not what anybody waits for', () => {
  expect(written({ brokers: 1, append: 0 }).perSecond).toBeGreaterThan(6 * CAPACITY);
});
