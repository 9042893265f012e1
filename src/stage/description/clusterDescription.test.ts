// The words for a cluster: every kind of entry has a plain sentence, and the lists say its state.

import { expect, test } from 'vitest';
import {
  ENTRY_KINDS,
  EntryKind,
  electionDetail,
  indexTrace,
  instant,
  milliseconds,
  stepInstants,
  TraceRecorder,
} from '../../engine/index';
import { clusterLegend } from '../cluster/testing/clusterLegend';
import { clusterTrace, STORY } from '../cluster/testing/clusterTrace';
import { describeStage } from './describeStage';
import { instantPhrases } from './instantPhrases';
import { stepSentence } from './stepSentence';

const SHAPE = { brokers: 3, partitions: 3, groups: [3] };
const LEGEND = clusterLegend(SHAPE);
const index = indexTrace(clusterTrace(SHAPE));
const node = (id: string): number => LEGEND.nodes.findIndex((one) => one.id === id);

/** The phrases of an instant that holds one entry of a cluster and nothing else. */
function phrasesOf(kind: EntryKind, fields: Parameters<TraceRecorder['entry']>[1]): string[] {
  const now = instant(0);
  const recorder = new TraceRecorder({ now, cause: -1, progress: 0, seed: 0 });
  recorder.entry(kind, fields);
  const trace = recorder.finish(LEGEND, now, instant(1_000));
  return instantPhrases(indexTrace(trace), 'kafka', 0);
}

test('every kind of entry that only a cluster has is said', () => {
  for (let kind = EntryKind.Replicated as number; kind <= EntryKind.Skipped; kind += 1) {
    const about = { node: 0, place: 0, value: 1, detail: 0 };
    const phrases = phrasesOf(kind as EntryKind, about);
    expect(phrases, ENTRY_KINDS[kind]?.name).toHaveLength(1);
    expect(phrases[0]?.split(' ').length).toBeLessThanOrEqual(15);
  }
});

test.each([
  [EntryKind.Replicated, { node: 1, place: 0, value: 4 }, 'Broker 2 has copied partition 0'],
  [
    EntryKind.LeaderChanged,
    { node: node('controller'), place: 1, value: 2, detail: electionDetail(3, 'online') },
    'Broker 3 becomes leader of partition 1',
  ],
  [
    EntryKind.LeaderChanged,
    { node: node('controller'), place: 1, value: 2, detail: electionDetail(3, 'unclean') },
    'Broker 3 becomes leader of partition 1, though it was not in sync',
  ],
  [
    EntryKind.LeaderChanged,
    { node: node('controller'), place: 1, value: -1, detail: electionDetail(3, 'online') },
    'nobody leads partition 1',
  ],
  [
    EntryKind.IsrChanged,
    { node: 0, place: 2, value: 3, detail: 0 },
    'partition 2: a copy is no longer in sync',
  ],
  [
    EntryKind.IsrChanged,
    { node: 0, place: 2, value: 7, detail: 1 },
    'partition 2: a copy is in sync again',
  ],
  [
    EntryKind.MemberLeft,
    { node: node('R1'), value: 1 },
    'Reader R1 is dropped from its group: no heartbeat came',
  ],
  [EntryKind.RebalanceStarted, { node: node('billing'), value: 2 }, 'group billing rebalances'],
  [EntryKind.Assigned, { node: node('R2'), place: 1, value: 0 }, 'Reader R2 takes partition 1'],
  [EntryKind.DiskFilled, { node: 1, value: 1 }, 'the disk of Broker 2 is full'],
  [EntryKind.Isolated, { node: 1, value: 2 }, 'Broker 2 is cut off from its clients'],
  [
    EntryKind.TransactionEnded,
    { node: node('A'), value: 0, detail: 1 },
    'the transaction of Ana is committed',
  ],
] as const)('entry of kind %i: %o', (kind, fields, text) => {
  expect(phrasesOf(kind, fields)).toEqual([text]);
});

test('every step of a cluster has a sentence of at most 25 words', () => {
  const instants = stepInstants(index);
  expect(instants.length).toBeGreaterThan(100);
  for (const time of instants) {
    const sentence = stepSentence(index, instant(time));
    expect(sentence, `at ${time}`).not.toBe('');
    expect(sentence.split(/\s+/).length, sentence).toBeLessThanOrEqual(25);
  }
});

test('the lists say who leads, who is in sync, who reads and who is mistaken', () => {
  const at = (ms: number) => {
    const time = instant(milliseconds(ms));
    return new Map(
      describeStage(index, 'kafka', time).cluster.map(({ name, state }) => [name, state]),
    );
  };
  const noticed = at(STORY.fenced);
  expect(noticed.get('Broker 2')).toBe('stopped, fenced');
  expect(noticed.get('orders 1')).toMatch(/^no leader, not in sync: Broker 2, \d+ messages safe/);
  const dealt = at(STORY.dealt);
  expect(dealt.get('group billing')).toBe('settled');
  expect(dealt.get('group billing, orders 0')).toMatch(
    /^Reader R2 reads \d+ next, committed \d+, \d+ behind, Reader R1 thinks it owns it too$/,
  );
  expect(at(STORY.rebalance).get('group billing')).toBe('rebalancing');
});

test('one broker without a group has no list of its cluster', () => {
  const alone = indexTrace(clusterTrace({ brokers: 1, partitions: 1, groups: [], lonely: 1 }));
  expect(describeStage(alone, 'kafka', instant(100_000)).cluster).toEqual([]);
});
