// A transactional producer and readers of either isolation, at a real cluster.

import { expect, test } from 'vitest';
import { milliseconds } from '../../kernel/simTime';
import { EntryKind } from '../../trace/entryKinds';
import type { Trace } from '../../trace/trace';
import type { IsolationLevel, TransactionAnswer, TransactionRequest } from '../wire/requests';
import { clientWorld, storyOf } from './clientWorld';
import { Consumer } from './consumer';
import { CoordinatorLink } from './coordinatorLink';
import { Producer } from './producer';
import { TransactionClient } from './transactionClient';

/** Two partitions, a transactional producer from 0 on, and one reader. */
function transacting(isolationLevel: IsolationLevel) {
  const world = clientWorld({
    partitions: 2,
    settings: { isolationLevel, linger: milliseconds(0) },
  });
  const { environment, settings, cluster, topic, at } = world;
  const writer = world.client('A');
  const { process } = writer;
  const producer = new Producer(
    environment,
    settings,
    { process, cluster, routes: writer.routes(), name: 'A', topics: [topic] },
    { settled: () => undefined },
  );
  const link = new CoordinatorLink(
    environment,
    settings,
    { process, cluster, routes: writer.routes() },
    { of: 'transaction', name: 't', known: -1, lost: () => client.coordinatorLost() },
  );
  const client: TransactionClient = new TransactionClient(settings, {
    process,
    transactionalId: 't',
    ask: (request: TransactionRequest, onAnswer: (response: TransactionAnswer) => void) =>
      link.ask(request, onAnswer),
    listener: { partitionsAdded: () => producer.wake(), fenced: () => producer.abandon() },
  });
  producer.transaction = client;
  at(-50, () => producer.dial());
  at(-50, () => client.init(() => undefined));
  const reader = world.client('B');
  const heard: number[] = [];
  const consumer: Consumer = new Consumer(
    environment,
    settings,
    {
      process: reader.process,
      cluster,
      routes: reader.routes(),
      coordinatorRoutes: reader.routes(),
      group: 'B',
    },
    {
      ready: () => consumer.fetch(settings.fetchMaxWait),
      answered: () => {
        consumer.poll();
        for (let message = consumer.take(); message >= 0; message = consumer.take()) {
          heard.push(message);
        }
        consumer.fetch(settings.fetchMaxWait);
      },
    },
  );
  consumer.assignByHand(topic.partitions);
  at(-50, () => consumer.dial());
  const begin = (ms: number) => at(ms, () => client.begin());
  const say = (ms: number, partition: number) =>
    at(ms, () => producer.sendTo(partition, world.record({}, process.node.index)));
  const end = (ms: number, outcome: 'commit' | 'abort') =>
    at(ms, () => {
      if (outcome === 'abort') producer.abandon();
      client.end(outcome, () => undefined);
    });
  return { ...world, begin, say, end, heard };
}

test('what is committed is read when it is committed, in all partitions', () => {
  const { begin, say, end, heard, trace } = transacting('read_committed');
  begin(100);
  say(110, 0);
  say(120, 1);
  end(400, 'commit');
  const run = trace(2_000);
  expect(heard).toEqual(expect.arrayContaining([0, 1]));
  expect(heard).toHaveLength(2);
  const read = storyOf(run, EntryKind.Delivered).map(({ ms }) => ms);
  expect(Math.min(...read)).toBeGreaterThan(400);
});

test.each([
  { isolation: 'read_committed', expected: [1] },
  { isolation: 'read_uncommitted', expected: [0, 1] },
] as const)(
  'of an aborted transaction $isolation reads its own share',
  ({ isolation, expected }) => {
    const { begin, say, end, heard, trace } = transacting(isolation);
    begin(100);
    say(110, 0);
    end(400, 'abort');
    begin(1_000);
    say(1_010, 0);
    end(1_400, 'commit');
    trace(3_000);
    expect(heard).toEqual(expected);
  },
);

test('what was never sent when a transaction is aborted is given up', () => {
  const { begin, say, end, heard, trace } = transacting('read_uncommitted');
  begin(100);
  say(110, 0);
  end(111, 'abort');
  const run = trace(3_000);
  expect(heard).toEqual([]);
  expect(storyOf(run, EntryKind.LetGo)).toHaveLength(1);
});

test.each(['read_committed', 'read_uncommitted'] as const)(
  'under %s a reader comes to stand past markers, and past what it leaves out',
  (isolation) => {
    const { begin, say, end, trace } = transacting(isolation);
    begin(100);
    say(110, 0);
    end(400, 'commit');
    begin(1_000);
    say(1_010, 0);
    end(1_400, 'abort');
    const run = trace(3_000);
    const skips = rowsOfKind(run, EntryKind.Skipped).map(({ value }) => value);
    // Two records and two markers; with the first record's answer comes the marker, or alone.
    expect(skips).toEqual([2, 4]);
    const watermarks = rowsOfKind(run, EntryKind.WatermarkMoved).map(({ value }) => value);
    expect(watermarks.at(-1)).toBe(skips.at(-1));
  },
);

function rowsOfKind({ entries }: Trace, kind: EntryKind): { readonly value: number }[] {
  const rows: { readonly value: number }[] = [];
  for (let seq = 0; seq < entries.count; seq += 1) {
    if (entries.kind[seq] === kind) rows.push({ value: entries.value[seq] as number });
  }
  return rows;
}
