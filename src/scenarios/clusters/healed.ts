// What must have come of a drawn cluster in which everything that broke is whole again: reads the
// end of a run, and how it came to that is checked elsewhere.

import { assert, EntryKind, type Trace } from '../../engine/index';
import { naiveCopies } from '../testing/naiveLedger';
import { rowsOf } from '../testing/traceColumns';
import type { DrawnCluster } from './drawnCluster';
import { isMarker, type TracedPartition } from './tracedLogs';
import type { TracedRun } from './tracedRun';

/** Longest way of a record through a cluster in which all is well, in microseconds. */
const REST = 1_000_000;

/** @throws Error that says what is not well again. */
export function mustBeWell(run: TracedRun, { scene }: DrawnCluster): void {
  // A program that does one thing after the other may still have things to say, or to read.
  const busy = rowsOf(run.trace).findLast(
    ({ kind }) => kind === EntryKind.Sent || kind === EntryKind.Delivered,
  );
  if ((busy?.time ?? 0) > scene.horizon - REST) return;
  mustBeAtRest(run.trace, scene.horizon);
  for (const partition of run.logs.partitions) mustBeCopied(partition);
  const { autoOffsetReset, enableAutoCommit, commit } = scene.settings;
  const isAtLeastOnce = enableAutoCommit === 'on' || commit === 'after';
  const isAll = isAtLeastOnce && autoOffsetReset === 'earliest';
  for (const { reader, place, members } of readings(run)) {
    const owner = run.groups.ownerOf(reader, place);
    const isOwned = members.length === 0 ? owner === -1 : members.includes(owner);
    assert(isOwned, 'a partition is owned by a living member');
  }
  if (isAll) assert(unreadCount(run) === 0, 'everything that can be read is delivered');
}

/** Records that can be read, that no reset has passed over, and that a living group never got. */
export function unreadCount(run: TracedRun): number {
  let count = 0;
  for (const { reader, place, members } of readings(run)) {
    if (members.length === 0) continue;
    const partition = run.logs.partitions[place] as TracedPartition;
    const { log, start, removed } = partition;
    const from = Math.max(start, run.groups.passedOf(reader, place));
    for (let offset = from; offset < run.logs.readableEnd(partition); offset += 1) {
      if (removed.has(offset) || isMarker(log[offset])) continue;
      if (run.logs.isAborted(partition, offset)) continue;
      if (run.groups.timesDelivered(reader, place, offset) === 0) count += 1;
    }
  }
  return count;
}

/** Each partition of each group, with the group's members that live at the end. */
function readings({ trace }: TracedRun) {
  const living = livingMembers(trace);
  return trace.legend.partitions.flatMap(({ readers }, place) =>
    readers
      .filter((reader) => trace.legend.nodes[reader]?.role === 'group')
      .map((reader) => {
        const members = living.filter((node) => trace.legend.nodes[node]?.group === reader);
        return { reader, place, members };
      }),
  );
}

/** Nothing is on its way any more, as long as no reader was sent elsewhere with records in hand. */
function mustBeAtRest(trace: Trace, horizon: number): void {
  if (rowsOf(trace).some(({ kind }) => kind === EntryKind.PositionReset)) return;
  const isMoving = naiveCopies(trace, 'kafka', horizon).some(({ state }) => state === 'inFlight');
  assert(!isMoving, 'in the end nothing is in flight');
}

/** All replicas are in sync, hold the same, and all of it can be read. */
function mustBeCopied({ log, highWatermark, inSync, replicas }: TracedPartition): void {
  assert(inSync.length === replicas.size, 'all replicas are in sync again');
  assert(highWatermark === log.length, 'all of the log can be read');
  for (const copy of replicas.values()) {
    const isSame = copy.length === log.length && copy.every((one, at) => one === log[at]);
    assert(isSame, 'all replicas hold the same');
  }
}

/** Those who are up at the end: who said goodbye has gone by then. */
function livingMembers(trace: Trace): number[] {
  const gone = new Set<number>();
  const here = new Set<number>();
  for (const { kind, node } of rowsOf(trace)) {
    if (kind === EntryKind.Crashed) gone.add(node);
    if (kind === EntryKind.Restarted) gone.delete(node);
    if (kind === EntryKind.MemberJoined) here.add(node);
  }
  return [...here].filter((node) => !gone.has(node));
}
