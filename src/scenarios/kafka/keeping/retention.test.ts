// Retention: what is older than the log's limit is gone for who was away, and a little more stays
// than the limit says, for logs go by segments.

import { describe, expect, test } from 'vitest';
import { instant, ledgerAt, missesAt } from '../../../engine/index';
import type { ParameterValues } from '../../defineScenario';
import { heardBy, runOf, storyOf } from '../../testing/runOf';

const SECOND = 1_000_000;
const LONG = 604_800 * SECOND;
const BACK = 35 * SECOND;
const usual = runOf('retention');

/** How many copies Ben misses by each cause. */
function causesOf(parameters: ParameterValues): Record<string, number> {
  const run = runOf('retention', parameters);
  const causes: Record<string, number> = {};
  for (const { cause } of missesAt(run.index, 'kafka', run.horizon, 1_000)) {
    causes[cause] = (causes[cause] ?? 0) + 1;
  }
  return causes;
}

describe('a reader who is away for longer than the log keeps its records', () => {
  test('misses the part that was cut off, and only that', () => {
    expect(causesOf({})).toEqual({ 'retention passed': 10 });
    const kept = Array.from({ length: 25 }, (_, number) => `A#${number + 15}`);
    expect(heardBy(usual, 'kafka', 'B').slice(5)).toEqual(kept);
  });

  test('asks for what is gone, and is sent to where the log begins now', () => {
    const resets = storyOf(usual, 'kafka').filter(({ what }) => what === 'positionReset');
    expect(resets.map(({ who, value }) => [who, value])).toEqual([['B', 15]]);
    expect(resets[0]?.ms).toBeGreaterThan(BACK / 1_000);
  });

  test('loses the rest as well at latest', () => {
    expect(causesOf({ 'auto.offset.reset': 'latest' })).toEqual({
      'retention passed': 10,
      'reset past it': 20,
    });
  });

  test('misses nothing when the log keeps longer than that', () => {
    expect(causesOf({ 'retention.ms': 31 * SECOND })).toEqual({});
    expect(causesOf({ 'retention.ms': 29 * SECOND })).toEqual({ 'retention passed': 1 });
  });

  test('misses all of it over WebSocket, which keeps nothing', () => {
    const { delivered, missed } = ledgerAt(usual.index, 'websocket', usual.horizon);
    expect({ delivered, missed }).toEqual({ delivered: 10, missed: 30 });
  });
});

test('reading takes nothing out: what Ben has read goes when it is old, and not before', () => {
  const early = storyOf(usual, 'kafka').filter(({ what, ms }) => {
    return what === 'logStartMoved' && ms <= 20_500;
  });
  expect(early).toEqual([]);
  expect(ledgerAt(usual.index, 'kafka', instant(20 * SECOND)).stored).toBe(20);
});

describe('logs go by segments', () => {
  test('a record stays until the newest one of its segment is too old', () => {
    // Of six records each: the last of them decides.
    expect(causesOf({ 'segment.ms': 5 * SECOND })).toEqual({ 'retention passed': 7 });
  });

  test('and until a broker looks', () => {
    expect(causesOf({ 'log.retention.check.interval.ms': 4 * SECOND })).toEqual({
      'retention passed': 7,
    });
  });

  test('a limit of size keeps as many whole segments as it takes to hold so much', () => {
    const limited = { 'retention.ms': LONG, 'retention.bytes': 2_000 };
    expect(causesOf(limited)).toEqual({ 'retention passed': 15 });
    // The log may be larger than its limit by nearly a segment: never smaller.
    expect(causesOf({ ...limited, 'segment.ms': 5 * SECOND })['retention passed']).toBeLessThan(15);
  });
});
