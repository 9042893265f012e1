// Where a consumer starts, what it commits, and where it goes on after a restart or an offset that
// the log does not have; fetches nothing.

import {
  instant,
  microseconds,
  type SimDuration,
  type SimTime,
  seconds,
} from '../../kernel/simTime';
import type { Offset } from '../wire/requests';

/** `auto.offset.reset`: only for a reader without a committed offset, or with one out of range. */
export type OffsetReset = 'earliest' | 'latest' | 'none' | { readonly byDuration: SimDuration };

/** Offsets from `from` up to `to`, the second exclusive; empty where they are equal. */
export interface OffsetRange {
  readonly from: Offset;
  readonly to: Offset;
}

/** A partition as its leader tells it to a consumer at `now`. */
export interface PartitionView {
  readonly now: SimTime;
  readonly logStart: Offset;
  /** What the consumer may read ends here (see `readableEnd`). */
  readonly readableEnd: Offset;
  readonly logEnd: Offset;
  /** The first offset whose record may be read and is from that time or later; null: none. */
  offsetSince(time: SimTime): Offset | null;
}

/** Next offset to read, and what this reader will therefore never get. */
export interface Position {
  readonly position: Offset;
  readonly skipped: OffsetRange;
}

/** The application gets an exception: it chose `none` and must seek itself. */
export interface NoPosition {
  readonly throws: 'NoOffsetForPartitionException' | 'OffsetOutOfRangeException';
}

const DURATION = /^by_duration:P(?=\w)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/;
const SECONDS = /^\d+(\.\d{1,6})?$/;

/**
 * Reads `earliest`, `latest`, `none` or `by_duration:PnDTnHnMn.nS` (ISO 8601, KIP-1106), to the
 * microsecond; null when the text is anything else.
 */
export function parseOffsetReset(text: string): OffsetReset | null {
  if (text === 'earliest' || text === 'latest' || text === 'none') return text;
  const parts = DURATION.exec(text);
  if (!parts) return null;
  const [days, hours, minutes] = parts.slice(1, 4).map((count) => Number(count ?? 0));
  const rest = parts[4] ?? '0';
  if (!SECONDS.test(rest)) return null;
  const whole = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60;
  return { byDuration: microseconds(seconds(whole) + Math.round(seconds(Number(rest)))) };
}

/**
 * Where reading ends, exclusive: at the high watermark, or with `read_committed` at the last stable
 * offset; never beyond the watermark, whatever the log holds (FetchIsolation).
 */
export function readableEnd(
  log: { readonly highWatermark: Offset; readonly lastStable: Offset },
  isolation: 'read_uncommitted' | 'read_committed',
): Offset {
  return isolation === 'read_committed' ? log.lastStable : log.highWatermark;
}

/** Whether a fetch from here is answered with OFFSET_OUT_OF_RANGE (1). */
export const isOutOfRange = (
  position: Offset,
  { logStart, logEnd }: Pick<PartitionView, 'logStart' | 'logEnd'>,
): boolean => position < logStart || position > logEnd;

/**
 * Where a consumer begins that was just given the partition. A committed offset holds whatever
 * `auto.offset.reset` says, even one that the log no longer has: the first fetch finds that out.
 */
export function startPosition(
  committed: Offset | null,
  reset: OffsetReset,
  partition: PartitionView,
): Position | NoPosition {
  if (committed !== null) return { position: committed, skipped: noneFrom(committed) };
  const position = resetOffset(reset, partition);
  if (position === null) return { throws: 'NoOffsetForPartitionException' };
  return { position, skipped: { from: partition.logStart, to: position } };
}

/** Where a consumer goes on whose fetch from `position` was out of range. */
export function positionAfterOutOfRange(
  position: Offset,
  reset: OffsetReset,
  partition: PartitionView,
): Position | NoPosition {
  const next = resetOffset(reset, partition);
  if (next === null) return { throws: 'OffsetOutOfRangeException' };
  return {
    position: next,
    skipped: next > position ? { from: position, to: next } : noneFrom(next),
  };
}

const noneFrom = (offset: Offset): OffsetRange => ({ from: offset, to: offset });

function resetOffset(reset: OffsetReset, partition: PartitionView): Offset | null {
  if (reset === 'none') return null;
  if (reset === 'earliest') return partition.logStart;
  if (reset === 'latest') return partition.readableEnd;
  // With nothing so young the consumer asks again until something is: that will be at the end.
  const since = instant(partition.now - reset.byDuration);
  return partition.offsetSince(since) ?? partition.readableEnd;
}

/** The first offset from `position` on that is still there; offsets may have holes (compaction). */
export const firstPresent = (offsets: readonly Offset[], position: Offset): Offset | null =>
  offsets.find((offset) => offset >= position) ?? null;

/** The first offset whose timestamp is `time` or later: timestamps need not rise with offsets. */
export function firstOffsetSince(
  records: readonly { readonly offset: Offset; readonly timestamp: SimTime }[],
  time: SimTime,
): Offset | null {
  return records.find(({ timestamp }) => timestamp >= time)?.offset ?? null;
}

/** What a commit says: the next offset to read, not the last one that was processed. */
export const offsetToCommit = (lastProcessed: Offset): Offset => lastProcessed + 1;

/**
 * Whether `enable.auto.commit` commits now. Inside poll() it does when `auto.commit.interval.ms` is
 * over, and on close() and before a rebalance always; no timer of its own does it in between.
 */
export function isAutoCommitDue(
  moment: 'poll' | 'close' | 'rebalance',
  since: { readonly lastCommit: SimDuration; readonly interval: SimDuration },
): boolean {
  return moment !== 'poll' || since.lastCommit >= since.interval;
}

/**
 * What a restart does to the application's work when it goes on at the committed offset.
 *
 * @param nextToProcess the offset after the last one that was processed before.
 */
export function effectOfRestart(
  committed: Offset,
  nextToProcess: Offset,
): { readonly reprocessed: OffsetRange; readonly lost: OffsetRange } {
  return {
    reprocessed: { from: Math.min(committed, nextToProcess), to: nextToProcess },
    lost: { from: Math.min(committed, nextToProcess), to: committed },
  };
}

/**
 * What remains of a committed offset: nothing when the group has been without members for
 * `offsets.retention.minutes`. While it has members its age does not matter.
 */
export function committedAfter(
  committed: Offset,
  group: { readonly emptyFor: SimDuration | null; readonly retention: SimDuration },
): Offset | null {
  return group.emptyFor !== null && group.emptyFor >= group.retention ? null : committed;
}
