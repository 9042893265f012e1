// Committed offsets: kept for a group, pending in a transaction, and gone after a week.

import { describe, expect, test } from 'vitest';
import { instant } from '../../kernel/simTime';
import { Simulation } from '../../kernel/simulation';
import { EntryKind } from '../../trace/entryKinds';
import { TraceRecorder } from '../../trace/recordTrace';
import { CommittedOffsets } from './committedOffsets';

const DAY = 86_400e6;

function offsets() {
  const context = new Simulation({
    ...{ seed: 1, start: instant(0), horizon: instant(100 * DAY), eventLimit: 10 },
  });
  const recorder = new TraceRecorder(context);
  const kept = new CommittedOffsets({ context, recorder });
  const wait = (days: number) => context.runUntil(instant(context.now + days * DAY));
  const read = (partition = 0) => kept.read([partition]).get(partition) ?? null;
  const committed = () => {
    const legend = { stages: [], nodes: [], links: [], connections: [], partitions: [] };
    const { entries } = recorder.finish(
      { ...legend, parameters: [], keys: [] },
      instant(0),
      instant(1),
    );
    return [...entries.kind].map((kind, seq) => {
      expect(kind).toBe(EntryKind.Committed);
      return [entries.node[seq], entries.place[seq], entries.value[seq]];
    });
  };
  return { kept, wait, read, committed };
}

test('the newest commit of a partition counts, and nothing is known of the others', () => {
  const { kept, read, committed } = offsets();
  kept.commit(4, new Map([[0, 10]]));
  kept.commit(5, new Map([[0, 7]]));
  expect([read(0), read(1)]).toEqual([7, null]);
  expect(committed()).toEqual([
    [4, 0, 10],
    [5, 0, 7],
  ]);
});

describe('offsets.retention.minutes', () => {
  test('begins when the group becomes empty, whatever the age of the commit', () => {
    const { kept, wait, read } = offsets();
    kept.groupFilled();
    kept.commit(4, new Map([[0, 10]]));
    wait(14);
    expect(read()).toBe(10);
    kept.groupEmptied();
    wait(6.9);
    expect(read()).toBe(10);
    wait(0.1);
    expect(read()).toBeNull();
  });

  test('begins with the commit where there are no members at all', () => {
    const { kept, wait, read } = offsets();
    wait(30);
    kept.commit(4, new Map([[0, 10]]));
    wait(6);
    expect(read()).toBe(10);
    wait(1);
    expect(read()).toBeNull();
  });

  test('brings nothing back when a member comes after it', () => {
    const { kept, wait, read } = offsets();
    kept.commit(4, new Map([[0, 10]]));
    wait(8);
    kept.groupFilled();
    expect(read()).toBeNull();
  });
});

describe('offsets in a transaction', () => {
  test('are unstable until it ends, and committed together when it commits', () => {
    const { kept, read, committed } = offsets();
    kept.commit(4, new Map([[0, 1]]));
    kept.pend(77, 4, new Map([[0, 10]]));
    kept.pend(77, 4, new Map([[1, 20]]));
    expect([kept.isUnstable([0]), kept.isUnstable([1]), kept.isUnstable([2])]).toEqual([
      true,
      true,
      false,
    ]);
    expect(read(0)).toBe(1);
    kept.settle(77, 'commit');
    expect([read(0), read(1), kept.isUnstable([0, 1])]).toEqual([10, 20, false]);
    expect(committed()).toEqual([
      [4, 0, 1],
      [4, 0, 10],
      [4, 1, 20],
    ]);
  });

  test('never were when it aborts; another transaction is not touched', () => {
    const { kept, read } = offsets();
    kept.pend(77, 4, new Map([[0, 10]]));
    kept.pend(78, 5, new Map([[1, 20]]));
    kept.settle(77, 'abort');
    expect([read(0), kept.isUnstable([0]), kept.isUnstable([1])]).toEqual([null, false, true]);
  });
});
