// Compaction: the newest record of each key stays, at the offset that it always had; a mark that a
// key is gone stays long enough for who was away.

import { describe, expect, test } from 'vitest';
import { EntryKind, instant, measuresAt, missesAt } from '../../../engine/index';
import type { Run } from '../../runScenario';
import { heardBy, nameOf, runOf, storyOf } from '../../testing/runOf';
import { rowsOf } from '../../testing/traceColumns';

const usual = runOf('compaction');
const AWAY_MS = 2_300;

/** What stands of each user when all that someone has heard is put together: newest record each. */
function knows(run: Run, who: string): Record<string, string> {
  const { messages, legend } = run.index.trace;
  const newest: Record<string, string> = {};
  for (const { message, what, who: reader } of storyOf(run, 'kafka')) {
    if (what !== 'delivered' || reader !== who) continue;
    newest[legend.keys[messages.key[message] as number] as string] = nameOf(run, message);
  }
  return newest;
}

const NEWEST = { 'user-1': 'A#8', 'user-2': 'A#9', 'user-4': 'A#5' };
/** The third user's last record, which says that there is nothing more. */
const GONE = { 'user-3': 'A#3' };

describe('a compacted log', () => {
  test('tells a late reader the newest of each user, from far fewer records', () => {
    expect(knows(usual, 'C')).toEqual(NEWEST);
    expect(heardBy(usual, 'kafka', 'C')).toEqual(['A#5', 'A#7', 'A#8', 'A#9']);
  });

  test('leaves the records that stay where they were: offsets have holes', () => {
    const offsets = storyOf(usual, 'kafka')
      .filter(({ what, who }) => what === 'delivered' && who === 'C')
      .map(({ value }) => value);
    expect(offsets).toEqual([5, 7, 8, 9]);
  });

  test('never removes the newest record of a key that is still in use', () => {
    const removed = rowsOf(usual.index.trace)
      .filter(({ kind }) => kind === EntryKind.RecordRemoved)
      .map(({ message }) => nameOf(usual, message));
    expect(removed).toEqual(['A#2', 'A#0', 'A#4', 'A#1', 'A#3', 'A#6']);
  });

  test('leaves what it wrote last as it is, even where a newer record follows', () => {
    // The second user's #7 is old when #9 comes, but #9 is in the segment that is still written.
    expect(heardBy(usual, 'kafka', 'C')).toContain('A#7');
  });

  test('counts as stored what can be read again, and leaves nobody behind for its holes', () => {
    const stored = (ms: number) => measuresAt(usual.index, 'kafka', instant(ms * 1_000)).stored;
    expect([3_900, 4_000, 5_999, 6_000].map(stored)).toEqual([5, 4, 7, 5]);
    const { stored: left, lag } = measuresAt(usual.index, 'kafka', usual.horizon);
    expect({ left, lag }).toEqual({ left: 4, lag: 0 });
  });

  test('keeps everything with cleanup.policy delete', () => {
    const run = runOf('compaction', { 'cleanup.policy': 'delete' });
    expect(heardBy(run, 'kafka', 'C')).toHaveLength(10);
    expect(missesAt(run.index, 'kafka', run.horizon, 100)).toEqual([]);
    expect(knows(run, 'C')).toEqual({ ...NEWEST, ...GONE });
  });
});

describe('a reader who was away', () => {
  test('misses what was superseded meanwhile, and still knows how things stand', () => {
    const misses = missesAt(usual.index, 'kafka', usual.horizon, 100);
    const ofBen = misses.filter(({ reader }) => usual.index.trace.legend.nodes[reader]?.id === 'B');
    expect(ofBen.map(({ message, cause }) => [nameOf(usual, message), cause])).toEqual([
      ['A#4', 'compacted away'],
    ]);
    expect(knows(usual, 'B')).toEqual({ ...NEWEST, ...GONE });
  });

  test('hears that the third user is gone while the mark of it is kept', () => {
    const heard = storyOf(usual, 'kafka').filter(({ what, who, ms }) => {
      return what === 'delivered' && who === 'B' && ms > AWAY_MS;
    });
    expect(heard[0]?.said).toBe('A#3');
  });

  test('never hears of it if the mark goes at once, and believes in a user who is gone', () => {
    const run = runOf('compaction', { 'delete.retention.ms': 0 });
    expect(knows(run, 'B')).toEqual({ ...NEWEST, 'user-3': 'A#2' });
    expect(knows(run, 'C')).toEqual(NEWEST);
  });
});
