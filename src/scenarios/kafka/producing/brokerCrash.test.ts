// A broker dies: who takes over and when, what waits, what is lost, and by which setting.

import { expect, test } from 'vitest';
import { ledgerAt, measuresAt, missesAt } from '../../../engine/index';
import type { Run } from '../../runScenario';
import { heardBy, type NamedRow, runOf, storyOf } from '../../testing/runOf';

const CRASH_MS = 2_566;
const RESTART_MS = 14_000;
const SECOND = 1_000_000;

const of = (run: Run, what: string): NamedRow[] =>
  storyOf(run, 'kafka').filter((row) => row.what === what);
const atEnd = (run: Run) => measuresAt(run.index, 'kafka', run.horizon);

/** `orders-1 → broker-3`, at its time in milliseconds. */
function leaders(run: Run): [number, string][] {
  const { nodes, partitions } = run.index.trace.legend;
  return of(run, 'leaderChanged').map(({ ms, place, value }) => {
    const { topic, number } = partitions[place] ?? {};
    return [ms, `${topic}-${number} → ${nodes[value]?.id ?? 'nobody'}`];
  });
}

test('a follower takes over when the session of the dead leader is over, and nothing is missed', () => {
  const run = runOf('broker-crash');
  const [[at, who] = [Number.NaN, ''], ...others] = leaders(run);
  // Nine seconds after its last heartbeat, of which it sends one every two seconds.
  expect(at).toBeGreaterThan(CRASH_MS + 7_000);
  expect(at).toBeLessThanOrEqual(CRASH_MS + 9_000);
  expect([who, others]).toEqual(['orders-1 → broker-3', []]);
  expect([atEnd(run).missed, atEnd(run).delivered, atEnd(run).duplicated]).toEqual([0, 68, 0]);
});

test('a shorter session brings it sooner', () => {
  const [[at] = [Number.NaN]] = leaders(
    runOf('broker-crash', { 'broker.session.timeout.ms': 3 * SECOND }),
  );
  expect(at).toBeLessThanOrEqual(CRASH_MS + 3_000);
});

test('what only the dead leader had is cut off when it is back; Ana has sent it again', () => {
  const run = runOf('broker-crash');
  const [cut] = of(run, 'truncated');
  const written = of(run, 'appended').filter(({ said }) => said === 'A#5');
  // The same offset twice: the new leader never had the first.
  expect(written.map(({ who, value }) => [who, value])).toEqual([
    ['broker-2', cut?.value],
    ['broker-3', cut?.value],
  ]);
  expect(of(run, 'followerTruncated').map(({ who, value }) => [who, value])).toEqual([
    ['broker-2', cut?.value],
  ]);
  const heard = ['C', 'D', 'E'].flatMap((reader) => heardBy(run, 'kafka', reader));
  expect(heard.filter((said) => said === 'A#5')).toHaveLength(1);
});

test('until then nothing is safe, for the dead broker still counts as in sync everywhere', () => {
  const moved = (run: Run) =>
    of(run, 'watermarkMoved')
      .filter(({ ms }) => ms > CRASH_MS + 10 && ms < CRASH_MS + 7_000)
      .map(({ place }) => place);
  expect(moved(runOf('broker-crash'))).toEqual([]);
  // Where nothing is copied, only its own partition waits.
  const alone = runOf('broker-crash', { 'default.replication.factor': 1 });
  expect(new Set(moved(alone))).toEqual(new Set([0, 2]));
});

test('back in sync it follows: the preferred leader returns with a check every 300 s', () => {
  const run = runOf('broker-crash');
  const grown = of(run, 'isrChanged').filter(({ detail }) => detail === 1);
  expect(new Set(grown.map(({ place }) => place))).toEqual(new Set([0, 1, 2]));
  for (const { ms } of grown) {
    expect(ms).toBeGreaterThan(RESTART_MS);
    expect(ms).toBeLessThan(RESTART_MS + 100);
  }
  expect(leaders(run)).toHaveLength(1);
});

test('with one copy nobody can take over: its partition waits for its broker', () => {
  const run = runOf('broker-crash', { 'default.replication.factor': 1 });
  const named = leaders(run).map(([, who]) => who);
  expect(named).toEqual(['orders-1 → nobody', 'orders-1 → broker-2']);
  expect(leaders(run)[1]?.[0]).toBeGreaterThan(RESTART_MS);
  expect([atEnd(run).missed, atEnd(run).delivered]).toEqual([0, 68]);
  expect(atEnd(run).latencyMs.p99).toBeGreaterThan(11_000);
});

test('with acks 0 Ana never hears that the order is gone', () => {
  const run = runOf('broker-crash', { acks: '0' });
  const misses = missesAt(run.index, 'kafka', run.horizon, 10);
  expect(misses.map(({ cause }) => cause)).toEqual(['not copied in time']);
  expect(of(run, 'retried')).toEqual([]);
});

test('min.insync.replicas 3 refuses what two brokers could keep', () => {
  const refusedBy = (replicas: number) =>
    of(runOf('broker-crash', { 'min.insync.replicas': replicas }), 'refused').length;
  expect(refusedBy(2)).toBe(0);
  expect(refusedBy(3)).toBeGreaterThan(0);
});

test('unclean election leads on without what the last in-sync broker had; without it one waits', () => {
  // Broker 3 is not in sync when broker 2, the only one that is, dies.
  const withUnclean = (allowed: string) =>
    runOf(
      'broker-crash',
      {
        'default.replication.factor': 2,
        'min.insync.replicas': 1,
        'unclean.leader.election.enable': allowed,
      },
      ['500 shutdown broker-3', '5000 restart broker-3'],
    );
  const [on, off] = [withUnclean('on'), withUnclean('off')];
  const ofPartition = (run: Run) => leaders(run).filter(([, who]) => who.startsWith('orders-1'));
  expect(ofPartition(on)[0]?.[1]).toBe('orders-1 → broker-3');
  expect(ofPartition(off).map(([, who]) => who)).toEqual([
    'orders-1 → nobody',
    'orders-1 → broker-2',
  ]);
  const safe = of(on, 'acknowledged').filter(({ place, ms }) => place === 1 && ms < CRASH_MS);
  expect(safe).toHaveLength(2);
  expect([atEnd(on).missed, atEnd(off).missed]).toEqual([2, 0]);
});

test('the one WebSocket server loses what is said while it is down, for each of three readers', () => {
  const run = runOf('broker-crash');
  // From what is still on its way at the crash to the end of the new handshakes.
  const [from, to] = [CRASH_MS - 20, RESTART_MS + 40];
  const whileDown = storyOf(run, 'websocket').filter(
    ({ what, ms }) => what === 'sent' && ms > from && ms < to,
  );
  expect(ledgerAt(run.index, 'websocket', run.horizon).missed).toBe(3 * whileDown.length);
  expect(whileDown.length).toBeGreaterThan(40);
});
