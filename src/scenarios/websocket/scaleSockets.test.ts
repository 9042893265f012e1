// Many servers: whom a broadcast reaches, and what cuts, crashes and deploys cost.

import { describe, expect, test } from 'vitest';
import { EntryKind, ledgerAt, measuresAt, missesAt } from '../../engine/index';
import type { ParameterValues } from '../defineScenario';
import type { Run } from '../runScenario';
import { heardBy, runOf, storyOf, transfersOf } from '../testing/runOf';

const ID = 'scale-sockets';
const run = (parameters: ParameterValues, acts: readonly string[] = []): Run =>
  runOf(ID, parameters, acts);
const reachOf = ({ index, horizon }: Run, stage: 'websocket' | 'kafka' = 'websocket') =>
  measuresAt(index, stage, horizon).reach;
const missedOf = ({ index, horizon }: Run) => ledgerAt(index, 'websocket', horizon).missed;
const causesOf = ({ index, horizon }: Run) => [
  ...new Set(missesAt(index, 'websocket', horizon, 1_000_000).map(({ cause }) => cause)),
];

describe.each([1, 2, 4, 8])('%i servers', (servers) => {
  test('without a backplane a broadcast reaches the clients of one of them', () => {
    const alone = run({ servers });
    expect(reachOf(alone)).toBe(1 / servers);
    expect(causesOf(alone)).toEqual(servers === 1 ? [] : ['not on that server']);
  });

  test.each(['pubsub', 'kafka'])('joined by %s it reaches all', (backplane) => {
    const joined = run({ servers, backplane });
    expect(reachOf(joined)).toBe(1);
    expect(missedOf(joined)).toBe(0);
  });

  test('pub/sub passes each message on to every other server', () => {
    const joined = run({ servers, backplane: 'pubsub' });
    expect(transfersOf(joined, 'websocket', 'publish')).toHaveLength(13);
    expect(transfersOf(joined, 'websocket', 'fanOut')).toHaveLength(13 * (servers - 1));
  });
});

test('on one topic every reader has everything, however many servers there are elsewhere', () => {
  for (const servers of [1, 4]) expect(reachOf(run({ servers }), 'kafka')).toBe(1);
});

test('a hundred clients more are connections more, and the Kafka stage stays as it is', () => {
  const many = run({ clients: 200 });
  expect(measuresAt(many.index, 'websocket', many.horizon).connections).toBe(201);
  expect(ledgerAt(many.index, 'kafka', many.horizon).sent).toBe(13 * 24);
});

test('a server takes so many and no more; more servers take more', () => {
  const open = (servers: number) => {
    const { index, horizon } = run({ servers, connectionsPerServer: 5 });
    return measuresAt(index, 'websocket', horizon).connections;
  };
  expect([1, 2, 4, 8].map(open)).toEqual([5, 10, 20, 25]);
});

describe('a server is cut off from the backplane for three seconds', () => {
  const acts = ['1000 cut server-2-backplane', '4000 restore server-2-backplane'];

  test('pub/sub forgets what was said meanwhile', () => {
    const forgets = run({ backplane: 'pubsub' }, acts);
    expect(missedOf(forgets)).toBe(6 * 6);
    expect(causesOf(forgets)).toEqual(['backplane forgot']);
  });

  test('a topic does not: its clients wait, and then they have it', () => {
    const keeps = run({ backplane: 'kafka' }, acts);
    expect(ledgerAt(keeps.index, 'websocket', 3_900_000)).toMatchObject({
      waiting: 6 * 6,
      missed: 0,
    });
    expect(missedOf(keeps)).toBe(0);
    expect(heardBy(keeps, 'websocket', 'C1')).toEqual(heardBy(keeps, 'websocket', 'C2'));
  });

  test('a cut that heals before anyone gives up loses nothing on either', () => {
    const short = ['1000 cut server-2-backplane', '1900 restore server-2-backplane'];
    for (const backplane of ['pubsub', 'kafka']) {
      expect(missedOf(run({ backplane }, short))).toBe(0);
    }
  });
});

test('the server that has the news cannot say it: the topic gets it from its memory later', () => {
  const acts = ['1000 cut server-1-backplane', '4000 restore server-1-backplane'];
  expect(missedOf(run({ backplane: 'pubsub' }, acts))).toBe(6 * 18);
  expect(missedOf(run({ backplane: 'kafka' }, acts))).toBe(0);
});

test('a crash in that time loses what stood in its memory alone', () => {
  const acts = ['1000 cut server-1-backplane', '2900 crash server-1'];
  const crashed = run({ backplane: 'kafka' }, acts);
  expect(causesOf(crashed)).toContain('lost in the crash');
});

test('whose server ends before it has caught up does not get it elsewhere', () => {
  const acts = ['1000 cut server-2-backplane', '2900 crash server-2'];
  const crashed = run({ backplane: 'kafka' }, acts);
  expect(ledgerAt(crashed.index, 'websocket', 2_890_000).waiting).toBe(6 * 4);
  expect(ledgerAt(crashed.index, 'websocket', crashed.horizon)).toMatchObject({
    waiting: 0,
    inFlight: 0,
    missed: 6 * 4,
  });
  expect(causesOf(crashed)).toEqual(['server gone']);
});

describe('a rolling deploy', () => {
  const deploy = (more: ParameterValues): Run => run({ deploy: 'rolling', ...more });
  const dialledAt = (of: Run): number[] =>
    storyOf(of, 'websocket')
      .filter(({ what, ms }) => what === 'connecting' && ms > 0)
      .map(({ ms }) => ms);
  /** Most who dial within ten milliseconds. */
  const peakOf = (of: Run): number => {
    const times = dialledAt(of);
    return Math.max(...times.map((at) => times.filter((ms) => ms >= at && ms < at + 10).length));
  };

  test('has everyone come back, and everyone in turn misses what is said meanwhile', () => {
    const rolled = deploy({ backplane: 'pubsub' });
    expect(measuresAt(rolled.index, 'websocket', rolled.horizon).connections).toBe(25 + 4);
    expect(new Set(causesOf(rolled))).toEqual(new Set(['server gone']));
    const closed = storyOf(rolled, 'websocket').filter(({ what }) => what === 'closed');
    const codes = closed.filter(({ who }) => who.startsWith('C')).map(({ value }) => value);
    expect(codes.length).toBeGreaterThan(24);
    expect(new Set(codes)).toEqual(new Set([1012]));
    const drained = storyOf(rolled, 'websocket').filter(({ kind }) => kind === EntryKind.Draining);
    expect(drained.map(({ who }) => who)).toEqual(['server-1', 'server-2', 'server-3', 'server-4']);
  });

  test('brings a storm of handshakes, all at once without jitter', () => {
    const storm = deploy({ clients: 400, reconnectJitter: 0 });
    const spread = deploy({ clients: 400, reconnectJitter: 50 });
    expect(dialledAt(storm).length).toBeGreaterThan(400);
    expect(peakOf(storm)).toBeGreaterThanOrEqual(100);
    expect(peakOf(spread)).toBeLessThan(peakOf(storm) / 3);
  });

  test('leaves the last server almost empty: nobody moves back', () => {
    const { index } = deploy({ backplane: 'pubsub', clients: 400 });
    const { legend } = index.trace;
    const homes = index.trace.legend.connections
      .filter(
        (_, at) => index.standing.connections[at]?.valueAt(index.trace.entries.count - 1) === 2,
      )
      .filter(({ purpose }) => purpose === 'websocket')
      .map(({ server }) => legend.nodes[server]?.id);
    const counts = [1, 2, 3, 4].map((n) => homes.filter((id) => id === `server-${n}`).length);
    expect(Math.max(...counts)).toBeGreaterThan(2 * Math.min(...counts));
  });
});

test('sticky or in turn makes no difference to who hears a broadcast', () => {
  for (const backplane of ['none', 'pubsub']) {
    const [turn, sticky] = ['round-robin', 'sticky'].map((balancing) =>
      reachOf(run({ balancing, backplane })),
    );
    expect(sticky).toBe(turn);
  }
});

test('sticky sends whoever comes back to the same server', () => {
  const acts = ['1000 disconnect C2', '1500 reconnect C2'];
  const servers = (balancing: string): string[] =>
    storyOf(run({ balancing }, acts), 'websocket')
      .filter(({ what, who }) => what === 'connecting' && who === 'C2')
      .map(({ place }) => String(place));
  expect(new Set(servers('sticky')).size).toBe(1);
  expect(new Set(servers('round-robin')).size).toBe(2);
});

test('the balancer ends, and with it every connection; then everyone comes back', () => {
  const { index, horizon } = run({ backplane: 'pubsub' }, [
    '1000 crash balancer',
    '2000 restart balancer',
  ]);
  expect(measuresAt(index, 'websocket', 1_900_000).connections).toBe(4);
  expect(measuresAt(index, 'websocket', horizon).connections).toBe(25 + 4);
});
