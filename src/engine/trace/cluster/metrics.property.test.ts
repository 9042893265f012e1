// The operator's metrics against a naive recount over the entries of drawn clusters.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EntryKind, electionDetail, LOSS_CAUSES } from '../entryKinds';
import { TraceRecorder } from '../recordTrace';
import type { Legend, LegendNode, Trace } from '../trace';
import { indexTrace } from '../traceIndex';
import { metricsAround } from './metricChanges';
import { metricsAt } from './metrics';

const HORIZON = 1_000;
const node = (id: string, role: LegendNode['role'], group = -1): LegendNode => ({
  id,
  stage: 'kafka',
  name: id,
  role,
  group,
});
const [SENDER, READER, GROUP] = [4, 5, 6];
const BROKERS = [0, 1, 2];
const partition = (number: number, replicas: number[]): Legend['partitions'][number] => ({
  id: `t-${number}`,
  stage: 'kafka',
  topic: 't',
  number,
  replicas,
  sender: SENDER,
  readers: [GROUP],
});

const LEGEND: Legend = {
  stages: ['kafka'],
  nodes: [
    node('b0', 'broker'),
    node('b1', 'broker'),
    node('b2', 'broker'),
    node('c', 'controller'),
    node('s', 'participant'),
    node('r', 'participant', GROUP),
    node('g', 'group'),
  ],
  links: [
    {
      id: 's-b0',
      stage: 'kafka',
      ends: [SENDER, 0],
      duplex: 'full-duplex',
      latency: 1_000 as never,
      rateBytesPerSecond: 1_000_000,
    },
  ],
  connections: [
    { id: 's-b0', stage: 'kafka', link: 0, client: SENDER, server: 0, purpose: 'producer' },
  ],
  partitions: [partition(0, [0, 1, 2]), partition(1, [1, 2])],
  parameters: [],
  keys: [],
};

/** What may happen, by a drawn number: each is recorded as the engine would. */
interface Drawn {
  readonly after: number;
  readonly what: number;
  readonly which: number;
  readonly value: number;
}
const drawn: fc.Arbitrary<Drawn[]> = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 12 }),
    what: fc.integer({ min: 0, max: 13 }),
    which: fc.integer({ min: 0, max: 2 }),
    value: fc.integer({ min: 0, max: 7 }),
  }),
  { minLength: 1, maxLength: 80 },
);

function traceOf(steps: readonly Drawn[]): Trace {
  const clock = { now: 0 as never, cause: -1, progress: 0, seed: 0 };
  const recorder = new TraceRecorder(clock);
  const ends = [0, 0];
  const leaders = [0, 1];
  let sent = 0;
  for (const { after, what, which, value } of steps) {
    clock.now = Math.min(HORIZON, clock.now + after) as never;
    const place = which % 2;
    const at = { node: BROKERS[which] ?? 0, place, value };
    if (what === 0) {
      const fields = { from: SENDER, number: sent, wantedAt: clock.now, payloadBytes: 10 };
      const message = recorder.sent({ ...fields, replyTo: -1, key: -1, readers: [GROUP] }, false);
      sent += 1;
      const way = { connection: 0, from: { index: SENDER }, to: { index: 0 } };
      const load = { type: 'produce' as const, bytes: 20, payloadBytes: 10, messages: [message] };
      const transfer = recorder.transferStarted(way, load, clock.now);
      recorder.transferArrived(transfer);
      const leader = leaders[place] ?? -1;
      const refusal = value < 2 ? 19 : value < 4 || leader < 0 ? 6 : 0;
      if (refusal > 0) {
        recorder.entry(EntryKind.Refused, { node: 0, place, transfer, value: refusal });
      } else written(recorder, { leader, place, message, offset: ends[place] ?? 0, value });
      if (refusal === 0) ends[place] = (ends[place] ?? 0) + 1;
      if (value === 0) {
        const gaveUp = LOSS_CAUSES.indexOf('its producer gave up');
        recorder.entry(EntryKind.LetGo, { node: SENDER, message, value: gaveUp });
      }
    } else if (what === 1) {
      recorder.entry(EntryKind.IsrChanged, { ...at, detail: which === 0 ? 1 : 0 });
    } else if (what === 2) {
      const leader = value === 0 ? -1 : (BROKERS[value % 3] ?? 0);
      leaders[place] = leader;
      const kind = value === 5 ? 'unclean' : 'online';
      recorder.entry(EntryKind.LeaderChanged, {
        node: 3,
        place,
        value: leader,
        detail: electionDetail(1, kind),
      });
    } else {
      const kinds = [
        EntryKind.Crashed,
        EntryKind.Restarted,
        EntryKind.BrokerFenced,
        EntryKind.BrokerUnfenced,
        EntryKind.Retried,
        EntryKind.RebalanceEnded,
        EntryKind.Stalled,
        EntryKind.Isolated,
        EntryKind.Rejoined,
        EntryKind.Committed,
        EntryKind.DiskFilled,
      ] as const;
      const kind = kinds[what - 3] ?? EntryKind.Worked;
      const isOfGroup = kind === EntryKind.RebalanceEnded;
      recorder.entry(kind, isOfGroup ? { node: GROUP, value } : { node: at.node, value: 1 });
    }
  }
  return recorder.finish(LEGEND, 0 as never, HORIZON as never);
}

interface Written {
  readonly leader: number;
  readonly place: number;
  readonly message: number;
  readonly offset: number;
  readonly value: number;
}

/** A record in its leader's log; by the drawn value it is safe, and read, or not. */
function written(recorder: TraceRecorder, record: Written): void {
  const { leader, place, message, offset, value } = record;
  recorder.entry(EntryKind.Appended, { node: leader, place, message, value: offset });
  if (value > 5)
    recorder.entry(EntryKind.WatermarkMoved, { node: leader, place, value: offset + 1 });
  if (value > 6)
    recorder.entry(EntryKind.Delivered, { node: READER, place, message, value: offset });
}

/** The same, counted the long way: every entry up to `time`, with plain variables. */
function recount({ entries, transfers }: Trace, time: number): Record<string, number> {
  const counts: Record<string, number> = {};
  const count = (name: string, by = 1) => {
    counts[name] = (counts[name] ?? 0) + by;
  };
  const leaders = [0, 1];
  const inSync = [7, 3];
  const fenced = new Set<number>();
  const down = new Set<number>();
  const ends = [0, 0];
  const read = [0, 0];
  for (let seq = 0; seq < entries.count; seq += 1) {
    if ((entries.time[seq] as number) > time) break;
    const place = entries.place[seq] as number;
    const value = entries.value[seq] as number;
    const at = entries.node[seq] as number;
    switch (entries.kind[seq]) {
      case EntryKind.Appended:
        count('MessagesInPerSec');
        break;
      case EntryKind.WatermarkMoved:
        ends[place] = value;
        break;
      case EntryKind.Delivered:
        count('records-consumed-total');
        read[place] = value + 1;
        break;
      case EntryKind.LetGo:
        count('record-error-total');
        break;
      case EntryKind.TransferStarted:
        count('record-send-total', transfers.carriedCount[entries.transfer[seq] as number]);
        break;
      case EntryKind.Refused:
        if (value === 19) count('FailedProduceRequestsPerSec');
        break;
      case EntryKind.Retried:
        count('record-retry-total');
        break;
      case EntryKind.RebalanceEnded:
        count('rebalance-total');
        break;
      case EntryKind.IsrChanged:
        inSync[place] = value;
        count(entries.detail[seq] === 1 ? 'IsrExpandsPerSec' : 'IsrShrinksPerSec');
        break;
      case EntryKind.LeaderChanged:
        leaders[place] = value;
        if (value >= 0) count('LeaderElectionRateAndTimeMs');
        if (value >= 0 && entries.detail[seq] === 6) count('UncleanLeaderElectionsPerSec');
        break;
      case EntryKind.BrokerFenced:
        fenced.add(at);
        break;
      case EntryKind.BrokerUnfenced:
        fenced.delete(at);
        break;
      case EntryKind.Crashed:
        down.add(at);
        break;
      case EntryKind.Restarted:
        down.delete(at);
        break;
    }
  }
  const copies = [3, 2];
  for (const place of [0, 1]) {
    const leader = leaders[place] ?? -1;
    if (leader < 0) count('OfflinePartitionsCount');
    if (leader < 0 || down.has(leader)) continue;
    const bits = [1, 2, 4].slice(0, copies[place]);
    const synced = bits.filter((bit) => (inSync[place] ?? 0) & bit).length;
    if (synced < (copies[place] ?? 0)) count('UnderReplicatedPartitions');
    if (synced < 2) count('UnderMinIsrPartitionCount');
  }
  const errors = counts['record-error-total'] ?? 0;
  counts['record-error-rate'] = (errors * 1_000_000) / (Math.max(0, time) + 30_000_000);
  counts['ActiveControllerCount'] = 1;
  counts['FencedBrokerCount'] = fenced.size;
  counts['ActiveBrokerCount'] = 3 - fenced.size;
  const lags = ends.map((end, place) => end - (read[place] ?? 0));
  counts['records-lag-max'] = Math.max(0, ...lags);
  return counts;
}

const SETTINGS = { numRuns: 300, seed: 20_260_301 };

test('every metric is what a recount over the entries says', () => {
  fc.assert(
    fc.property(drawn, fc.integer({ min: 0, max: HORIZON }), (steps, time) => {
      const trace = traceOf(steps);
      const expected = recount(trace, time);
      const metrics = metricsAt(indexTrace(trace), time, 2);
      expect(metrics).toHaveLength(19);
      for (const { name, value } of metrics) {
        expect(`${name} ${value}`).toBe(`${name} ${expected[name] ?? 0}`);
      }
    }),
    SETTINGS,
  );
});

test('a change is the difference to the instant before the fault', () => {
  fc.assert(
    fc.property(drawn, fc.integer({ min: 0, max: HORIZON }), (steps, time) => {
      const trace = traceOf(steps);
      const { fault, metrics } = metricsAround(indexTrace(trace), time, 2);
      const now = recount(trace, time);
      const before = fault === null ? null : recount(trace, fault.time - 1);
      for (const { name, value, was, change } of metrics) {
        expect(value, name).toBe(now[name] ?? 0);
        expect(was, name).toBe(before === null ? null : (before[name] ?? 0));
        expect(change, name).toBe(was === null ? null : value - was);
      }
    }),
    SETTINGS,
  );
});

test('a fault is the newest one, and a fenced broker that had crashed is none of its own', () => {
  const steps = [
    { after: 10, what: 3, which: 1, value: 0 },
    { after: 10, what: 5, which: 1, value: 0 },
    { after: 10, what: 5, which: 2, value: 0 },
  ];
  const index = indexTrace(traceOf(steps));
  expect(metricsAround(index, 5).fault).toBeNull();
  expect(metricsAround(index, 25).fault).toEqual({ time: 10, kind: EntryKind.Crashed, node: 1 });
  const later = metricsAround(index, 35).fault;
  expect(later).toEqual({ time: 30, kind: EntryKind.BrokerFenced, node: 2 });
});

test('without min.insync.replicas nobody can be under it', () => {
  const index = indexTrace(traceOf([{ after: 1, what: 1, which: 1, value: 1 }]));
  const names = metricsAt(index, 10).map(({ name }) => name);
  expect(names).not.toContain('UnderMinIsrPartitionCount');
  const { value } = metricsAt(index, 10, 2).find(({ name }) => name.startsWith('UnderMin')) ?? {};
  expect(value).toBe(1);
});
