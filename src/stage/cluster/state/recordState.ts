// What is special about the records of a log: whose transaction each stands in and how that ended,
// which say that a key is gone.

import {
  EntryKind,
  type PartitionIndex,
  type RecordMarks,
  recordMarksOf,
  type TraceIndex,
} from '../../../engine/index';
import type { ClusterInstant } from './clusterInstant';

/** `open`: nobody has decided on its transaction; `void`: it was aborted. */
export type TransactionState = 'none' | 'open' | 'committed' | 'void';

type MarksByOffset = ReadonlyMap<number, RecordMarks>;

const known = new WeakMap<TraceIndex, readonly MarksByOffset[]>();

/** Of each log, the records that are special; the newest where an offset was used again. */
function marksOf(index: TraceIndex): readonly MarksByOffset[] {
  const found = known.get(index);
  if (found !== undefined) return found;
  const { entries, legend } = index.trace;
  const marks = legend.partitions.map(() => new Map<number, RecordMarks>());
  for (let seq = 0; seq < entries.count; seq += 1) {
    const detail = entries.detail[seq] as number;
    if (entries.kind[seq] !== EntryKind.Appended || detail < 0) continue;
    marks[entries.place[seq] as number]?.set(entries.value[seq] as number, recordMarksOf(detail));
  }
  known.set(index, marks);
  return marks;
}

export function isTombstone(index: TraceIndex, partition: PartitionIndex, offset: number): boolean {
  return marksOf(index)[partition]?.get(offset)?.flag === true;
}

/** A record belongs to the first marker of its producer that comes after it. */
export function transactionState(
  instant: ClusterInstant,
  partition: PartitionIndex,
  offset: number,
): TransactionState {
  const producer = marksOf(instant.index)[partition]?.get(offset)?.producer ?? -1;
  if (producer < 0) return 'none';
  let [decided, isCommit] = [Number.POSITIVE_INFINITY, false];
  for (const [at, marker] of instant.markers(partition)) {
    if (marker.producer !== producer || at < offset || at > decided) continue;
    [decided, isCommit] = [at, marker.flag];
  }
  if (decided === Number.POSITIVE_INFINITY) return 'open';
  return isCommit ? 'committed' : 'void';
}
