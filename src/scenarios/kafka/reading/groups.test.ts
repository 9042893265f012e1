// Groups: each has a copy of its own, its members share it, and who comes late at `latest` has
// missed what came before.

import { describe, expect, test } from 'vitest';
import { clusterAt, instant, ledgerAt, missesAt } from '../../../engine/index';
import { heardBy, runOf, storyOf } from '../../testing/runOf';

const ORDERS = 40;
const BILLING = ['B', 'C', 'D', 'E'];
const usual = runOf('groups');
const sorted = (said: readonly string[]): string[] => [...said].sort();
const everything = sorted(Array.from({ length: ORDERS }, (_, number) => `A#${number}`));

describe('a group', () => {
  test('gets every order once, whether one reads it all or four share it', () => {
    const audit = heardBy(usual, 'kafka', 'F');
    const billing = BILLING.flatMap((who) => heardBy(usual, 'kafka', who));
    expect(sorted(audit)).toEqual(everything);
    expect(sorted(billing)).toEqual(everything);
  });

  test('reads each partition with one member, the same all the time', () => {
    const readers = new Map<number, Set<string>>();
    for (const { what, who, place } of storyOf(usual, 'kafka')) {
      if (what !== 'delivered' || !BILLING.includes(who)) continue;
      readers.set(place, (readers.get(place) ?? new Set()).add(who));
    }
    expect([...readers.values()].map(({ size }) => size)).toEqual([1, 1, 1]);
  });

  test('has as many seats as the topic has partitions', () => {
    const busyWith = (partitions: number) => {
      const run = runOf('groups', { 'num.partitions': partitions });
      const { groups } = clusterAt(run.index, run.horizon);
      const { ownerships } = groups[0] as (typeof groups)[number];
      return new Set(ownerships.map(({ owner }) => owner)).size;
    };
    expect(busyWith(3)).toBe(3);
    expect(busyWith(4)).toBe(4);
    expect(busyWith(6)).toBe(4);
    expect(heardBy(usual, 'kafka', 'E')).toEqual([]);
  });
});

describe('a group that comes late', () => {
  const ARRIVAL = 5_550_000;
  const before = ledgerAt(usual.index, 'kafka', ARRIVAL - 1);
  const after = ledgerAt(usual.index, 'kafka', ARRIVAL);
  const said = storyOf(usual, 'kafka').filter(({ what, time }) => {
    return what === 'sent' && time < ARRIVAL;
  }).length;

  test('adds a copy of each order so far, and not one for each member', () => {
    expect(before.sent).toBe(2 * said);
    expect(after.sent).toBe(3 * said);
    expect(after.waiting - before.waiting).toBe(said);
    expect(ledgerAt(usual.index, 'kafka', usual.horizon).sent).toBe(3 * ORDERS);
  });

  test('has missed at latest what came before it, and gets all that comes then', () => {
    const misses = missesAt(usual.index, 'kafka', usual.horizon, ORDERS);
    expect(new Set(misses.map(({ cause }) => cause))).toEqual(new Set(['before it came']));
    expect(misses.length).toBeGreaterThanOrEqual(said);
    expect(heardBy(usual, 'kafka', 'G')).toHaveLength(ORDERS - misses.length);
  });

  test('misses nothing at earliest', () => {
    const run = runOf('groups', { 'auto.offset.reset': 'earliest' });
    expect(ledgerAt(run.index, 'kafka', run.horizon)).toMatchObject({
      sent: 3 * ORDERS,
      delivered: 3 * ORDERS,
      missed: 0,
    });
    expect(sorted(heardBy(run, 'kafka', 'G'))).toEqual(everything);
  });
});

test('at latest even a group that is there from the start misses what comes before its first deal', () => {
  const run = runOf('groups', { 'group.initial.rebalance.delay.ms': 2_000_000 });
  const readers = missesAt(run.index, 'kafka', instant(5_000_000), ORDERS).map(({ reader }) => {
    return run.index.trace.legend.nodes[reader]?.id;
  });
  expect(new Set(readers)).toEqual(new Set(['billing', 'audit']));
});

test('WebSocket knows no groups: everyone gets everything, and who comes late has missed it', () => {
  for (const who of [...BILLING, 'F'])
    expect(heardBy(usual, 'websocket', who)).toHaveLength(ORDERS);
  const { missed } = ledgerAt(usual.index, 'websocket', usual.horizon);
  expect(missed).toBeGreaterThan(0);
  expect(heardBy(usual, 'websocket', 'G')).toHaveLength(ORDERS - missed);
});
