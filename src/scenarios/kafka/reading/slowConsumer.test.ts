// A slow reader: how far it falls behind, who notices, and when its group gives it up.

import { describe, expect, test } from 'vitest';
import { instant, ledgerAt, measuresAt, worldAt } from '../../../engine/index';
import type { Run } from '../../runScenario';
import { heardBy, runOf, storyOf } from '../../testing/runOf';

const ORDERS = 100;
const BURST_END = 4_720;
const usual = runOf('slow-consumer');
const quick = runOf('slow-consumer', { processingMs: 20_000 });
const IMPATIENT = { 'max.poll.interval.ms': 3_000_000 };

/** From the wish to say it to the hand-over, in milliseconds, in the order of hand-over. */
function latenciesOf(run: Run, who: string): number[] {
  const { wantedAt } = run.index.trace.messages;
  return storyOf(run, 'kafka')
    .filter((row) => row.what === 'delivered' && row.who === who)
    .map(({ ms, message }) => ms - (wantedAt[message] as number) / 1_000);
}

/** Orders in the log that this group has not had. */
function lagOf(run: Run, group: string, ms: number): number {
  const { nodes } = run.index.trace.legend;
  const { partitions, readers } = worldAt(run.index, instant(ms * 1_000));
  return readers
    .filter(({ reader }) => nodes[reader]?.id === group)
    .map(({ partition, position }) => (partitions[partition]?.highWatermark ?? 0) - position)
    .reduce((sum, lag) => sum + lag, 0);
}

describe('a slow reader', () => {
  test('falls behind as long as more comes than it can do, and catches up afterwards', () => {
    expect(lagOf(usual, 'billing', 3_000)).toBeLessThan(lagOf(usual, 'billing', BURST_END));
    expect(lagOf(usual, 'billing', 7_500)).toBeGreaterThan(20);
    expect(lagOf(usual, 'billing', 15_000)).toBeGreaterThan(10);
    expect(measuresAt(usual.index, 'kafka', usual.horizon).lag).toBe(0);
    expect(ledgerAt(usual.index, 'kafka', usual.horizon)).toMatchObject({
      sent: 2 * ORDERS,
      delivered: 2 * ORDERS,
      duplicated: 0,
    });
  });

  test('costs the reader of another group nothing, not a microsecond', () => {
    expect(Math.max(...latenciesOf(usual, 'C'))).toBeGreaterThan(10_000);
    expect(latenciesOf(usual, 'B')).toEqual(latenciesOf(quick, 'B'));
    expect(heardBy(usual, 'kafka', 'B')).toEqual(heardBy(quick, 'kafka', 'B'));
  });

  test('that is not slow lags behind the burst alone', () => {
    expect(lagOf(quick, 'billing', 7_500)).toBe(0);
  });
});

describe('max.poll.interval.ms', () => {
  const left = (run: Run) =>
    storyOf(run, 'kafka').filter((row) => row.what === 'memberLeft' && row.value === 2);

  test('puts out a member that works longer on a poll, and the rest of its group takes over', () => {
    const run = runOf('slow-consumer', IMPATIENT);
    const [expelled] = left(run);
    expect(expelled?.who).toBe('C');
    const taken = storyOf(run, 'kafka').filter(({ what, who, ms }) => {
      return what === 'delivered' && who === 'D' && ms > (expelled?.ms ?? Number.NaN);
    });
    const cy = new Set(heardBy(run, 'kafka', 'C'));
    expect(taken.some(({ said }) => cy.has(said))).toBe(true);
    const { sent, delivered, duplicated } = ledgerAt(run.index, 'kafka', run.horizon);
    expect(delivered).toBe(sent);
    expect(duplicated).toBeGreaterThan(0);
  });

  test('puts nobody out whose polls return little enough', () => {
    const run = runOf('slow-consumer', { ...IMPATIENT, 'max.poll.records': 5 });
    expect(left(run)).toEqual([]);
    expect(ledgerAt(run.index, 'kafka', run.horizon).duplicated).toBe(0);
    expect(left(usual)).toEqual([]);
  });

  test('can be set while the scene runs', () => {
    const run = runOf('slow-consumer', {}, ['4000 set max.poll.interval.ms 3000000']);
    expect(left(run).map(({ who }) => who)).toContain('C');
  });
});

test('WebSocket hands over whatever comes, to the slow and to the quick', () => {
  for (const who of ['B', 'C', 'D']) expect(heardBy(usual, 'websocket', who)).toHaveLength(ORDERS);
  expect(measuresAt(usual.index, 'websocket', usual.horizon).latencyMs.p99).toBe(20);
});
