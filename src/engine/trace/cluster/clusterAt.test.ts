// Whose log is whose when leaders change faster than they take office.

import { expect, test } from 'vitest';
import { instant } from '../../kernel/simTime';
import { EntryKind, electionDetail } from '../entryKinds';
import { TraceRecorder } from '../recordTrace';
import type { Legend, LegendNode } from '../trace';
import { indexTrace } from '../traceIndex';
import { clusterAt } from './clusterAt';

const stage = 'kafka';
const node = (id: string, role: LegendNode['role']): LegendNode => ({
  ...{ id, stage, name: id, role, group: -1 },
});
const legend: Legend = {
  stages: [stage],
  nodes: [
    ...['broker-1', 'broker-2', 'broker-3'].map((id) => node(id, 'broker')),
    node('controller', 'controller'),
    node('A', 'participant'),
  ],
  links: [],
  connections: [],
  partitions: [
    ...[{ id: 'orders-0', stage, topic: 'orders', number: 0, sender: 4 } as const].map((one) => ({
      ...one,
      replicas: [0, 1, 2],
      readers: [],
    })),
  ],
  parameters: [],
  keys: [],
};

/** Broker 1 has three records, broker 2 has two of them, broker 3 one; then broker 2 is named. */
function deposed(after: (recorder: TraceRecorder) => void) {
  const clock = { now: instant(0), cause: -1, progress: 0, seed: 0 };
  const recorder = new TraceRecorder(clock);
  const at = (time: number): void => {
    clock.now = instant(time);
  };
  for (const value of [0, 1, 2]) {
    const fields = { ...{ from: 4, number: value, wantedAt: clock.now, payloadBytes: 1 } };
    const message = recorder.sent({ ...fields, replyTo: -1, key: -1, readers: [] }, false);
    recorder.entry(EntryKind.Appended, { node: 0, place: 0, message, value });
  }
  recorder.entry(EntryKind.Replicated, { node: 1, place: 0, value: 2 });
  recorder.entry(EntryKind.Replicated, { node: 2, place: 0, value: 1 });
  at(10);
  leads(recorder, 1);
  at(20);
  after(recorder);
  at(30);
  leads(recorder, 2);
  const index = indexTrace(recorder.finish(legend, instant(0), instant(100)));
  return (time: number) =>
    clusterAt(index, time).partitions[0]?.replicas.map(({ logEnd }) => logEnd);
}

const leads = (recorder: TraceRecorder, value: number): void => {
  const detail = electionDetail(value, 'online');
  recorder.entry(EntryKind.LeaderChanged, { node: 3, place: 0, value, detail });
};

test('a leader that dies before it takes office has what it had copied, and no more', () => {
  const endsAt = deposed((recorder) => recorder.entry(EntryKind.Crashed, { node: 1 }));
  expect(endsAt(5)).toEqual([3, 2, 1]);
  expect(endsAt(15)).toEqual([3, 2, 1]);
  expect(endsAt(35)).toEqual([3, 2, 1]);
});

test('one that takes office has the partition’s log from then on, and keeps it when it goes', () => {
  const endsAt = deposed((recorder) =>
    recorder.entry(EntryKind.Truncated, { node: 1, place: 0, value: 2, detail: 0 }),
  );
  expect(endsAt(25)).toEqual([3, 2, 1]);
  expect(endsAt(35)).toEqual([3, 2, 1]);
});
