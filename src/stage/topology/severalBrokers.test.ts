// A talk over a cluster in the simple picture: one street a person and purpose, whoever leads.

import { expect, test } from 'vitest';
import {
  EntryKind,
  electionDetail,
  indexTrace,
  instant,
  type Legend,
  type LegendNode,
  milliseconds,
  TraceRecorder,
} from '../../engine/index';
import { stageSummary } from '../description/stageSummary';
import { layoutTopology } from './topologyLayout';
import { topologyScene } from './topologyScene';

const [BEN, CONTROLLER] = [5, 3];
const PEOPLE = [4, 5];
const BROKERS = [0, 1, 2];
const PURPOSES = ['producer', 'consumer', 'coordinator'] as const;

const node = (id: string, role: LegendNode['role']): LegendNode => ({
  id,
  stage: 'kafka',
  name: id,
  role,
  group: -1,
});

const connections = PEOPLE.flatMap((client) =>
  BROKERS.flatMap((server) =>
    PURPOSES.map((purpose) => ({ client, server, purpose, id: `${client}-${server}-${purpose}` })),
  ),
);
const LEGEND: Legend = {
  stages: ['kafka'],
  nodes: [
    ...['Broker 1', 'Broker 2', 'Broker 3'].map((id) => node(id, 'broker')),
    node('controller', 'controller'),
    node('A', 'participant'),
    node('B', 'participant'),
  ],
  links: PEOPLE.flatMap((person) =>
    BROKERS.map((broker) => ({
      id: `${person}-${broker}`,
      stage: 'kafka' as const,
      ends: [person, broker] as const,
      duplex: 'full-duplex' as const,
      latency: milliseconds(10),
      rateBytesPerSecond: Number.POSITIVE_INFINITY,
    })),
  ),
  connections: connections.map((connection) => ({
    ...connection,
    stage: 'kafka',
    link: PEOPLE.indexOf(connection.client) * BROKERS.length + connection.server,
  })),
  partitions: PEOPLE.map((sender, at) => ({
    id: `to-${at}-0`,
    stage: 'kafka',
    topic: `to-${at}`,
    number: 0,
    replicas: [0, 1, 2],
    sender,
    readers: [PEOPLE[1 - at] ?? -1],
  })),
  parameters: [],
  keys: [],
};

const connectionOf = (client: number, server: number, purpose: string): number =>
  connections.findIndex(
    (one) => one.client === client && one.server === server && one.purpose === purpose,
  );

/** At 20 ms the leader crashes, at 30 the second leads; at 40 Ben sends to it. */
const index = (() => {
  const clock = { now: instant(0), cause: -1, progress: 0, seed: 0 };
  const recorder = new TraceRecorder(clock);
  const open = (server: number) => {
    for (const client of PEOPLE) {
      for (const purpose of ['producer', 'consumer']) {
        const place = connectionOf(client, server, purpose);
        recorder.entry(EntryKind.Opened, { node: client, place, value: 1 });
      }
    }
  };
  open(0);
  clock.now = instant(20_000);
  recorder.entry(EntryKind.Crashed, { node: 0 });
  for (const connection of connections.keys()) {
    if (connections[connection]?.server !== 0) continue;
    recorder.entry(EntryKind.Closed, { node: 0, place: connection, value: 1006 });
  }
  clock.now = instant(30_000);
  for (const place of [0, 1]) {
    const detail = electionDetail(1, 'online');
    recorder.entry(EntryKind.LeaderChanged, { node: CONTROLLER, place, value: 1, detail });
    recorder.entry(EntryKind.IsrChanged, { node: CONTROLLER, place, value: 6, detail: 0 });
  }
  open(1);
  clock.now = instant(40_000);
  const fields = { from: BEN, number: 0, wantedAt: clock.now, payloadBytes: 64 };
  const message = recorder.sent({ ...fields, replyTo: -1, key: -1, readers: [4] }, false);
  const way = {
    connection: connectionOf(BEN, 1, 'producer'),
    from: { index: BEN },
    to: { index: 1 },
  };
  const load = { type: 'produce' as const, bytes: 120, payloadBytes: 64, messages: [message] };
  recorder.transferStarted(way, load, instant(50_000));
  const asks = { ...way, connection: connectionOf(BEN, 2, 'coordinator'), to: { index: 2 } };
  const heartbeat = { type: 'heartbeat' as const, bytes: 60, payloadBytes: 0, messages: [] };
  recorder.transferStarted(asks, heartbeat, instant(50_000));
  return indexTrace(recorder.finish(LEGEND, instant(0), instant(60_000)));
})();

const layout = layoutTopology(index, 'kafka', { width: 687, height: 330, captions: true });
const sceneAt = (ms: number) =>
  topologyScene(layout, { time: instant(ms * 1_000), motion: 'flight' });
const textsAt = (ms: number): string[] => (sceneAt(ms).still?.words ?? []).map(({ text }) => text);

test('a person has one street each way, however many brokers it leads to', () => {
  expect(layout.lanes).toHaveLength(4);
  expect(layout.lanes.every(({ shape }) => shape === 'street')).toBe(true);
  expect(layout.laneOf.size).toBe(connections.length);
});

test('what goes to another broker, or to the coordinator, travels on the same street', () => {
  const { messages, quiets } = sceneAt(45);
  expect(messages).toHaveLength(1);
  const [mark] = messages;
  const street = layout.lanes.find(({ person, headings }) => person === BEN && headings[0] === -1);
  expect(mark?.heading).toBe(-1);
  expect(mark?.x).toBeGreaterThan(street?.left ?? 0);
  expect(mark?.x).toBeLessThan(street?.right ?? 0);
  expect(quiets).toHaveLength(1);
});

test('copies stand behind the log, and it stops only while nobody leads it', () => {
  expect(textsAt(10)).toContain('log + 2 copies');
  expect(textsAt(25)).toContain('stopped');
  expect(textsAt(35)).toContain('log + 2 copies, 1 in sync');
  const copies = (sceneAt(35).still?.paths ?? []).filter(({ key }) => key.startsWith('copy'));
  expect(copies.map(({ paint }) => paint)).toEqual(['copy-out', 'copy-behind']);
  expect(sceneAt(25).stillKey).not.toBe(sceneAt(35).stillKey);
});

test('whoever has one open street each way is connected', () => {
  expect(stageSummary(index, 'kafka', instant(10_000))).toContain('Kafka: connected');
  expect(stageSummary(index, 'kafka', instant(25_000))).toContain('not connected');
  expect(stageSummary(index, 'kafka', instant(35_000))).toContain('Kafka: connected');
});
