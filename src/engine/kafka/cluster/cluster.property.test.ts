// Random clusters under random faults: what was promised to producers and readers holds, and where
// the promise is not made, a schedule that breaks it is found.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assert } from '../../assert';
import type { NetworkNode } from '../../network/node';
import { EntryKind } from '../../trace/entryKinds';
import type { MessageIndex, Trace } from '../../trace/trace';
import type { KafkaSettings } from '../configuration';
import type { Acks, Offset } from '../wire/requests';
import { type NearClient, type SmallCluster, smallCluster } from './smallCluster';

const MS = 1_000;
const S = 1_000_000;
/** The last fault is over by then; sessions, lags and preferred leaders need their time after it. */
const HEALED = 130 * S;
const END = 450 * S;
const RECORDS = 120;

const FAULTS = ['crash', 'shutdown', 'isolate', 'away', 'cut', 'stall', 'fillDisk'] as const;
type Fault = (typeof FAULTS)[number];

interface Episode {
  readonly fault: Fault;
  readonly broker: number;
  /** After the end of the one before, and how long; in milliseconds. */
  readonly after: number;
  readonly lasts: number;
}

const episodes = (brokers: number, faults: readonly Fault[] = FAULTS) =>
  fc.array(
    fc.record({
      fault: fc.constantFrom(...faults),
      broker: fc.nat(brokers - 1),
      after: fc.integer({ min: 0, max: 15_000 }),
      lasts: fc.integer({ min: 0, max: 20_000 }),
    }),
    { maxLength: 5 },
  );

/** Lets a fault happen to a broker; the other call ends it. */
function begin(small: SmallCluster, { fault, broker }: Episode): () => void {
  const node = small.node(broker) as NetworkNode;
  const { cluster } = small;
  const lines = cluster.plan.links.filter(({ options }) => options.ends.includes(node));
  switch (fault) {
    case 'crash':
      node.crash();
      return () => node.restart();
    case 'shutdown':
      cluster.shutDown(broker);
      return () => node.restart();
    case 'isolate':
      node.isolate('brokers');
      return () => node.rejoin();
    case 'away':
      node.goAway();
      return () => node.comeBack();
    case 'cut':
      lines[0]?.cutOff();
      return () => lines[0]?.restore();
    case 'stall':
      node.stall();
      return () => node.resume();
    case 'fillDisk':
      cluster.fillDisk(broker, true);
      return () => cluster.fillDisk(broker, false);
  }
}

/** One fault at a time. */
function schedule(small: SmallCluster, plan: readonly Episode[]): void {
  let time = 2 * S;
  for (const episode of plan) {
    time += episode.after * MS;
    let end: () => void = () => undefined;
    small.at(time, () => {
      end = begin(small, episode);
    });
    // Never in the same instant: a shutdown is on its way for a moment.
    time += (episode.lasts + 100) * MS;
    small.at(time, () => end());
    // A shutdown whose word was lost ends when its episode is over.
    small.at(HEALED, () => small.node(episode.broker).restart());
  }
}

/** Writes to whoever leads, and now and then to somebody else; notes what was acknowledged. */
function write(small: SmallCluster, acks: Acks): Map<MessageIndex, Offset> {
  const acknowledged = new Map<MessageIndex, Offset>();
  const clients: NearClient[] = [];
  for (let message = 0; message < RECORDS; message += 1) {
    small.at(S + message * 1_057 * MS, () => {
      const leader = small.cluster.leaderOf(0);
      const place = message % 7 === 0 ? (message / 7) % 3 : leader;
      if (place < 0) return;
      const client = small.clientOf(place);
      clients.push(client);
      client.produce(message % 5 === 0 ? '1' : acks, [message]);
    });
  }
  small.at(END - 1, () => {
    for (const { error, baseOffset, batch } of clients.flatMap(({ produced }) => produced)) {
      const message = batch.records[0]?.message ?? -1;
      const isPromise = acks !== 'all' || message % 5 !== 0;
      if (error === 'NONE' && isPromise) acknowledged.set(message, baseOffset);
    }
  });
  return acknowledged;
}

/** Reads from whoever leads: [offset, message, watermark] as it was read. */
function read(small: SmallCluster): [Offset, MessageIndex, Offset][] {
  const found: [Offset, MessageIndex, Offset][] = [];
  const clients = [0, 1, 2].map((place) => small.clientOf(place));
  let next = 0;
  for (let time = S; time < END; time += (time < HEALED ? 733 : 10_000) * MS) {
    small.at(time, () => {
      const client = clients[small.cluster.leaderOf(0)];
      if (client?.state !== 'open') return;
      client.answers.length = 0;
      client.fetch({ from: [{ partition: 0, offset: next }], maxWait: 0 });
      for (const { messages, offsets, nextOffset, highWatermark } of client.fetched.flatMap(
        ({ records }) => records,
      )) {
        messages.forEach((message, index) => {
          found.push([offsets[index] as Offset, message, highWatermark]);
        });
        next = nextOffset;
      }
    });
  }
  return found;
}

/** What must hold at every instant, whatever happens. */
function inspect(small: SmallCluster): void {
  const replicas = small.cluster.brokers.flatMap((broker) => broker.replicas[0] ?? []);
  for (const { highWatermark, log } of replicas) assert(highWatermark <= log.logEnd, 'HW <= LEO');
  for (const { log: one } of replicas) {
    for (const { log: other } of replicas) {
      // The last record that both have in the same epoch: up to it they are the same.
      let offset = Math.min(one.logEnd, other.logEnd) - 1;
      while (offset >= 0 && one.records.epochAt(offset) !== other.records.epochAt(offset)) {
        offset -= 1;
      }
      for (; offset >= 0; offset -= 1) {
        const isSame = one.records.messageAt(offset) === other.records.messageAt(offset);
        assert(isSame, 'two logs that agree at a record agree below it');
      }
    }
  }
}

const leaderLog = (small: SmallCluster): MessageIndex[] => {
  const leader = small.cluster.leaderOf(0);
  const log = small.cluster.brokers[leader]?.replicas[0]?.log;
  const count = log?.logEnd ?? 0;
  return Array.from({ length: count }, (_, offset) => log?.records.messageAt(offset) ?? -1);
};

/** The partition's log and watermark as the trace tells them. */
function readTrace({ entries }: Trace) {
  let leader = 0;
  let watermark = 0;
  let hasGoneBack = false;
  const log: MessageIndex[] = [];
  for (let seq = 0; seq < entries.count; seq += 1) {
    const value = entries.value[seq] as number;
    const kind = entries.kind[seq];
    if (kind === EntryKind.LeaderChanged && value >= 0) leader = value;
    if (entries.node[seq] !== leader) continue;
    if (kind === EntryKind.Appended) {
      assert(value === log.length, 'offsets are dense');
      log.push(entries.message[seq] as MessageIndex);
    } else if (kind === EntryKind.Truncated) log.length = value;
    else if (kind === EntryKind.WatermarkMoved) {
      if (value <= watermark) hasGoneBack = true;
      watermark = value;
      assert(watermark <= log.length, 'HW <= LEO in the trace');
    }
  }
  return { log, watermark, hasGoneBack };
}

/** Each of the plans has one fault at a time. */
function run(plans: readonly Episode[][], settings: Partial<KafkaSettings>, acks: Acks = 'all') {
  const small = smallCluster({ settings, horizon: END });
  for (const plan of plans) schedule(small, plan);
  const acknowledged = write(small, acks);
  const found = read(small);
  for (let time = 0; time < HEALED; time += 2_700 * MS) small.at(time, () => inspect(small));
  small.runTo(END);
  inspect(small);
  const log = leaderLog(small);
  const lost = [...acknowledged].filter(([message, offset]) => log[offset] !== message);
  return { small, found, log, lost, acknowledged, told: readTrace(small.trace()) };
}

const parameters = { seed: 20_261_121, numRuns: 60 };

test('one fault at a time, acks=all and a minimum of two: nothing acknowledged is ever lost', () => {
  const property = fc.property(episodes(3), (plan) => {
    const { small, found, log, lost, acknowledged, told } = run([plan], { minInsyncReplicas: 2 });
    expect(lost).toEqual([]);
    expect(acknowledged.size).toBeGreaterThan(0);
    expect(
      found.filter(([offset, message, end]) => log[offset] !== message || offset >= end),
    ).toEqual([]);
    expect(told.log).toEqual(log);
    expect(told.watermark).toBe(log.length);
    expect(told.hasGoneBack).toBe(false);
    // Once all is well again, all have the same, and all are in sync.
    const logs = small.cluster.brokers.map((broker) => broker.replicas[0]?.log.logEnd);
    expect(logs).toEqual(logs.map(() => log.length));
    const registration = small.cluster.controller.image.partitions[0]?.registration;
    expect(registration).toMatchObject({ leader: 0, elr: [] });
    expect(registration?.isr).toHaveLength(3);
  });
  fc.assert(property, parameters);
});

test.each<[string, Partial<KafkaSettings>, Acks]>([
  ['acks=1', { minInsyncReplicas: 2 }, '1'],
  ['unclean election', { minInsyncReplicas: 1, uncleanLeaderElection: 'on' }, 'all'],
])('with %s a schedule that loses something acknowledged is found', (_, settings, acks) => {
  const plan = episodes(3, ['crash', 'isolate']);
  const property = fc.property(plan, plan, (one, other) => {
    const { lost, log, told } = run([one, other], settings, acks);
    // The trace keeps step with whatever is lost.
    expect(told.log).toEqual(log);
    return lost.length === 0;
  });
  const { errorInstance } = fc.check(property, { ...parameters, endOnFailure: true });
  expect(String(errorInstance)).toContain('returning false');
});

test('whatever happens at once, the trace tells the log of the leader', () => {
  const property = fc.property(episodes(3), episodes(3), fc.boolean(), (one, other, unclean) => {
    const uncleanLeaderElection = unclean ? 'on' : 'off';
    const { small, log, told } = run([one, other], { uncleanLeaderElection });
    expect(told.log).toEqual(log);
    expect(small.cluster.leaderOf(0)).toBe(0);
  });
  fc.assert(property, parameters);
});
