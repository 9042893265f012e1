// Compaction: which records of a log outlive a pass of the cleaner; rewrites no segment itself.

import type { SimDuration, SimTime } from '../../kernel/simTime';
import { later } from '../../kernel/simTime';
import type { Offset } from '../wire/requests';
import type { Segment } from './segments';

/** What the cleaner looks at; a record may hold more. */
export interface CleanableRecord {
  readonly offset: Offset;
  /** Index of the key; -1: none. */
  readonly key: number;
  /** A null value: it says that its key is to be forgotten. */
  readonly isTombstone: boolean;
  /** What the record takes in the log. */
  readonly sizeBytes: number;
  /** From when on a tombstone may go: set by the first pass that meets it, null before. */
  readonly deleteHorizon: SimTime | null;
}

export interface LogToClean<R extends CleanableRecord = CleanableRecord> {
  /** All records of the log, by rising offset. */
  readonly records: readonly R[];
  /** Offset below which an earlier pass has cleaned. */
  readonly firstDirty: Offset;
  /** Offset from which on nothing may be cleaned yet (see `firstUncleanableOffset`). */
  readonly firstUncleanable: Offset;
}

/**
 * The base of the segment that a pass may not touch: the active one, or an earlier one that holds
 * the last stable offset (LogCleanerManager.cleanableOffsets).
 */
export function firstUncleanableOffset(
  segments: readonly Segment[],
  lastStableOffset: Offset,
): Offset {
  const blocked = segments.findLast(({ baseOffset }) => baseOffset <= lastStableOffset);
  return (blocked ?? segments[0])?.baseOffset ?? 0;
}

/** Bytes that have not been cleaned yet as a share of all that a pass may clean, 0–1. */
export function dirtyRatio({ records, firstDirty, firstUncleanable }: LogToClean): number {
  let cleanBytes = 0;
  let dirtyBytes = 0;
  for (const { offset, sizeBytes } of records) {
    if (offset < firstDirty) cleanBytes += sizeBytes;
    else if (offset < firstUncleanable) dirtyBytes += sizeBytes;
  }
  return dirtyBytes === 0 ? 0 : dirtyBytes / (cleanBytes + dirtyBytes);
}

/** Whether the dirty ratio exceeds `min.cleanable.dirty.ratio`; to reach it is not enough. */
export const isWorthCleaning = (log: LogToClean, minCleanableDirtyRatio: number): boolean =>
  dirtyRatio(log) > minCleanableDirtyRatio;

/** The newest offset of each key in the part that this pass cleans for the first time. */
function newestOffsets(log: LogToClean): ReadonlyMap<number, Offset> {
  const newest = new Map<number, Offset>();
  for (const { offset, key } of log.records) {
    if (key >= 0 && offset >= log.firstDirty && offset < log.firstUncleanable) {
      newest.set(key, offset);
    }
  }
  return newest;
}

/**
 * The records that remain, with the offsets and in the order that they had; offsets between them
 * are holes. Below the first uncleanable offset each key keeps its newest record, which, if it is a
 * tombstone, goes `delete.retention.ms` after the first pass that met it (KIP-534,
 * Cleaner.shouldRetainRecord). The next pass's first dirty offset is this one's first uncleanable.
 */
export function cleanLog<R extends CleanableRecord>(
  log: LogToClean<R>,
  { now, deleteRetention }: { readonly now: SimTime; readonly deleteRetention: SimDuration },
): R[] {
  const newest = newestOffsets(log);
  const remaining: R[] = [];
  for (const record of log.records) {
    if (record.offset >= log.firstUncleanable) {
      remaining.push(record);
      continue;
    }
    // Compacted topics refuse records without a key; one from before that policy goes.
    const isNewest = record.key >= 0 && record.offset >= (newest.get(record.key) ?? 0);
    if (!isNewest) continue;
    if (!record.isTombstone) remaining.push(record);
    else if (record.deleteHorizon === null) {
      remaining.push({ ...record, deleteHorizon: later(now, deleteRetention) });
    } else if (now < record.deleteHorizon) remaining.push(record);
  }
  return remaining;
}
