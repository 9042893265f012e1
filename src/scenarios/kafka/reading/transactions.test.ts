// Transactions: what is written and that it was read take effect together, or not at all; who reads
// committed records waits for that, and sees nothing of what was aborted.

import { describe, expect, test } from 'vitest';
import { clusterAt, instant, ledgerAt, missesAt } from '../../../engine/index';
import type { Run } from '../../runScenario';
import { heardBy, type NamedRow, runOf, storyOf } from '../../testing/runOf';

const ORDERS = 22;
const CRASH = 3_400;
const RESTART = 5_400;
const UNCOMMITTED = { 'isolation.level': 'read_uncommitted' };
const usual = runOf('transactions');
const uncommitted = runOf('transactions', UNCOMMITTED);

const rows = (run: Run, what: string): NamedRow[] =>
  storyOf(run, 'kafka').filter((row) => row.what === what);

/** For each order, how many of its invoices Cy got. */
function invoicesPerOrder(run: Run): number[] {
  const { replyTo, number } = run.index.trace.messages;
  const counts = Array.from({ length: ORDERS }, () => 0);
  for (const { who, message } of rows(run, 'delivered')) {
    const order = number[replyTo[message] as number] as number;
    if (who === 'C') counts[order] = (counts[order] ?? 0) + 1;
  }
  return counts;
}

const once = Array.from({ length: ORDERS }, () => 1);

describe('a service that dies in the middle of a transaction', () => {
  test('has written some of its invoices by then, and committed none of them', () => {
    const begun = rows(usual, 'transactionBegan').filter(({ ms }) => ms < CRASH);
    const ended = rows(usual, 'transactionEnded').filter(({ ms }) => ms < CRASH);
    expect(begun).toHaveLength(ended.length + 1);
    const open = begun.at(-1)?.ms ?? Number.NaN;
    const written = rows(usual, 'appended').filter(({ said, ms }) => {
      return said.startsWith('B#') && ms > open && ms < RESTART;
    });
    expect(written).toHaveLength(2);
  });

  test('aborts that as soon as it is back, and does the same orders again', () => {
    const [aborted, ...others] = rows(usual, 'transactionEnded').filter(({ detail }) => !detail);
    expect(others).toEqual([]);
    expect(aborted?.ms).toBeGreaterThan(RESTART);
    expect(aborted?.ms).toBeLessThan(RESTART + 200);
    const { duplicated } = ledgerAt(usual.index, 'kafka', usual.horizon);
    expect(duplicated).toBeGreaterThan(0);
    const again = new Set(heardBy(usual, 'kafka', 'B'));
    expect(again.size).toBe(ORDERS);
  });

  test('that stays away is aborted at the first check after transaction.timeout.ms', () => {
    // It dies anew before it can say anything: the coordinator looks every ten seconds.
    const run = runOf('transactions', {}, ['5401 crash B']);
    const aborted = rows(run, 'transactionEnded').filter(({ detail }) => !detail);
    expect(aborted.map(({ ms }) => Math.floor(ms))).toEqual([10_006]);
    const patient = runOf('transactions', { 'transaction.timeout.ms': 8_000_000 }, [
      '5401 crash B',
    ]);
    expect(rows(patient, 'transactionEnded').filter(({ detail }) => !detail)).toEqual([]);
  });
});

describe('isolation.level', () => {
  test('read_committed shows each order’s invoice once', () => {
    expect(invoicesPerOrder(usual)).toEqual(once);
  });

  test('read_uncommitted shows those of the aborted transaction as well', () => {
    const counts = invoicesPerOrder(uncommitted);
    expect(counts.filter((count) => count === 2)).toHaveLength(2);
    expect(counts.filter((count) => count === 1)).toHaveLength(ORDERS - 2);
  });

  test('what committed readers never get is missed by them, with that cause', () => {
    const misses = missesAt(usual.index, 'kafka', usual.horizon, ORDERS);
    expect(misses.map(({ cause }) => cause)).toEqual([
      'its transaction was aborted',
      'its transaction was aborted',
    ]);
    expect(missesAt(uncommitted.index, 'kafka', uncommitted.horizon, ORDERS)).toEqual([]);
  });

  test('committed readers are held back at the last stable offset while one is open', () => {
    const { partitions } = clusterAt(usual.index, instant(4_000_000));
    const held = partitions.filter(({ stableOffset, highWatermark }) => {
      return stableOffset > 0 && stableOffset < highWatermark;
    });
    expect(held).toHaveLength(1);
    const read = (run: Run) =>
      rows(run, 'delivered').filter(({ who, ms }) => who === 'C' && ms > CRASH && ms < RESTART);
    expect(read(usual)).toEqual([]);
    expect(
      rows(uncommitted, 'delivered').filter(({ who, ms }) => {
        return who === 'C' && ms > 3_290 && ms < RESTART;
      }),
    ).toHaveLength(2);
  });
});

describe('a service that stalls longer than its transaction may last', () => {
  test('is fenced when it goes on, begins anew, and every invoice counts once', () => {
    const run = runOf('transactions', { 'transaction.timeout.ms': 500_000 }, [
      '9400 stall B',
      '13000 resume B',
    ]);
    const aborted = rows(run, 'transactionEnded').filter(({ detail }) => !detail);
    expect(aborted.map(({ ms }) => Math.floor(ms / 1_000))).toEqual([5, 10]);
    expect(invoicesPerOrder(run)).toEqual(once);
  });
});

test('offsets move with the transaction: nothing else commits what the service has read', () => {
  const ends = rows(usual, 'transactionEnded').filter(({ detail }) => detail === 1);
  const committed = rows(usual, 'committed').filter(({ who }) => who === 'B');
  expect(committed.map(({ ms }) => ms)).toEqual(ends.map(({ ms }) => ms));
});

test('WebSocket has nobody to take anything back: orders of that time are gone', () => {
  expect(heardBy(usual, 'websocket', 'B').length).toBeLessThan(ORDERS);
  expect(heardBy(usual, 'websocket', 'C').length).toBeLessThan(ORDERS);
});
