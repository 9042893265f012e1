// What a cluster does with records: copies, watermarks, fetches, transactions, and what goes again.
import { describe, expect, test } from 'vitest';
import { seconds } from '../../kernel/simTime';
import { EntryKind, recordMarksOf } from '../../trace/entryKinds';
import type { Broker } from './broker';
import { contentsOf, entriesOf, smallCluster } from './smallCluster';

const S = 1_000_000;

describe('the way of one record', () => {
  test('the followers have it after one leg, the watermark and the ack follow after two', () => {
    const small = smallCluster();
    const producer = small.clientOf(0);
    const consumer = small.clientOf(0);
    small.at(100_000, () => consumer.fetch({ from: [{ partition: 0, offset: 0 }] }));
    small.at(200_000, () => producer.produce('all', [5]));
    small.runTo(300_000);
    expect(
      entriesOf(
        small.trace(),
        EntryKind.Appended,
        EntryKind.Replicated,
        EntryKind.WatermarkMoved,
      ).map(({ at, kind, node, value }) => [at, kind, node, value]),
    ).toEqual([
      [200_000, EntryKind.Appended, 0, 0],
      [201_500, EntryKind.Replicated, 1, 1],
      [201_500, EntryKind.Replicated, 2, 1],
      [203_000, EntryKind.WatermarkMoved, 0, 1],
    ]);
    expect(producer.answers.map(({ at, parcel }) => [at, parcel.type])).toEqual([[203_000, 'ack']]);
    expect(consumer.answers.map(({ at, parcel }) => [at, parcel.type, parcel.messages])).toEqual([
      [203_000, 'records', [5]],
    ]);
  });

  test('each answer follows from what made it possible', () => {
    const small = smallCluster({ partitions: 2, replicationFactor: 2 });
    const producer = small.clientOf(0);
    const causes: number[] = [];
    small.at(200_000, () => producer.produce('all', [5]));
    small.runTo(300_000);
    const { entries } = small.trace();
    for (let seq = 0; seq < entries.count; seq += 1) causes.push(entries.cause[seq] as number);
    const kinds = [...entries.kind.subarray(0, entries.count)];
    const watermark = kinds.indexOf(EntryKind.WatermarkMoved);
    const copied = causes[watermark] as number;
    expect(kinds[copied]).toBe(EntryKind.Replicated);
    expect(kinds[causes[copied] as number]).toBe(EntryKind.Appended);
  });

  test('acks=1 is answered with the append, and acks=0 not at all', () => {
    const small = smallCluster();
    const [one, zero] = [small.clientOf(0), small.clientOf(0)];
    small.at(1_000, () => one.produce('1', [1]));
    small.at(1_000, () => zero.produce('0', [2]));
    small.runTo(S);
    expect(one.answers.map(({ at }) => at)).toEqual([1_000]);
    expect(zero.answers).toEqual([]);
    expect(contentsOf(small.cluster, 2)).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  test('records that come in one instant travel together', () => {
    const small = smallCluster();
    const producers = [small.clientOf(0), small.clientOf(0)];
    small.at(1_000, () => producers[0]?.produce('all', [1]));
    small.at(1_000, () => producers[1]?.produce('all', [2]));
    small.runTo(S);
    expect(entriesOf(small.trace(), EntryKind.Replicated).map(({ value }) => value)).toEqual([
      2, 2,
    ]);
  });

  test('a single replica is as fast as its leader', () => {
    const small = smallCluster({ replicationFactor: 1, settings: { minInsyncReplicas: 1 } });
    const producer = small.clientOf(0);
    small.at(1_000, () => producer.produce('all', [1]));
    small.runTo(S);
    expect(producer.answers.map(({ at }) => at)).toEqual([1_000]);
  });

  test('a broker appends one record after the other', () => {
    const small = smallCluster({ settings: { append: 2_000 as never } });
    const [one, other] = [small.clientOf(0), small.clientOf(0)];
    small.at(10_000, () => one.produce('1', [1, 2]));
    small.at(11_000, () => other.produce('1', [3]));
    small.runTo(S);
    expect(one.answers.map(({ at }) => at)).toEqual([14_000]);
    expect(other.answers.map(({ at }) => at)).toEqual([16_000]);
  });
});

describe('fetches', () => {
  test('wait for their time, or for enough', () => {
    const small = smallCluster();
    const producer = small.clientOf(0);
    const [empty, patient] = [small.clientOf(0), small.clientOf(0)];
    small.at(S, () => empty.fetch({ from: [{ partition: 0, offset: 0 }], maxWait: 500_000 }));
    small.at(2 * S, () =>
      patient.fetch({ from: [{ partition: 0, offset: 0 }], maxWait: 5 * S, minBytes: 200 }),
    );
    small.at(3 * S, () => producer.produce('all', [1]));
    small.at(4 * S, () => producer.produce('all', [2]));
    small.runTo(10 * S);
    expect(empty.answers.map(({ at, parcel }) => [at, parcel.type])).toEqual([
      [1.5 * S, 'emptyAnswer'],
    ]);
    expect(patient.answers.map(({ at, parcel }) => [at, parcel.messages])).toEqual([
      [4 * S + 3_000, [1, 2]],
    ]);
  });

  test('are refused by who does not lead, and out of range', () => {
    const small = smallCluster();
    const [follower, leader] = [small.clientOf(1), small.clientOf(0)];
    small.at(S, () => follower.fetch({ from: [{ partition: 0, offset: 0 }] }));
    small.at(S, () => leader.fetch({ from: [{ partition: 0, offset: 1 }] }));
    small.runTo(2 * S);
    expect(follower.fetched[0]?.failures).toEqual([
      { partition: 0, error: 'NOT_LEADER_OR_FOLLOWER', leader: 0 },
    ]);
    expect(leader.fetched[0]?.failures).toMatchObject([{ error: 'OFFSET_OUT_OF_RANGE' }]);
    expect(leader.answers[0]?.parcel.type).toBe('refusal');
  });

  test('that wait at a leader are refused when it is deposed', () => {
    const small = smallCluster();
    const consumer = small.clientOf(0);
    small.at(3 * S, () => small.cluster.shutDown(0));
    small.at(3 * S, () => consumer.fetch({ from: [{ partition: 0, offset: 0 }] }));
    small.runTo(4 * S);
    expect(consumer.answers.map(({ at }) => at)).toEqual([3 * S + 3_000]);
    expect(consumer.fetched[0]?.failures).toMatchObject([{ leader: 1 }]);
  });
});

describe('transactions', () => {
  test('read_committed stops at the last stable offset and leaves out what was aborted', () => {
    const small = smallCluster();
    const [writer, plain] = [small.clientOf(0), small.clientOf(0)];
    const [careful, careless] = [small.clientOf(0), small.clientOf(0)];
    const from = [{ partition: 0, offset: 0 }];
    const transaction = { producerId: 1, producerEpoch: 0, isTransactional: true };
    const marker = { producerId: 1, producerEpoch: 0 };
    let doneAt = 0;
    small.at(S, () => writer.produce('all', [1], { ...transaction, baseSequence: 0 }));
    small.at(S + 100, () => plain.produce('all', [2]));
    small.at(2 * S, () => careful.fetch({ from, isolation: 'read_committed', maxWait: 10 * S }));
    small.at(2 * S, () => careless.fetch({ from }));
    small.at(3 * S, () => {
      small.cluster.writeMarker(0, { ...marker, outcome: 'abort' }, () => {
        doneAt = small.simulation.now;
      });
    });
    small.at(4 * S, () => writer.produce('all', [3], { ...transaction, baseSequence: 1 }));
    small.at(5 * S, () => {
      small.cluster.writeMarker(0, { ...marker, outcome: 'commit' }, () => undefined);
    });
    small.at(6 * S, () => careful.fetch({ isolation: 'read_committed', maxWait: 0 }));
    small.runTo(7 * S);
    expect(careless.answers[0]?.parcel.messages).toEqual([1, 2]);
    expect(careful.answers.map(({ at, parcel }) => [at, parcel.messages])).toEqual([
      [3 * S + 4_500, [2]],
      [6 * S, [3]],
    ]);
    expect(careful.fetched.map(({ records }) => records[0]?.nextOffset)).toEqual([3, 5]);
    expect(doneAt).toBe(3 * S + 6_000);
    expect(
      entriesOf(small.trace(), EntryKind.StableOffsetMoved).map(({ at, value }) => [at, value]),
    ).toEqual([
      [S + 3_000, 0],
      [3 * S + 4_500, 3],
      [5 * S + 4_500, 5],
    ]);
    expect(
      entriesOf(small.trace(), EntryKind.MarkerAppended).map(({ value, detail }) => [
        value,
        recordMarksOf(detail).flag,
      ]),
    ).toEqual([
      [2, false],
      [4, true],
    ]);
  });

  test('a marker finds its way round a leader that has died', () => {
    const small = smallCluster();
    let doneAt = 0;
    small.at(3 * S, () => small.node(0).crash());
    small.at(4 * S, () => {
      const marker = { producerId: 1, producerEpoch: 0, outcome: 'commit' } as const;
      small.cluster.writeMarker(0, marker, () => {
        doneAt = small.simulation.now;
      });
    });
    small.runTo(20 * S);
    expect(doneAt).toBeGreaterThan(11 * S);
    expect(doneAt).toBeLessThan(11.2 * S);
  });
});

describe('what a log lets go of', () => {
  test('a segment goes at the first look after its age is over, at all replicas', () => {
    const small = smallCluster({
      settings: {
        retention: seconds(10),
        segmentTime: seconds(5),
        retentionCheckInterval: seconds(4),
      },
    });
    const producer = small.clientOf(0);
    for (const [index, time] of [1, 2, 20, 21].entries()) {
      small.at(time * S, () => producer.produce('all', [index]));
    }
    small.runTo(25 * S);
    expect(entriesOf(small.trace(), EntryKind.LogStartMoved)).toMatchObject([
      { at: 16 * S, node: 0, value: 2, detail: 5 },
    ]);
    const starts = small.cluster.brokers.map(({ replicas }) => replicas[0]?.log.logStart);
    expect(starts).toEqual([2, 2, 2]);
  });

  test('nothing is looked at while nothing can expire', () => {
    const small = smallCluster({ horizon: 1e12 });
    const producer = small.clientOf(0);
    small.at(S, () => producer.produce('all', [1]));
    small.runTo(10 * S);
    const { handled } = small.simulation;
    small.runTo(11 * S);
    // Three heartbeats of three brokers at most, there and looked at.
    expect(small.simulation.handled - handled).toBeLessThan(25);
  });

  test('compaction keeps the newest record of each key', () => {
    const small = smallCluster({
      settings: {
        cleanupPolicy: 'compact',
        segmentBytes: 200,
        retentionCheckInterval: seconds(10),
        minCleanableDirtyRatio: 0.1,
      },
    });
    const producer = small.clientOf(0);
    const keys = [0, 1, 0, 1, 0];
    keys.forEach((key, message) => {
      small.at((message + 1) * S, () => {
        producer.ask({
          api: 'produce',
          acks: 'all',
          batches: [
            {
              partition: 0,
              producerId: -1,
              producerEpoch: -1,
              baseSequence: -1,
              isTransactional: false,
              records: [{ message, payloadBytes: 64, key, isTombstone: false }],
              bytes: 140,
            },
          ],
        });
      });
    });
    small.runTo(11 * S);
    const kept = [
      [2, 2],
      [3, 3],
      [4, 4],
    ];
    for (const place of [0, 1, 2]) expect(contentsOf(small.cluster, place)).toEqual(kept);
    const removed = entriesOf(small.trace(), EntryKind.RecordRemoved);
    expect(removed.map(({ value }) => value)).toEqual([0, 1]);
    const reader = small.clientOf(0);
    small.at(12 * S, () => reader.fetch({ from: [{ partition: 0, offset: 0 }] }));
    small.runTo(13 * S);
    expect(reader.fetched[0]?.records[0]).toMatchObject({ messages: [2, 3, 4], nextOffset: 5 });
  });

  test('durability off keeps only what a connected reader still wants', () => {
    const small = smallCluster({ settings: { durability: 'off' } });
    const [producer, reader] = [small.clientOf(0), small.clientOf(0)];
    const broker = small.cluster.brokers[0] as Broker;
    // Connected, its first fetch on the way while the first record comes.
    reader.channel.startsAt(0, 0);
    small.at(S, () => producer.produce('all', [1]));
    small.at(2 * S, () => reader.fetch({ from: [{ partition: 0, offset: 0 }], maxWait: 10 * S }));
    small.at(3 * S, () => producer.produce('all', [2]));
    small.at(4 * S, () => broker.forget(reader.channel));
    small.runTo(5 * S);
    expect(
      entriesOf(small.trace(), EntryKind.LogStartMoved).map(({ at, value }) => [at, value]),
    ).toEqual([
      [2 * S, 1],
      [4 * S, 2],
    ]);
  });
});

test('coordinators are the same for everyone who knows the same brokers', () => {
  const small = smallCluster();
  const clients = [0, 1, 2].map((place) => small.clientOf(place));
  small.at(S, () => {
    for (const client of clients) client.ask({ api: 'findCoordinator', of: 'group', name: 'g' });
  });
  small.runTo(2 * S);
  const bodies = clients.map(({ answers }) => answers[0]?.parcel.body);
  const broker = small.cluster.coordinatorOf('g');
  expect(bodies).toEqual(bodies.map(() => ({ api: 'coordinator', broker })));
});

test('any broker gives a producer without a transactional id an id of its own each time', () => {
  const small = smallCluster();
  const clients = [0, 1].map((place) => small.clientOf(place));
  small.at(S, () => {
    for (const client of clients) client.ask({ api: 'initProducerId', transactionalId: null });
  });
  small.runTo(2 * S);
  const bodies = clients.map(({ answers }) => answers[0]?.parcel.body);
  expect(bodies).toMatchObject([
    { api: 'producerId', error: 'NONE', producerId: 0, producerEpoch: 0 },
    { api: 'producerId', error: 'NONE', producerId: 1, producerEpoch: 0 },
  ]);
});
