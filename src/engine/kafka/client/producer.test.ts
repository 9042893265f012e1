// A producer at a real cluster: what leaves when, what is tried again, and what is given up.

import { describe, expect, test } from 'vitest';
import { milliseconds, seconds } from '../../kernel/simTime';
import { EntryKind, lossCauseCode } from '../../trace/entryKinds';
import {
  type ClientWorldOptions,
  clientWorld,
  storyOf,
  transfersOf,
  writtenTo,
} from './clientWorld';
import { Producer } from './producer';

/** One producer of the topic, connected from 0 on. */
function producing(options: ClientWorldOptions = {}) {
  const world = clientWorld(options);
  const { environment, settings, cluster, topic, at } = world;
  const client = world.client('A');
  const { process } = client;
  const settled: string[] = [];
  const parts = { process, cluster, routes: client.routes(), name: 'A', topics: [topic] };
  const producer = new Producer(environment, settings, parts, {
    settled: (_, outcome) => settled.push(outcome),
  });
  at(-50, () => producer.dial());
  const say = (ms: number, key = -1) => at(ms, () => producer.send(0, world.record({ key })));
  const crash = (ms: number) =>
    at(ms, () => {
      client.node.crash();
      producer.loseMemory();
    });
  return { ...world, ...client, producer, say, settled, crash };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const times = (story: readonly { readonly ms: number }[]) => story.map(({ ms }) => ms);

describe('acks', () => {
  test.each([
    { acks: '0', acknowledged: [] },
    { acks: '1', acknowledged: [25] },
    { acks: 'all', acknowledged: [28] },
  ] as const)('$acks is acknowledged at $acknowledged ms', ({ acks, acknowledged }) => {
    const { say, trace, settled } = producing({ settings: { acks } });
    say(0);
    const run = trace();
    expect(times(storyOf(run, EntryKind.Acknowledged))).toEqual(acknowledged);
    expect(times(storyOf(run, EntryKind.Appended))).toEqual([15]);
    expect(settled).toEqual(['acknowledged']);
    const letGo = storyOf(run, EntryKind.LetGo).map(({ value }) => value);
    expect(letGo).toEqual(acks === '0' ? [lossCauseCode('never acknowledged')] : []);
  });
});

describe('batches', () => {
  test('gather for linger.ms and leave together, the next from the next record on', () => {
    const { say, trace } = producing();
    for (const ms of range(0, 12)) say(ms);
    const sent = transfersOf(trace(), 'produce');
    expect(sent.map(({ ms, said }) => [ms, said])).toEqual([
      [5, range(0, 6)],
      [11, range(6, 12)],
    ]);
  });

  test('leave when they are full, and never grow past batch.size', () => {
    const { say, trace } = producing({ settings: { linger: seconds(1), batchSize: 1_000 } });
    for (const ms of range(0, 40)) say(ms);
    const sent = transfersOf(trace(), 'produce');
    // The request's own fields come on top of the batch.
    expect(Math.max(...sent.map(({ bytes }) => bytes - 46))).toBeLessThanOrEqual(1_000);
    expect(sent[0]?.ms).toBeLessThan(40);
    expect(sent.flatMap(({ said }) => said)).toEqual(range(0, 40));
  });

  test('of several partitions go to their leader in one request, the lingering ones along', () => {
    const { say, trace, record, at, producer } = producing({
      brokers: 1,
      partitions: 3,
      replicationFactor: 1,
    });
    for (const partition of [0, 1, 2]) at(partition, () => producer.sendTo(partition, record()));
    say(100);
    const run = trace();
    expect(transfersOf(run, 'produce')[0]).toMatchObject({ ms: 5, said: [0, 1, 2] });
    const acks = storyOf(run, EntryKind.Acknowledged);
    expect(acks.slice(0, 3).map(({ place, value, detail }) => [place, value, detail])).toEqual([
      [0, 1, 0],
      [1, 1, 1],
      [2, 1, 2],
    ]);
    expect(new Set(acks.slice(0, 3).map(({ transfer }) => transfer)).size).toBe(1);
  });

  test('of a connection are five at most without an answer', () => {
    // Nobody answers: the leader cannot reach its followers.
    const { say, trace, at, machines } = producing({ settings: { linger: milliseconds(0) } });
    at(-1, () => machines[0]?.isolate('brokers'));
    for (const ms of range(0, 8)) say(ms);
    expect(transfersOf(trace(1_000), 'produce')).toHaveLength(5);
  });
});

test('records with a key go to the partition of the key, always', () => {
  const { say, trace } = producing({ partitions: 6 });
  for (const ms of range(0, 60)) say(ms, ms % 5);
  const run = trace();
  const partitionsOf = range(0, 5).map((key) => {
    const ofKey = storyOf(run, EntryKind.Appended).filter(({ message }) => message % 5 === key);
    return new Set(ofKey.map(({ place }) => place)).size;
  });
  expect(partitionsOf).toEqual([1, 1, 1, 1, 1]);
  expect(storyOf(run, EntryKind.Appended)).toHaveLength(60);
});

test('records without a key stay with a partition for batch.size bytes, and then take another', () => {
  const { say, trace } = producing({ partitions: 6, settings: { batchSize: 1_000 } });
  for (const ms of range(0, 200)) say(ms / 4);
  const run = trace();
  const places = storyOf(run, EntryKind.Appended)
    .sort((one, other) => one.message - other.message)
    .map(({ place }) => place);
  const runs = places.filter((place, at) => place !== places[at - 1]).length;
  expect(new Set(places).size).toBeGreaterThan(2);
  // Twelve records of 75 bytes fill a batch.
  expect(runs).toBeLessThan(200 / 12 + 2);
});

describe('a broker that crashes', () => {
  const FAST = {
    brokerHeartbeatInterval: milliseconds(100),
    brokerSessionTimeout: milliseconds(300),
  };

  test('is replaced by the next leader, and everything is written once and in order', () => {
    const { say, trace, at, machines } = producing({ settings: FAST });
    for (const ms of range(0, 100)) say(ms * 10);
    at(207, () => machines[0]?.crash());
    const run = trace(5_000);
    expect(storyOf(run, EntryKind.Acknowledged).reduce((sum, { value }) => sum + value, 0)).toBe(
      100,
    );
    expect(storyOf(run, EntryKind.Retried).length).toBeGreaterThan(0);
    expect(transfersOf(run, 'metadata').length).toBeGreaterThan(0);
    const last = new Map(writtenTo(run, 0).map((message, at) => [message, at]));
    const order = [...last.entries()].sort((one, other) => one[1] - other[1]);
    expect(order.map(([message]) => message)).toEqual(range(0, 100));
  });

  test('while nobody leads, metadata are asked for less and less often', () => {
    const { say, trace, at, machines } = producing({ replicationFactor: 1 });
    say(0);
    at(100, () => machines[0]?.crash());
    say(150);
    const asked = times(transfersOf(trace(5_000), 'metadata'));
    const gaps = asked.slice(1).map((ms, place) => ms - (asked[place] as number));
    // After each answer, a round trip of 20 ms after the question.
    expect(gaps.slice(-2)).toEqual([1_020, 1_020]);
    expect(gaps.slice(0, 4)).toEqual([...gaps.slice(0, 4)].sort((one, other) => one - other));
  });

  test('and comes back is asked again at once', () => {
    const { say, trace, at, machines } = producing({ brokers: 1, replicationFactor: 1 });
    at(100, () => machines[0]?.crash());
    say(150);
    at(1_000, () => machines[0]?.restart());
    const run = trace(30_000);
    expect(storyOf(run, EntryKind.Acknowledged)).toHaveLength(1);
  });
});

describe('an acknowledgement that is lost', () => {
  const lost = (settings: ClientWorldOptions['settings']) => {
    const world = producing(settings ? { settings } : {});
    world.say(0);
    world.at(1, () => world.producer.loseNextAck());
    return world.trace(3_000);
  };

  test('makes an idempotent producer try again, and the record stands there once', () => {
    const run = lost({});
    expect(transfersOf(run, 'produce')).toHaveLength(2);
    expect(storyOf(run, EntryKind.Retried).map(({ value }) => value)).toEqual([1]);
    expect(writtenTo(run, 0)).toEqual([0]);
    expect(storyOf(run, EntryKind.Acknowledged)).toHaveLength(1);
  });

  test('makes any other one write it twice', () => {
    const run = lost({ enableIdempotence: 'off' });
    expect(writtenTo(run, 0)).toEqual([0, 0]);
  });

  test('is final without retries: the producer gives the record up, which is in the log', () => {
    const run = lost({ retries: 0 });
    expect(writtenTo(run, 0)).toEqual([0]);
    const letGo = storyOf(run, EntryKind.LetGo);
    expect(letGo.map(({ message, value }) => [message, value])).toEqual([
      [0, lossCauseCode('its producer gave up')],
    ]);
  });
});

test('what is older than delivery.timeout.ms is given up, and a later record gets through', () => {
  const { say, trace, at, machines, settled } = producing({
    brokers: 1,
    replicationFactor: 1,
    settings: { deliveryTimeout: seconds(2) },
  });
  at(10, () => machines[0]?.crash());
  say(20);
  at(4_000, () => machines[0]?.restart());
  say(20_000);
  const run = trace(30_000);
  expect(storyOf(run, EntryKind.LetGo).map(({ ms, message }) => [ms, message])).toEqual([
    [2_020, 0],
  ]);
  expect(settled).toEqual(['given up', 'acknowledged']);
});

test('a producer that crashes loses what it held, and is another producer afterwards', () => {
  const { say, trace, at, node, crash, settled } = producing();
  say(0);
  say(40);
  crash(42);
  at(100, () => node.restart());
  say(200);
  const run = trace();
  expect(writtenTo(run, 0)).toEqual([0, 2]);
  expect(settled).toEqual(['acknowledged', 'acknowledged']);
  expect(transfersOf(run, 'transaction')).toHaveLength(1);
});

test('a stalled producer sends nothing until it goes on', () => {
  const { say, trace, at, node } = producing();
  say(0);
  at(2, () => node.stall());
  at(500, () => node.resume());
  expect(transfersOf(trace(), 'produce').map(({ ms }) => ms)).toEqual([500]);
});

test('an answer that takes longer than request.timeout.ms costs the connection', () => {
  const { say, trace, at, machines } = producing({ settings: { requestTimeout: seconds(1) } });
  at(-1, () => machines[0]?.isolate('brokers'));
  say(0);
  const closed = storyOf(trace(1_500), EntryKind.Closed);
  expect(times(closed)).toEqual([1_005]);
});
