// A consumer at a real cluster: long polls, positions, commits, resets, and brokers that change.

import { describe, expect, test } from 'vitest';
import { milliseconds, seconds } from '../../kernel/simTime';
import { EntryKind } from '../../trace/entryKinds';
import { type ClientWorldOptions, clientWorld, storyOf, transfersOf } from './clientWorld';
import { Consumer } from './consumer';
import { createGroupMember } from './membership/createGroupMember';
import { Producer } from './producer';

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

/** A producer and consumers, connected from 0 on. */
function reading(options: ClientWorldOptions = {}) {
  const world = clientWorld(options);
  const { environment, settings, cluster, topic, at } = world;
  const writer = world.client('A');
  const producer = new Producer(
    environment,
    settings,
    {
      process: writer.process,
      cluster,
      routes: writer.routes(),
      name: 'A',
      topics: [topic],
    },
    { settled: () => undefined },
  );
  at(-50, () => producer.dial());
  const say = (ms: number) => at(ms, () => producer.send(0, world.record()));
  const consumer = (id: string, mode: 'assign' | 'subscribe' = 'assign', group = id) => {
    const client = world.client(id);
    const { process, node } = client;
    const routes = client.routes();
    const coordinatorRoutes = client.routes();
    const parts = { process, cluster, routes, coordinatorRoutes, group };
    const heard: number[] = [];
    /** Works on everything at once. */
    const read = () => {
      while (consumer.poll() > 0) {
        for (let message = consumer.take(); message >= 0; message = consumer.take()) {
          heard.push(message);
        }
      }
      consumer.fetch(settings.fetchMaxWait);
    };
    const consumer: Consumer = new Consumer(environment, settings, parts, {
      ready: () => consumer.fetch(settings.fetchMaxWait),
      answered: () => process.run(read, undefined),
    });
    if (mode === 'assign') {
      consumer.assignByHand(topic.partitions);
      at(-50, () => consumer.dial());
    } else {
      consumer.member = createGroupMember(environment, settings, {
        process,
        group,
        topics: ['topic'],
        partitionsOfTopics: new Map([['topic', topic.partitions]]),
        listener: consumer,
        ask: (request, onAnswer) => consumer.coordinator.ask(request, onAnswer),
      });
    }
    const crash = (ms: number) =>
      at(ms, () => {
        node.crash();
        consumer.loseMemory();
        consumer.member?.crash();
      });
    const begin = (ms: number) =>
      at(ms, () => {
        node.restart();
        consumer.restarted();
        consumer.member?.start();
        read();
      });
    return { consumer, node, heard, crash, begin };
  };
  return { ...world, say, writer, producer, reader: consumer };
}

describe('a fetch', () => {
  test('waits at the broker for data, 500 ms at most, and is answered empty then', () => {
    const { reader, trace } = reading();
    reader('B');
    const run = trace(1_100);
    expect(transfersOf(run, 'poll').map(({ ms }) => ms)).toEqual([-30, 490, 1_010]);
    expect(transfersOf(run, 'emptyAnswer').map(({ ms }) => ms)).toEqual([480, 1_000]);
  });

  test('brings a record 28 ms after it was sent: linger apart, two ways and the copying', () => {
    const { reader, say, trace } = reading();
    const { heard } = reader('B');
    say(0);
    const run = trace();
    expect(storyOf(run, EntryKind.Delivered).map(({ ms }) => ms)).toEqual([28]);
    expect(heard).toEqual([0]);
  });

  test('goes to the leader of each partition, and every record comes once', () => {
    const { reader, say, trace } = reading({ partitions: 6 });
    const { heard } = reader('B');
    for (const ms of range(0, 300)) say(ms);
    const run = trace();
    expect(new Set(transfersOf(run, 'poll').map(({ to }) => to))).toEqual(new Set([0, 1, 2]));
    expect([...heard].sort((one, other) => one - other)).toEqual(range(0, 300));
  });
});

describe('when a leader crashes', () => {
  const FAST = {
    brokerHeartbeatInterval: milliseconds(100),
    brokerSessionTimeout: milliseconds(300),
  };

  test('its partitions are read at the next one, and nothing is missed or comes twice', () => {
    const { reader, say, trace, at, machines } = reading({ partitions: 3, settings: FAST });
    const { heard } = reader('B');
    for (const ms of range(0, 200)) say(ms * 10);
    at(700, () => machines[1]?.crash());
    at(1_500, () => machines[1]?.restart());
    trace(8_000);
    expect([...heard].sort((one, other) => one - other)).toEqual(range(0, 200));
  });

  test('nothing is asked of anybody else when it was the only one', () => {
    const { reader, say, trace, at, machines } = reading({ brokers: 1, replicationFactor: 1 });
    const { heard } = reader('B');
    say(0);
    at(100, () => machines[0]?.crash());
    at(5_000, () => machines[0]?.restart());
    say(20_000);
    trace(30_000);
    expect(heard).toEqual([0, 1]);
  });
});

describe('commits', () => {
  test('come in poll, five seconds apart, for what earlier polls have returned', () => {
    const { reader, say, trace } = reading();
    reader('B');
    for (const second of range(0, 12)) say(second * 1_000 + 500);
    const committed = storyOf(trace(16_000), EntryKind.Committed);
    const gaps = committed.map(({ ms }, place) => ms - (committed[place - 1]?.ms ?? 0));
    expect(committed.map(({ value }) => value)).toEqual([5, 10, 12]);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(4_900);
  });

  test('are where a reader that has crashed goes on', () => {
    const { reader, say, trace } = reading();
    const { heard, crash, begin } = reader('B');
    for (const second of range(0, 12)) say(second * 1_000 + 500);
    crash(8_000);
    begin(8_100);
    const run = trace(16_000);
    expect(storyOf(run, EntryKind.PositionReset).map(({ value }) => value)).toEqual([5]);
    expect(heard).toEqual([...range(0, 8), ...range(5, 12)]);
  });

  test.each([
    { reset: 'earliest', heard: [...range(0, 2), ...range(0, 6)] },
    { reset: 'latest', heard: [...range(0, 2), ...range(4, 6)] },
  ] as const)('that are missing send it to the $reset', ({ reset, heard }) => {
    const world = reading({ settings: { autoOffsetReset: reset } });
    const reader = world.reader('B');
    for (const second of range(0, 6)) world.say(second * 1_000 + 500);
    reader.crash(2_000);
    reader.begin(4_000);
    world.trace(10_000);
    expect(reader.heard).toEqual(heard);
  });

  test('by the program are kept by the group, whoever coordinates it', () => {
    const { reader, say, trace, at, machines, cluster } = reading({
      settings: { enableAutoCommit: 'off', brokerSessionTimeout: milliseconds(3_000) },
    });
    const { consumer, heard } = reader('B');
    const errors: string[] = [];
    say(0);
    const coordinator = cluster.coordinatorOf('B');
    at(100, () => machines[coordinator]?.crash());
    at(200, () => consumer.commit((error) => errors.push(error)));
    const run = trace(30_000);
    expect(heard).toEqual([0]);
    expect(errors).toEqual(['NONE']);
    expect(storyOf(run, EntryKind.Committed).map(({ value }) => value)).toEqual([1]);
  });
});

test('max.poll.records is all that one poll returns; the rest is there already', () => {
  const { reader, say, trace, settings } = reading({ settings: { linger: milliseconds(20) } });
  const { consumer, heard } = reader('B');
  for (const ms of range(0, 10)) say(ms);
  settings.maxPollRecords = 4;
  const counts: number[] = [];
  const { poll } = consumer;
  consumer.poll = () => {
    const count = poll.call(consumer);
    counts.push(count);
    return count;
  };
  trace(200);
  expect(counts.filter((count) => count > 0)).toEqual([4, 4, 2]);
  expect(heard).toEqual(range(0, 10));
});

describe('a group', () => {
  const QUICK = { initialRebalanceDelay: milliseconds(0), autoOffsetReset: 'earliest' } as const;

  test.each(['classic', 'consumer'] as const)(
    'of two (%s) shares the partitions, and every record comes once',
    (groupProtocol) => {
      const assignor = groupProtocol === 'classic' ? 'range' : 'uniform';
      const { reader, say, trace } = reading({
        partitions: 4,
        settings: { ...QUICK, groupProtocol, assignor },
      });
      const members = [reader('B', 'subscribe', 'g'), reader('C', 'subscribe', 'g')];
      for (const member of members) member.begin(10);
      for (const ms of range(0, 500)) say(8_000 + ms);
      const run = trace(20_000);
      const heard = members.flatMap((member) => member.heard);
      expect(heard.sort((one, other) => one - other)).toEqual(range(0, 500));
      for (const member of members) expect(member.heard.length).toBeGreaterThan(50);
      expect(storyOf(run, EntryKind.Assigned).length).toBeGreaterThanOrEqual(4);
    },
  );

  test('whose member crashes reads on with the other one, from what was committed', () => {
    const { reader, say, trace } = reading({
      partitions: 4,
      settings: { ...QUICK, sessionTimeout: seconds(6) },
    });
    const [first, second] = [reader('B', 'subscribe', 'g'), reader('C', 'subscribe', 'g')];
    first.begin(10);
    second.begin(10);
    for (const ms of range(0, 500)) say(8_000 + ms * 20);
    second.crash(12_000);
    trace(60_000);
    const heard = new Set([...first.heard, ...second.heard]);
    expect(heard.size).toBe(500);
  });
});
