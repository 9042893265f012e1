// A rebalance: who notices when, what is read twice, who is held up, and what a member that does
// not know of it may still do.

import { describe, expect, test } from 'vitest';
import { clusterAt, instant, ledgerAt, missesAt } from '../../../engine/index';
import type { ParameterValues } from '../../defineScenario';
import type { Run } from '../../runScenario';
import { type NamedRow, runOf, storyOf } from '../../testing/runOf';

const ORDERS = 195;
const CRASH = 5_040;
const RESTART = 15_040;
const ARRIVAL = 20_040;
const STALL = 25_040;
const RESUME = 35_040;

const EAGER: ParameterValues = {};
const COOPERATIVE: ParameterValues = { 'partition.assignment.strategy': 'cooperative-sticky' };
const KIP_848: ParameterValues = { 'group.protocol': 'consumer' };
const usual = runOf('rebalance', EAGER);

const during = (run: Run, what: string, [from, to]: readonly [number, number]): NamedRow[] =>
  storyOf(run, 'kafka').filter((row) => row.what === what && row.ms >= from && row.ms < to);

/** Deliveries of what had been delivered before, of the given stretch. */
function again(run: Run, stretch: readonly [number, number]): NamedRow[] {
  const seen = new Set<number>();
  const repeated = storyOf(run, 'kafka').filter(({ what, message }) => {
    if (what !== 'delivered') return false;
    const isAgain = seen.has(message);
    seen.add(message);
    return isAgain;
  });
  return repeated.filter(({ ms }) => ms >= stretch[0] && ms < stretch[1]);
}

describe('a member that crashes', () => {
  const noticed = (run: Run) => during(run, 'memberLeft', [CRASH, RESTART])[0]?.ms ?? Number.NaN;

  test('is missed session.timeout.ms after its last word, and nobody reads its share till then', () => {
    const session = 6_000;
    expect(noticed(usual)).toBeGreaterThan(CRASH + session - 2_000);
    expect(noticed(usual)).toBeLessThanOrEqual(CRASH + session);
    const longer = runOf('rebalance', { 'session.timeout.ms': 9_000_000 });
    expect(noticed(longer)).toBe(noticed(usual) + 3_000);
    const { ownerships } = clusterAt(usual.index, instant(9_000_000)).groups[0] ?? {};
    const orphans = (ownerships ?? []).filter(({ believers }) => believers.length === 0);
    expect(orphans).toHaveLength(2);
  });

  test('has read what the next owners read again, as far as it had not committed it', () => {
    const repeated = again(usual, [CRASH, RESTART]);
    expect(repeated.length).toBeGreaterThan(0);
    const uncommitted = new Set(
      during(usual, 'delivered', [0, CRASH])
        .filter(({ who }) => who === 'C')
        .map(({ message }) => message),
    );
    expect(repeated.every(({ message }) => uncommitted.has(message))).toBe(true);
    expect(repeated).toHaveLength(uncommitted.size);
  });

  test('repeats nothing if it had committed after each poll', () => {
    const careful = runOf('rebalance', { 'enable.auto.commit': 'off' });
    expect(again(careful, [CRASH, RESTART])).toEqual([]);
  });
});

describe('a member that joins', () => {
  const coming = [ARRIVAL, STALL] as const;
  /** The most partitions that nobody reads at one time. */
  const mostUnread = (run: Run): number => {
    const unread = new Set<number>();
    let most = 0;
    for (const { what, place, ms } of storyOf(run, 'kafka')) {
      if (ms < coming[0] || ms >= coming[1]) continue;
      if (what === 'revoked') unread.add(place);
      if (what === 'assigned') unread.delete(place);
      most = Math.max(most, unread.size);
    }
    return most;
  };

  test('makes eager members give up all they have', () => {
    expect(during(usual, 'revoked', coming)).toHaveLength(6);
    expect(during(usual, 'assigned', coming)).toHaveLength(6);
  });

  test.each([
    ['cooperative', COOPERATIVE],
    ['KIP-848', KIP_848],
  ])('takes from %s members only what becomes its own', (_, parameters) => {
    const run = runOf('rebalance', parameters);
    const revoked = during(run, 'revoked', coming).map(({ place }) => place);
    const assigned = during(run, 'assigned', coming);
    expect(revoked).toHaveLength(1);
    expect(assigned.map(({ place }) => place)).toEqual(revoked);
    expect(assigned.map(({ who }) => who)).toEqual(['E']);
    // What moves waits, all else goes on as if nothing had happened.
    expect(mostUnread(run)).toBe(1);
  });

  test('has eager members read nothing until all is dealt out anew', () => {
    expect(mostUnread(usual)).toBe(6);
  });
});

describe('a member that stalls', () => {
  test.each([
    ['eager', EAGER],
    ['cooperative', COOPERATIVE],
    ['KIP-848', KIP_848],
  ])('%s: believes that it owns what another one has, and may not commit it', (_, parameters) => {
    const run = runOf('rebalance', parameters);
    const group = clusterAt(run.index, instant((RESUME - 10) * 1_000)).groups[0];
    const shared = (group?.ownerships ?? []).filter(({ believers }) => believers.length > 1);
    expect(shared).toHaveLength(1);
    const dee = run.index.trace.legend.nodes.findIndex(
      ({ id, stage }) => id === 'D' && stage === 'kafka',
    );
    expect(shared[0]?.believers).toContain(dee);
    expect(shared[0]?.owner).not.toBe(dee);
    const refused = during(run, 'refused', [RESUME, RESUME + 100]);
    expect(refused.map(({ who, place }) => [who, place])).toEqual([['D', shared[0]?.partition]]);
    expect(during(run, 'committed', [STALL, RESUME + 20]).map(({ who }) => who)).not.toContain('D');
  });

  test('that goes on before it is missed is refused nothing', () => {
    const run = runOf('rebalance', { 'session.timeout.ms': 15_000_000 });
    expect(during(run, 'refused', [RESUME, 42_000])).toEqual([]);
  });
});

test.each([
  ['eager', EAGER],
  ['cooperative', COOPERATIVE],
  ['KIP-848', KIP_848],
])('%s: every order is read in the end, some of them twice', (_, parameters) => {
  const run = runOf('rebalance', parameters);
  const { sent, delivered, missed, duplicated } = ledgerAt(run.index, 'kafka', run.horizon);
  expect({ sent, delivered, missed }).toEqual({ sent: ORDERS, delivered: ORDERS, missed: 0 });
  expect(duplicated).toBeGreaterThan(0);
});

test('WebSocket has nobody take over: who is away misses what is said', () => {
  const misses = missesAt(usual.index, 'websocket', usual.horizon, 10 * ORDERS);
  const causes = misses.map(({ cause, reader }) => {
    return `${usual.index.trace.legend.nodes[reader]?.id}: ${cause}`;
  });
  expect(new Set(causes)).toEqual(new Set(['C: reader away', 'E: before it came']));
});
