// A reader who does not keep up: where the bytes are, and what each policy costs whom.

import { describe, expect, test } from 'vitest';
import { instant, ledgerAt, measuresAt, missesAt } from '../../engine/index';
import type { ParameterValues } from '../defineScenario';
import { heardBy, runOf, storyOf } from '../testing/runOf';

const KIB = 1_024;
const LIMIT = 32 * KIB;
const ALL = 200;
const FAST = { slowReaderMs: 0 };

const at = (parameters: ParameterValues, ms: number) =>
  measuresAt(runOf('backpressure', parameters).index, 'websocket', instant(ms * 1_000));

/** `bufferedAmount` of the relay's end of Ben's connection, over time. */
const heights = (parameters: ParameterValues): number[] =>
  storyOf(runOf('backpressure', parameters), 'websocket')
    .filter(({ what, who }) => what === 'buffered' && who === 'relay')
    .map(({ value }) => value);

const heard = (parameters: ParameterValues, who: string) =>
  heardBy(runOf('backpressure', parameters), 'websocket', who);

describe('buffer', () => {
  test('the server’s memory grows with all that his kernels do not take', () => {
    // Two kernels of eight messages, less what headers take; he has read forty of two hundred.
    expect(Math.max(...heights({}))).toBeGreaterThan(140 * KIB);
    expect(at({}, 2_100).buffered).toBeGreaterThan(140 * KIB);
    expect(at({}, 11_900).buffered).toBe(0);
  });

  test('nobody misses anything, and he gets it late', () => {
    expect(heard({}, 'B')).toHaveLength(ALL);
    expect(at({}, 11_900)).toMatchObject({ missed: 0, inFlight: 0 });
    expect(at({}, 11_900).latencyMs.p99).toBeGreaterThan(7_000);
  });
});

describe('drop', () => {
  test('the memory stays where the limit is, and the rest is left out', () => {
    // The message that passes the limit is the last one that is taken.
    expect(Math.max(...heights({ sendPolicy: 'drop' }))).toBeLessThanOrEqual(LIMIT + KIB);
    const run = runOf('backpressure', { sendPolicy: 'drop' });
    const misses = missesAt(run.index, 'websocket', run.horizon, 1_000);
    expect(misses.length).toBeGreaterThan(100);
    expect(new Set(misses.map(({ cause }) => cause))).toEqual(new Set(['dropped by the sender']));
  });
});

describe('close', () => {
  test('the connection ends with 1013 once what was buffered has gone', () => {
    const story = storyOf(runOf('backpressure', { sendPolicy: 'close' }), 'websocket');
    const closing = story.filter(({ what, who }) => what === 'closing' && who === 'relay');
    expect(closing[0]?.value).toBe(1013);
    const closed = story.find(({ what, who }) => what === 'closed' && who === 'B');
    expect([closed?.value, closed?.detail]).toEqual([1013, 1]);
    expect(closed?.ms).toBeGreaterThan((closing[0]?.ms ?? 0) + 1_000);
  });

  test('he comes back, after a wait, to a connection that is new', () => {
    const story = storyOf(runOf('backpressure', { sendPolicy: 'close' }), 'websocket');
    const closed = story.find(({ what, who }) => what === 'closed' && who === 'B')?.ms ?? 0;
    const dialled = story.find(
      ({ what, who, ms }) => what === 'connecting' && who === 'B' && ms > closed,
    );
    expect((dialled?.ms ?? 0) - closed).toBeGreaterThanOrEqual(250);
  });
});

test('a reader who keeps up costs nobody anything, whatever the policy', () => {
  for (const sendPolicy of ['buffer', 'drop', 'close']) {
    expect(heights({ ...FAST, sendPolicy }).filter((bytes) => bytes > 0)).toEqual([]);
    expect(heard({ ...FAST, sendPolicy }, 'B')).toHaveLength(ALL);
    expect(heard({ sendPolicy }, 'C')).toHaveLength(ALL);
  }
});

test('on Kafka he lags, and nobody keeps anything for him that was not there anyway', () => {
  const run = runOf('backpressure');
  const slow = measuresAt(run.index, 'kafka', instant(2_200_000));
  const fast = measuresAt(runOf('backpressure', FAST).index, 'kafka', instant(2_200_000));
  expect(slow.lag).toBeGreaterThan(100);
  expect([slow.stored, slow.buffered]).toEqual([fast.stored, fast.buffered]);
  expect(ledgerAt(run.index, 'kafka', run.horizon).missed).toBe(0);
  const latest = storyOf(run, 'kafka').filter(
    ({ what, who }) => what === 'delivered' && who === 'C',
  );
  expect(latest.at(-1)?.ms).toBeLessThan(2_300);
});
