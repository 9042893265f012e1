// What a cluster makes of faults: sessions, elections, in-sync sets, truncation, refusals.
import { describe, expect, test } from 'vitest';
import { microseconds } from '../../kernel/simTime';
import { EntryKind } from '../../trace/entryKinds';
import { contentsOf, entriesOf, type SmallCluster, smallCluster } from './smallCluster';

const S = 1_000_000;

const leadersOf = ({ trace }: SmallCluster) =>
  entriesOf(trace(), EntryKind.LeaderChanged).map(({ at, value, detail }) => ({
    at,
    leader: value,
    epoch: detail >> 2,
    kind: detail & 3,
  }));

const isrsOf = ({ trace }: SmallCluster) =>
  entriesOf(trace(), EntryKind.IsrChanged).map(({ value }) => value.toString(2));

describe('a broker that crashes', () => {
  test('its session ends, the next in sync leads, and an unacknowledged tail is lost', () => {
    const small = smallCluster();
    const [safe, quick] = [small.clientOf(0), small.clientOf(0)];
    small.at(S, () => safe.produce('all', [1]));
    small.at(3 * S, () => quick.produce('1', [2]));
    small.at(3 * S + 1, () => small.node(0).crash());
    small.runTo(20 * S);
    expect(quick.produced[0]?.error).toBe('NONE');
    const [change] = leadersOf(small);
    expect(change).toMatchObject({ leader: 1, epoch: 1, kind: 0 });
    // The last heartbeat came at 2 s; nine seconds later the session is over.
    expect(change?.at).toBe(2 * S + 1_500 + 9 * S);
    expect(contentsOf(small.cluster, 1)).toEqual([[0, 1]]);
    const cut = entriesOf(small.trace(), EntryKind.Truncated);
    expect(cut).toMatchObject([{ at: (change?.at ?? 0) + 1_500, node: 1, value: 1, detail: 11 }]);
  });

  test('restarted, it waits for its old session, comes back as a follower and joins the ISR', () => {
    const small = smallCluster();
    const [first, second] = [small.clientOf(0), small.clientOf(1)];
    small.at(S, () => first.produce('all', [1]));
    small.at(3 * S, () => first.produce('1', [2]));
    small.at(3 * S + 1, () => small.node(0).crash());
    small.at(4 * S, () => small.node(0).restart());
    small.at(15 * S, () => second.produce('all', [3]));
    small.runTo(30 * S);
    expect(second.produced[0]).toMatchObject({ error: 'NONE', baseOffset: 1 });
    for (const place of [0, 1, 2]) {
      expect(contentsOf(small.cluster, place)).toEqual([
        [0, 1],
        [1, 3],
      ]);
    }
    const [unfenced] = entriesOf(small.trace(), EntryKind.BrokerUnfenced);
    expect(unfenced?.at).toBeGreaterThan(11 * S);
    expect(unfenced?.at).toBeLessThan(11.2 * S);
    expect(entriesOf(small.trace(), EntryKind.FollowerTruncated)).toMatchObject([
      { node: 0, value: 1 },
    ]);
    expect(isrsOf(small)).toEqual(['110', '111']);
  });

  test('and leads again once the preferred leaders are restored', () => {
    const small = smallCluster();
    small.at(3 * S, () => small.node(0).crash());
    small.at(4 * S, () => small.node(0).restart());
    small.runTo(301 * S);
    expect(leadersOf(small).map(({ leader, kind }) => [leader, kind])).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });
});

describe('a leader that is deposed before it hears of it', () => {
  test('may make records safe; the next one to lead says so in the trace', () => {
    // Sessions are over before the second heartbeat: all three, the dead broker 0 first.
    const small = smallCluster({
      partitions: 2,
      settings: { brokerSessionTimeout: microseconds(900_000) },
    });
    const old = small.clientOf(1);
    small.at(0.5 * S, () => small.node(0).crash());
    small.at(0.6 * S, () => old.produce('all', [1], { partition: 1 }));
    small.runTo(2.5 * S);
    const replica = small.cluster.brokers[1]?.replicas[1];
    expect([replica?.lead === null, replica?.highWatermark]).toEqual([false, 1]);
    const moved = entriesOf(small.trace(), EntryKind.WatermarkMoved);
    expect(moved).toMatchObject([{ node: 1, value: 1 }]);
    expect(moved[0]?.at).toBeGreaterThan(S);
  });
});

describe('a leader that is cut off from the other brokers', () => {
  test('cannot commit, is deposed after nine seconds, and gives its tail up on its return', () => {
    const small = smallCluster();
    const old = small.clientOf(0);
    const fresh = small.clientOf(1);
    small.at(S, () => old.produce('all', [1]));
    small.at(3 * S, () => small.node(0).isolate('brokers'));
    small.at(4 * S, () => old.produce('1', [2]));
    small.at(5 * S, () => old.produce('all', [3]));
    small.at(15 * S, () => fresh.produce('all', [4]));
    small.at(16 * S, () => old.produce('1', [5]));
    small.at(20 * S, () => small.node(0).rejoin());
    small.runTo(40 * S);
    expect(old.produced.map(({ error }) => error)).toEqual([
      'NONE',
      'NONE',
      'NOT_LEADER_OR_FOLLOWER',
      'NOT_LEADER_OR_FOLLOWER',
    ]);
    expect(leadersOf(small)).toMatchObject([{ leader: 1, epoch: 1 }]);
    for (const place of [0, 1, 2]) {
      expect(contentsOf(small.cluster, place)).toEqual([
        [0, 1],
        [1, 4],
      ]);
    }
    expect(entriesOf(small.trace(), EntryKind.FollowerTruncated)).toMatchObject([
      { node: 0, value: 1 },
    ]);
  });

  test('a follower that is cut off leaves the ISR by its session, and then all goes on', () => {
    const small = smallCluster();
    const producer = small.clientOf(0);
    small.at(3 * S, () => small.node(2).isolate('brokers'));
    small.at(4 * S, () => producer.produce('all', [1]));
    small.at(20 * S, () => small.node(2).rejoin());
    small.runTo(40 * S);
    const answeredAt = producer.answers[0]?.at ?? 0;
    expect(answeredAt).toBe(11 * S + 1_500 + 1_500);
    expect(isrsOf(small)).toEqual(['11', '111']);
  });
});

describe('the in-sync replicas', () => {
  test('a follower behind a cut line leaves them by its lag, and comes back', () => {
    const small = smallCluster();
    const producer = small.clientOf(0);
    const line = small.cluster.plan.links.find(({ options: { ends } }) =>
      [0, 2].every((place) => ends.includes(small.node(place))),
    );
    small.at(3 * S, () => line?.cutOff());
    small.at(4 * S, () => producer.produce('all', [1]));
    small.at(100 * S, () => line?.restore());
    small.runTo(120 * S);
    expect(isrsOf(small)).toEqual(['11', '111']);
    const [shrunk] = entriesOf(small.trace(), EntryKind.IsrChanged);
    // Looked at every 15 s; the lag of 30 s counts from the last time that it had everything.
    expect(shrunk?.at).toBeGreaterThan(33 * S);
    expect(shrunk?.at).toBeLessThan(49 * S);
    // Refused meanwhile: the request waited for its 30 s.
    expect(producer.produced[0]?.error).toBe('REQUEST_TIMED_OUT');
  });

  test('take a replica back that lacks nothing, though nothing is written', () => {
    const small = smallCluster();
    const producer = small.clientOf(0);
    small.at(S, () => producer.produce('all', [1]));
    small.at(3 * S, () => small.node(2).isolate('brokers'));
    small.at(20 * S, () => small.node(2).rejoin());
    small.runTo(25 * S);
    expect(isrsOf(small)).toEqual(['11', '111']);
  });

  test('acks=all is refused under the minimum, acks=1 is written and stays invisible', () => {
    const small = smallCluster();
    const producer = small.clientOf(0);
    const consumer = small.clientOf(0);
    small.at(2 * S, () => {
      small.node(1).crash();
      small.node(2).crash();
    });
    small.at(20 * S, () => producer.produce('all', [1]));
    small.at(21 * S, () => producer.produce('1', [2]));
    small.at(22 * S, () => consumer.fetch({ from: [{ partition: 0, offset: 0 }] }));
    small.runTo(23 * S);
    expect(producer.produced.map(({ error }) => error)).toEqual(['NOT_ENOUGH_REPLICAS', 'NONE']);
    expect(producer.answers[0]?.parcel.type).toBe('refusal');
    expect(consumer.fetched[0]?.records).toEqual([]);
    expect(entriesOf(small.trace(), EntryKind.Refused)).toMatchObject([{ value: 19 }]);
  });

  test('the eligible leader leads, not who was in sync earlier', () => {
    const small = smallCluster();
    small.at(2 * S, () => small.node(2).crash());
    small.at(20 * S, () => small.cluster.shutDown(1));
    small.at(21 * S, () => small.cluster.shutDown(0));
    small.at(30 * S, () => small.node(2).restart());
    small.at(40 * S, () => small.node(1).restart());
    small.runTo(60 * S);
    expect(leadersOf(small).map(({ leader, kind }) => [leader, kind])).toEqual([
      [-1, 0],
      [1, 3],
    ]);
  });

  test('unclean election puts a partition online and gives up what only others had', () => {
    const settings = { uncleanLeaderElection: 'on', minInsyncReplicas: 1 } as const;
    const small = smallCluster({ settings });
    const [old, fresh] = [small.clientOf(0), small.clientOf(2)];
    small.at(2 * S, () => small.node(2).isolate('brokers'));
    small.at(3 * S, () => small.node(1).crash());
    small.at(20 * S, () => old.produce('all', [1]));
    small.at(21 * S, () => small.node(0).crash());
    small.at(22 * S, () => small.node(2).rejoin());
    small.at(40 * S, () => fresh.produce('all', [2]));
    small.runTo(41 * S);
    expect(old.produced[0]?.error).toBe('NONE');
    expect(leadersOf(small).map(({ leader, kind }) => [leader, kind])).toEqual([[2, 2]]);
    expect(contentsOf(small.cluster, 2)).toEqual([[0, 2]]);
    expect(entriesOf(small.trace(), EntryKind.Truncated)).toMatchObject([{ value: 0, detail: 11 }]);
  });
});

describe('a controlled shutdown', () => {
  test('moves the leaders first, so that nobody waits for a session to end', () => {
    const small = smallCluster();
    const [old, fresh] = [small.clientOf(0), small.clientOf(1)];
    small.at(3 * S, () => small.cluster.shutDown(0));
    small.at(3 * S + 3_100, () => old.produce('all', [1]));
    small.at(3 * S + 3_200, () => fresh.produce('all', [2]));
    small.runTo(4 * S);
    expect(leadersOf(small)).toMatchObject([{ at: 3 * S + 1_500, leader: 1, kind: 0 }]);
    expect(old.produced[0]).toMatchObject({ error: 'NOT_LEADER_OR_FOLLOWER', leader: 1 });
    expect(fresh.produced[0]?.error).toBe('NONE');
    expect(fresh.answers[0]?.at).toBeLessThan(3 * S + 10_000);
    expect(small.node(0).up).toBe(false);
    expect(entriesOf(small.trace(), EntryKind.Crashed).map(({ at }) => at)).toEqual([
      3 * S + 50_000 + 3_000,
    ]);
  });

  test('and a restart brings the broker back at once', () => {
    const small = smallCluster();
    small.at(3 * S, () => small.cluster.shutDown(0));
    small.at(5 * S, () => small.node(0).restart());
    small.runTo(6 * S);
    expect(entriesOf(small.trace(), EntryKind.BrokerUnfenced).map(({ at }) => at)).toEqual([
      5 * S + 4_500,
    ]);
    expect(isrsOf(small)).toEqual(['110', '111']);
  });
});

describe('other faults', () => {
  test('a full disk refuses, and its leaders move away', () => {
    const small = smallCluster();
    const [old, fresh] = [small.clientOf(0), small.clientOf(1)];
    small.at(S, () => small.cluster.fillDisk(0, true));
    small.at(2 * S, () => old.produce('all', [1]));
    small.at(3 * S, () => fresh.produce('all', [2]));
    small.at(10 * S, () => small.cluster.fillDisk(0, false));
    small.runTo(20 * S);
    expect(old.produced[0]?.error).toBe('KAFKA_STORAGE_ERROR');
    expect(fresh.produced[0]?.error).toBe('NONE');
    expect(leadersOf(small)).toMatchObject([{ at: 2 * S + 1_500, leader: 1 }]);
    expect(isrsOf(small)).toEqual(['110', '111']);
    expect(contentsOf(small.cluster, 0)).toEqual([[0, 2]]);
  });

  test('a stalled broker does nothing until it goes on, then works on what waited', () => {
    const small = smallCluster();
    const producer = small.clientOf(0);
    small.at(S, () => small.node(0).stall());
    small.at(2 * S, () => producer.produce('all', [1]));
    small.at(5 * S, () => small.node(0).resume());
    small.runTo(6 * S);
    expect(producer.answers.map(({ at }) => at)).toEqual([5 * S + 3_000]);
  });

  test('a stalled broker that dies is awake when it is back', () => {
    const small = smallCluster();
    small.at(3 * S, () => small.node(0).stall());
    small.at(4 * S, () => small.node(0).crash());
    small.at(20 * S, () => small.node(0).restart());
    small.runTo(21 * S);
    expect(isrsOf(small)).toEqual(['110', '111']);
  });

  test('an acknowledgement can be lost; the retry is recognised', () => {
    const small = smallCluster();
    const producer = small.clientOf(0);
    const idempotent = { producerId: 7, producerEpoch: 0, baseSequence: 0 };
    producer.channel.loseNextAck();
    small.at(S, () => producer.produce('all', [1], idempotent));
    small.at(2 * S, () => {
      expect(producer.state).toBe('closed');
      producer.state = 'open';
      producer.produce('all', [1], idempotent);
      producer.produce('all', [2], { ...idempotent, baseSequence: 5 });
    });
    small.runTo(3 * S);
    expect(producer.produced.map(({ error, baseOffset }) => [error, baseOffset])).toEqual([
      ['NONE', 0],
      ['NONE', 0],
      ['OUT_OF_ORDER_SEQUENCE_NUMBER', -1],
    ]);
    expect(contentsOf(small.cluster, 0)).toEqual([[0, 1]]);
  });

  test('the next leader recognises a retry as well', () => {
    const small = smallCluster();
    const [old, fresh] = [small.clientOf(0), small.clientOf(1)];
    const idempotent = { producerId: 7, producerEpoch: 0, baseSequence: 0 };
    small.at(3 * S, () => old.produce('all', [1], idempotent));
    // Both followers have it; their leader dies before their next fetches say so.
    small.at(3 * S + 2_000, () => small.node(0).crash());
    small.at(15 * S, () => fresh.produce('all', [1], idempotent));
    small.runTo(16 * S);
    expect(old.produced).toEqual([]);
    expect(fresh.produced[0]).toMatchObject({ error: 'NONE', baseOffset: 0 });
    expect(contentsOf(small.cluster, 2)).toEqual([[0, 1]]);
  });

  test('acks=0 to a broker that does not lead closes the connection', () => {
    const small = smallCluster();
    const producer = small.clientOf(1);
    small.at(S, () => producer.produce('0', [1]));
    small.runTo(2 * S);
    expect(producer.state).toBe('closed');
  });
});
