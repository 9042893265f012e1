// What random clusters have found, each by an example of its own.

import { expect, test } from 'vitest';
import {
  type Action,
  type ActionKind,
  EntryKind,
  indexTrace,
  instant,
  ledgerAt,
  missesAt,
  type Participant,
  type Scene,
  type Settings,
  simulate,
  type Want,
} from '../../engine/index';
import { participant, workloadOf } from '../sceneParts';
import { rowsOf } from '../testing/traceColumns';
import { drawnCluster } from './drawnCluster';
import { tracedRun } from './tracedRun';

interface Example {
  readonly people: readonly Partial<Participant>[];
  readonly wants: readonly Want[];
  readonly settings?: Partial<Settings>;
  readonly partitions?: number;
  readonly processingMs?: number;
  readonly script?: readonly string[];
  readonly horizonMs?: number;
}

/** Three brokers unless the drawn zero says otherwise; acts read `20 crash broker-1`. */
function sceneOf(example: Example): Scene {
  const { scene } = drawnCluster([]);
  const { people, wants, settings, partitions = 1, processingMs = 0, script = [] } = example;
  const participants = people.map((differing, place) => participant(place, differing));
  const services = participants.filter(({ transactionalId }) => transactionalId !== null);
  const forwarders = services.map(({ id }) => id);
  const processing = instant(processingMs * 1_000) as never;
  return {
    ...scene,
    participants,
    workload: workloadOf(wants, { processing, forwarders }),
    settings: { ...scene.settings, ...settings },
    kafka: { ...scene.kafka, topics: [{ id: 'orders', partitions, firstBroker: 0 }] },
    script: script.map(actOf),
    horizon: instant((example.horizonMs ?? 1_500) * 1_000),
  };
}

function actOf(text: string): Action {
  const [ms, kind, target, value] = text.split(' ') as [string, ActionKind, string, string?];
  const act = { at: instant(Number(ms) * 1_000), kind, target };
  return value === undefined ? act : { ...act, value };
}

const WRITER = { writesTo: 'orders', reads: false };
const MEMBER = { writes: false, group: 'g' };
const ALONE = { writes: false };

/** `count` wants of A from `first` on, one every `gap`; in milliseconds. */
const says = (count: number, first = 0, gap = 10): Want[] =>
  Array.from({ length: count }, (_, number) => ({
    ...{ from: 'A', at: instant((first + number * gap) * 1_000) },
    ...{ replyTo: -1, key: -1, isTombstone: false },
  }));

const traced = (scene: Scene) => tracedRun({ scene, seed: 7, heals: false });

test('a member that says goodbye works through its poll before it commits and leaves', () => {
  const scene = sceneOf({
    people: [WRITER, MEMBER],
    wants: says(20, 0, 0),
    settings: { linger: instant(0) as never },
    processingMs: 15,
    script: ['200 shutdown B'],
  });
  const { trace } = traced(scene);
  const rows = rowsOf(trace);
  const left = rows.find(({ kind }) => kind === EntryKind.MemberLeft);
  const before = rows.filter(
    ({ kind, seq }) => kind === EntryKind.Delivered && seq < (left?.seq ?? 0),
  );
  expect(before).toHaveLength(20);
});

test('who cannot commit before the work reads again what is still its own', () => {
  const scene = sceneOf({
    people: [WRITER, MEMBER, MEMBER, { ...MEMBER, joinsAt: instant(200_000) }],
    wants: says(25, 0, 20),
    settings: {
      ...{ groupProtocol: 'classic', assignor: 'cooperative-sticky' },
      ...{ enableAutoCommit: 'off', commit: 'before' },
    },
    partitions: 2,
    horizonMs: 2_500,
  });
  const index = indexTrace(traced(scene).trace);
  expect(ledgerAt(index, 'kafka', scene.horizon)).toMatchObject({ delivered: 25, duplicated: 0 });
});

test('a heartbeat that is answered after the next was due does not end the heartbeats', () => {
  const { scene } = drawnCluster([]);
  const stalls = Array.from({ length: scene.kafka.brokers }, (_, place) => [
    `400 stall broker-${place + 1}`,
    `550 resume broker-${place + 1}`,
  ]).flat();
  const { trace } = traced(
    sceneOf({
      people: [WRITER, MEMBER],
      wants: says(5),
      settings: { groupProtocol: 'consumer', assignor: 'uniform' },
      script: stalls,
      horizonMs: 3_000,
    }),
  );
  expect(rowsOf(trace).filter(({ kind }) => kind === EntryKind.MemberLeft)).toEqual([]);
});

test('fetches that stand in line do not keep a member from what it was given since', () => {
  const scene = sceneOf({
    people: [WRITER, MEMBER, { ...MEMBER, joinsAt: instant(500_000) }],
    wants: says(6, 1_000),
    settings: {
      groupProtocol: 'classic',
      assignor: 'roundrobin',
      standingFetches: 5,
      batchSize: 1,
    },
    partitions: 4,
    horizonMs: 1_700,
  });
  const index = indexTrace(traced(scene).trace);
  expect(ledgerAt(index, 'kafka', scene.horizon).delivered).toBe(6);
});

test('a reader sent elsewhere is still handed what it had fetched', () => {
  const scene = sceneOf({
    people: [WRITER, ALONE],
    wants: says(60, 0, 5),
    settings: {
      ...{ retention: instant(50_000) as never, segmentTime: instant(100_000) as never },
      ...{ segmentBytes: 100, maxPollRecords: 1, autoOffsetReset: 'latest', standingFetches: 5 },
    },
    processingMs: 5,
    script: ['100 stall B', '400 resume B'],
    horizonMs: 3_000,
  });
  const index = indexTrace(traced(scene).trace);
  expect(ledgerAt(index, 'kafka', scene.horizon)).toMatchObject({ inFlight: 0 });
});

test('what a deposed leader wrote, and nobody else has, was not copied in time', () => {
  const scene = sceneOf({
    people: [WRITER, ALONE],
    wants: says(40),
    settings: { acks: '0' },
    script: ['50 isolate broker-1 brokers'],
  });
  const index = indexTrace(traced(scene).trace);
  const { inFlight, missed } = ledgerAt(index, 'kafka', scene.horizon);
  expect([inFlight, missed > 0]).toEqual([0, true]);
  const causes = missesAt(index, 'kafka', scene.horizon, 100).map(({ cause }) => cause);
  expect(new Set(causes)).toEqual(new Set(['not copied in time']));
});

test('what waits its turn at a broker is on its way, whoever else is cut off', () => {
  const scene = sceneOf({
    people: [WRITER, ALONE, ALONE],
    wants: says(30, 0, 0),
    settings: { acks: '0', append: instant(5_000) as never, batchSize: 1 },
    script: ['60 disconnect C'],
  });
  const index = indexTrace(traced(scene).trace);
  expect(ledgerAt(index, 'kafka', instant(60_000)).missed).toBe(0);
});

test('who comes late has no copy of what was said on a topic that it does not read', () => {
  const late = { ...ALONE, readsFrom: ['orders'], joinsAt: instant(1_000) };
  const scene = sceneOf({
    people: [WRITER, WRITER, { writesTo: 'news', reads: false }, late, ALONE],
    wants: [...says(1), ...says(1).map((want) => ({ ...want, from: 'C' }))],
  });
  const topics = [...scene.kafka.topics, { id: 'news', partitions: 1, firstBroker: 0 }];
  const shared = { ...scene, kafka: { ...scene.kafka, topics } };
  const trace = simulate(shared, 7, []);
  expect(ledgerAt(indexTrace(trace), 'kafka', instant(2_000)).sent).toBe(3);
});

test('a service and its group may have coordinators at different brokers', () => {
  const service = { writesTo: 'answers', readsFrom: ['orders'], transactionalId: 'answers-1' };
  const scene = sceneOf({
    people: [WRITER, service],
    wants: says(5, 0, 100),
    settings: { enableAutoCommit: 'off', isolationLevel: 'read_committed' },
  });
  const { trace } = traced(scene);
  const ended = rowsOf(trace).filter(({ kind }) => kind === EntryKind.TransactionEnded);
  expect(ended.map(({ detail }) => detail)).toEqual([1, 1, 1, 1, 1]);
});

test('who comes late has no copy of what its topic would never have got', () => {
  const late = { ...ALONE, readsFrom: ['orders'], joinsAt: instant(1_000) };
  const scene = sceneOf({
    people: [WRITER, WRITER, { writesTo: 'news', reads: false }, late, ALONE],
    wants: [...says(1), ...says(1).map((want) => ({ ...want, from: 'C' }))],
    script: ['0 crash broker-1', '0 crash broker-2', '0 crash broker-3'],
  });
  expect(ledgerAt(indexTrace(simulate(scene, 7, [])), 'kafka', instant(2_000)).sent).toBe(3);
});

test('what one reader was sent past, another misses for its own reason', () => {
  // B comes back and C comes while the record is written, and its sender has yet to hear that.
  const scene = sceneOf({
    people: [WRITER, ALONE, { ...ALONE, joinsAt: instant(60_000) }],
    wants: says(1, 45),
    settings: { autoOffsetReset: 'latest', linger: instant(0) as never },
    script: ['0 crash B', '1 restart B'],
  });
  const { trace } = traced(scene);
  const misses = missesAt(indexTrace(trace), 'kafka', scene.horizon, 100);
  const causes = misses.map(({ cause, reader }) => `${trace.legend.nodes[reader]?.id} ${cause}`);
  expect(causes.sort()).toEqual(['B reset past it', 'C before it came']);
});
