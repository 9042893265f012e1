// What `acks` promises: what is lost and what is kept when the leader dies in the wrong moment.

import { describe, expect, test } from 'vitest';
import { measuresAt, missesAt } from '../../../engine/index';
import type { ParameterValues } from '../../defineScenario';
import type { Run } from '../../runScenario';
import { type NamedRow, nameOf, runOf, storyOf } from '../../testing/runOf';
import { carriedBy } from '../../testing/traceColumns';

const of = (run: Run, what: string): NamedRow[] =>
  storyOf(run, 'kafka').filter((row) => row.what === what);
const atEnd = (run: Run) => measuresAt(run.index, 'kafka', run.horizon);

/** What is missed, and why. */
const missed = (run: Run): [string, string][] =>
  missesAt(run.index, 'kafka', run.horizon, 100).map(({ message, cause }) => [
    nameOf(run, message),
    cause,
  ]);

/** Everything that its sender was told is safe. */
const acknowledged = (run: Run): string[] =>
  of(run, 'acknowledged').flatMap(({ transfer, value, detail }) =>
    carriedBy(run.index.trace, transfer)
      .slice(detail, detail + value)
      .map((message) => nameOf(run, message)),
  );

describe('the leader dies 1 ms after writing: the ack of acks=1 has arrived, the copy has not', () => {
  test('acks=1 loses an order that was acknowledged', () => {
    const run = runOf('acks');
    expect(missed(run)).toEqual([['A#2', 'not copied in time']]);
    expect(acknowledged(run)).toContain('A#2');
  });

  test('acks=all loses none: Ana hears nothing and sends again', () => {
    const run = runOf('acks', { acks: 'all' });
    expect([atEnd(run).missed, atEnd(run).delivered, atEnd(run).duplicated]).toEqual([0, 20, 0]);
    const leaderChanged = of(run, 'leaderChanged')[0]?.ms ?? Number.NaN;
    expect(of(run, 'retried')[0]?.ms).toBeGreaterThan(leaderChanged);
    const written = of(run, 'appended').filter(({ said }) => said === 'A#2');
    expect(written.map(({ who }) => who)).toEqual(['broker-1', 'broker-2']);
  });

  test('acks=0 loses it too, and nobody was told anything', () => {
    const run = runOf('acks', { acks: '0' });
    expect(missed(run)).toEqual([['A#2', 'not copied in time']]);
    expect(acknowledged(run)).toEqual([]);
  });

  test('the old leader cuts off what nobody else has', () => {
    const [cut] = of(runOf('acks'), 'followerTruncated');
    expect([cut?.who, cut?.value]).toEqual(['broker-1', 2]);
  });
});

test('acks=0 loses what is on the line when the leader dies', () => {
  // 30 ms of way for a record that leaves 10 ms before the end.
  const farAway = { distance: 60_000, 'linger.ms': 0 };
  const run = (values: ParameterValues) =>
    runOf('acks', { ...farAway, ...values, crashAfter: 640_000 });
  expect(missed(run({ acks: '0' }))).toEqual([['A#3', 'cut on the way']]);
  expect(missed(run({ acks: '1' }))).toEqual([]);
});

test('10 ms after writing the copies are there: acks=1 loses nothing either', () => {
  expect(missed(runOf('acks', { crashAfter: 10_000 }))).toEqual([]);
});

test('with one copy nothing can take over, and nothing is lost: everyone waits for the broker', () => {
  for (const acks of ['1', 'all']) {
    const run = runOf('acks', { acks, 'default.replication.factor': 1 });
    expect(missed(run)).toEqual([]);
    const led = of(run, 'leaderChanged').map(({ value }) => value);
    expect(led[0]).toBe(-1);
    const wait = of(run, 'delivered').map(({ ms }) => ms);
    expect(wait.filter((ms) => ms > 2_100 && ms < 13_000)).toEqual([]);
  }
});

describe('min.insync.replicas 2', () => {
  const refusals = (run: Run) => of(run, 'refused').filter(({ value }) => value === 19);

  test('with one broker of three gone everything is accepted', () => {
    const run = runOf('acks', { acks: 'all' });
    expect([refusals(run), missed(run)]).toEqual([[], []]);
  });

  test('with two gone acks=all is refused until one of them is back in sync', () => {
    const run = runOf('acks', { acks: 'all' }, ['300 shutdown broker-3']);
    expect(refusals(run).length).toBeGreaterThan(0);
    const backInSync = of(run, 'isrChanged').find(({ detail }) => detail === 1)?.ms ?? 0;
    for (const { ms } of refusals(run)) expect(ms).toBeLessThan(backInSync);
    expect([atEnd(run).missed, atEnd(run).delivered]).toEqual([0, 20]);
  });

  test('acks=1 is accepted even then, but nobody may read it before (KIP-966)', () => {
    const run = runOf('acks', { acks: '1' }, ['300 shutdown broker-3']);
    expect(refusals(run)).toEqual([]);
    const backInSync = of(run, 'isrChanged').find(({ detail }) => detail === 1)?.ms ?? 0;
    const early = of(run, 'acknowledged').filter(({ ms }) => ms > 11_000 && ms < backInSync);
    expect(early.length).toBeGreaterThan(0);
    const read = of(run, 'delivered').map(({ ms }) => ms);
    expect(read.filter((ms) => ms > 2_100 && ms < backInSync)).toEqual([]);
  });
});

test('a producer gives up what is older than delivery.timeout.ms', () => {
  const run = runOf('acks', { acks: 'all', 'delivery.timeout.ms': 5_000_000 });
  const causes = missed(run).filter(([, cause]) => cause === 'its producer gave up');
  expect(causes.map(([said]) => said)).toContain('A#3');
  expect(of(run, 'letGo')[0]?.ms).toBe(2_050 + 5_000);
});

test('a leader that is cut off from the others says yes with acks=1 to what will be lost', () => {
  const cutOff = ['1500 isolate broker-1 brokers', '6000 restore broker-1'];
  const lost = missed(runOf('acks', { crashAfter: 1_000_000 }, cutOff));
  expect(lost.map(([said]) => said).sort()).toEqual(['A#2', 'A#3']);
  const safe = runOf('acks', { acks: 'all', crashAfter: 1_000_000 }, cutOff);
  expect(missed(safe)).toEqual([]);
});
