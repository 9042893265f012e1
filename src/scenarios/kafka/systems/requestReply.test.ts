// Requests and replies: where a reply must go so that the one who asked gets it, and how long that
// takes.

import { describe, expect, test } from 'vitest';
import { ledgerAt, type StageId } from '../../../engine/index';
import { messagesOf, timeOf } from '../../checks/reading';
import type { Run } from '../../runScenario';
import { heardBy, runOf, storyOf } from '../../testing/runOf';

const QUESTIONS = 8;
const usual = runOf('request-reply');

/** From the wish to ask to the arrival at the one who asked, of each reply, in milliseconds. */
function rounds(run: Run, stage: StageId, asker: string): number[] {
  const { nodes } = run.index.trace.legend;
  const messages = new Map(messagesOf(run, stage).map((message) => [message.index, message]));
  return [...messages.values()].flatMap(({ from, replyTo, deliveries }) => {
    const question = messages.get(replyTo);
    if (nodes[from]?.id !== 'B' || nodes[question?.from ?? -1]?.id !== asker) return [];
    return deliveries
      .filter((seq) => nodes[run.index.trace.entries.node[seq] ?? -1]?.id === asker)
      .map((seq) => (timeOf(run, seq) - (question?.wantedAt ?? 0)) / 1_000);
  });
}

const times = (count: number, value: number): number[] => new Array(count).fill(value);

describe('a round', () => {
  test('takes two ways through a log and the work, or two ways and the work', () => {
    expect(rounds(usual, 'kafka', 'A')).toEqual(times(QUESTIONS, 28 + 2 + 28));
    expect(rounds(usual, 'kafka', 'C')).toEqual(times(QUESTIONS, 28 + 2 + 28));
    expect(rounds(usual, 'websocket', 'A')[0]).toBe(20 + 2 + 20);
  });

  test('is as short as over WebSocket only without batching and copies', () => {
    const bare = { 'linger.ms': 0, 'default.replication.factor': 1, instances: 1 };
    expect(rounds(runOf('request-reply', bare), 'kafka', 'A')).toEqual(times(QUESTIONS, 42));
  });
});

describe('a reply', () => {
  test('in a partition of one’s own reaches the one who asked and nobody else', () => {
    const places = (who: string) =>
      storyOf(usual, 'kafka')
        .filter((row) => row.what === 'delivered' && row.who === who)
        .map(({ place }) => usual.index.trace.legend.partitions[place]?.id);
    expect(new Set(places('A'))).toEqual(new Set(['replies-0']));
    expect(new Set(places('C'))).toEqual(new Set(['replies-1']));
    expect(ledgerAt(usual.index, 'kafka', usual.horizon)).toMatchObject({
      sent: 4 * QUESTIONS,
      delivered: 4 * QUESTIONS,
    });
  });

  test('in a shared partition reaches both, and the other one ignores it', () => {
    const run = runOf('request-reply', { replies: 'shared' });
    expect(heardBy(run, 'kafka', 'A')).toHaveLength(2 * QUESTIONS);
    expect(heardBy(run, 'kafka', 'C')).toHaveLength(2 * QUESTIONS);
    // Nobody asks on because of an answer to somebody else, and nobody works on it.
    expect(rounds(run, 'kafka', 'A')).toEqual(times(QUESTIONS, 58));
    const worked = storyOf(run, 'kafka').filter(
      ({ what, who }) => what === 'worked' && who !== 'B',
    );
    expect(worked).toHaveLength(2 * QUESTIONS);
  });

  test('to a group lands with any of its members: one of the two waits for ever', () => {
    const run = runOf('request-reply', { replies: 'group' });
    const got = ['A', 'C'].map((who) => rounds(run, 'kafka', who).length).sort();
    expect(got).toEqual([0, QUESTIONS]);
    const { nodes } = run.index.trace.legend;
    const asked = messagesOf(run, 'kafka').filter(({ from }) => nodes[from]?.id !== 'B');
    expect(asked).toHaveLength(1 + QUESTIONS);
  });

  test('to a group of one finds it', () => {
    const run = runOf('request-reply', { replies: 'group', instances: 1 });
    expect(rounds(run, 'kafka', 'A')).toEqual(times(QUESTIONS, 58));
  });

  test('over WebSocket goes back on the connection of its question', () => {
    const { messages } = usual.index.trace;
    for (const { index, replyTo, readers } of messagesOf(usual, 'websocket')) {
      if (replyTo >= 0) expect([index, ...readers]).toEqual([index, messages.from[replyTo]]);
    }
    expect(rounds(usual, 'websocket', 'C')).toHaveLength(QUESTIONS);
  });
});

test('an instance that crashes has its replies in the log when it is back', () => {
  const run = runOf('request-reply', {}, ['440 crash A', '600 restart A']);
  const [first] = storyOf(run, 'kafka').filter(
    ({ what, who }) => what === 'delivered' && who === 'A',
  );
  expect(first).toMatchObject({ said: 'B#0' });
  expect(first?.ms).toBeGreaterThan(600);
  expect(heardBy(run, 'websocket', 'A')).toEqual([]);
});
