// The segments of one replica's log: when a new one begins and which may go; holds no records.

import type { SimDuration, SimTime } from '../../kernel/simTime';
import type { Offset } from '../wire/requests';

/** One segment: it reaches to the next one's base offset, the active one to the log end. */
export interface Segment {
  readonly baseOffset: Offset;
  readonly sizeBytes: number;
  /** Largest timestamp of its records, as their producers gave it; −∞ while it is empty. */
  readonly newestTimestamp: SimTime;
}

export interface SegmentSettings {
  /** `segment.bytes`. */
  readonly segmentBytes: number;
  /** `segment.ms`. */
  readonly segmentTime: SimDuration;
}

export interface RetentionSettings {
  /** `cleanup.policy`. */
  readonly cleanupPolicy: 'delete' | 'compact' | 'compact,delete';
  /** `retention.ms`; negative: no limit. */
  readonly retention: SimDuration;
  /** `retention.bytes`; negative: no limit. */
  readonly retentionBytes: number;
}

/** A batch as the log takes it in. */
export interface AppendedBatch {
  /** Not below the log end; a follower of a compacted log sees holes. */
  readonly baseOffset: Offset;
  readonly lastOffset: Offset;
  readonly sizeBytes: number;
  /** Largest timestamp of its records. */
  readonly newestTimestamp: SimTime;
}

/** What the records of some offsets amount to; newest −∞ when there are none. */
export type SegmentContents = Pick<Segment, 'sizeBytes' | 'newestTimestamp'>;

/** What went, oldest first, and where the log begins now. */
export interface SegmentDeletion {
  readonly removedBaseOffsets: readonly Offset[];
  readonly logStart: Offset;
}

const NEVER = Number.NEGATIVE_INFINITY as SimTime;

interface OwnSegment extends Segment {
  baseOffset: Offset;
  sizeBytes: number;
  newestTimestamp: SimTime;
  /** Newest timestamp of the first batch: `segment.ms` counts from there. */
  firstTimestamp: SimTime;
}

export class LogSegments {
  readonly #settings: SegmentSettings;
  readonly #segments: OwnSegment[];
  #logEnd: Offset;

  constructor(settings: SegmentSettings, baseOffset: Offset = 0) {
    this.#settings = settings;
    this.#segments = [emptySegment(baseOffset)];
    this.#logEnd = baseOffset;
  }

  /** Oldest first, never none; the last one is active. */
  get all(): readonly Segment[] {
    return this.#segments;
  }

  /** Offset that the next record will get (log end offset). */
  get logEnd(): Offset {
    return this.#logEnd;
  }

  /** @returns whether a new segment has begun with this batch. */
  append(batch: AppendedBatch): boolean {
    const rolls = this.#mustRoll(batch);
    if (rolls) this.#segments.push(emptySegment(batch.baseOffset));
    const active = this.#active();
    if (active.sizeBytes === 0) active.firstTimestamp = batch.newestTimestamp;
    active.sizeBytes += batch.sizeBytes;
    if (batch.newestTimestamp > active.newestTimestamp) {
      active.newestTimestamp = batch.newestTimestamp;
    }
    this.#logEnd = batch.lastOffset + 1;
    return rolls;
  }

  /**
   * Deletes whole segments, oldest first, up to the first that no rule lets go: by log start, then
   * by size, then by time (UnifiedLog.deleteOldSegments); nothing above the high watermark goes.
   */
  deleteOldSegments(
    settings: RetentionSettings,
    log: { readonly now: SimTime; readonly logStart: Offset; readonly highWatermark: Offset },
  ): SegmentDeletion {
    const segments = this.#segments;
    const { highWatermark } = log;
    const removed = this.#delete(deletableByLogStart(segments, log.logStart), highWatermark);
    if (settings.cleanupPolicy !== 'compact') {
      const bySize = deletableBySize(segments, settings.retentionBytes);
      removed.push(...this.#delete(bySize, highWatermark));
      const byTime = deletableByTime(segments, log.now, settings.retention);
      removed.push(...this.#delete(byTime, highWatermark));
    }
    const firstOffset = segments[0]?.baseOffset ?? this.#logEnd;
    return { removedBaseOffsets: removed, logStart: Math.max(log.logStart, firstOffset) };
  }

  /**
   * Forgets what is at or above `logEnd`.
   *
   * @param contents what the records from one offset up to another amount to, the second exclusive.
   */
  truncateTo(logEnd: Offset, contents: (from: Offset, to: Offset) => SegmentContents): void {
    if (logEnd >= this.#logEnd) return;
    const kept = this.#segments.findLastIndex(({ baseOffset }) => baseOffset <= logEnd) + 1;
    this.#segments.length = kept;
    if (kept === 0) this.#segments.push(emptySegment(logEnd));
    const active = this.#active();
    Object.assign(active, contents(active.baseOffset, logEnd));
    this.#logEnd = logEnd;
  }

  #active(): OwnSegment {
    return this.#segments[this.#segments.length - 1] as OwnSegment;
  }

  /**
   * LogSegment.shouldRoll. Time passes by the records' timestamps alone: a quiet log does not roll.
   */
  #mustRoll(batch: AppendedBatch): boolean {
    const { sizeBytes, firstTimestamp } = this.#active();
    if (sizeBytes === 0) return false;
    // A full index begins a segment as well; at its default size, `segment.bytes` comes first.
    if (sizeBytes + batch.sizeBytes > this.#settings.segmentBytes) return true;
    return batch.newestTimestamp - firstTimestamp > this.#settings.segmentTime;
  }

  /** Deletes so many segments, or as many as lie below the high watermark and hold something. */
  #delete(wanted: number, highWatermark: Offset): Offset[] {
    const segments = this.#segments;
    const last = segments.length - 1;
    let count = 0;
    while (count < wanted) {
      if (count === last && this.#active().sizeBytes === 0) break;
      const end = segments[count + 1]?.baseOffset ?? this.#logEnd;
      if (end > highWatermark) break;
      count += 1;
    }
    // A log always has a segment, so that the active one can go only when a new one has begun.
    if (count === segments.length) segments.push(emptySegment(this.#logEnd));
    return segments.splice(0, count).map(({ baseOffset }) => baseOffset);
  }
}

const emptySegment = (baseOffset: Offset): OwnSegment => ({
  baseOffset,
  sizeBytes: 0,
  newestTimestamp: NEVER,
  firstTimestamp: NEVER,
});

/** How many of the oldest segments lie below the log start, which DeleteRecords may have moved. */
function deletableByLogStart(segments: readonly Segment[], logStart: Offset): number {
  const kept = segments.findIndex((_, index) => {
    const next = segments[index + 1];
    return next === undefined || next.baseOffset > logStart;
  });
  return Math.max(kept, 0);
}

/**
 * How many of the oldest segments can go so that the rest still has `retention.bytes`: a log may
 * exceed the limit by nearly a segment.
 */
function deletableBySize(segments: readonly Segment[], retentionBytes: number): number {
  if (retentionBytes < 0) return 0;
  let excess = segments.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, -retentionBytes);
  let count = 0;
  for (const { sizeBytes } of segments) {
    excess -= sizeBytes;
    if (excess < 0) break;
    count += 1;
  }
  return count;
}

/**
 * How many of the oldest segments have no record that is as young as `retention.ms` or younger; one
 * record with a timestamp in the future keeps its segment and all after it.
 */
function deletableByTime(
  segments: readonly Segment[],
  now: SimTime,
  retention: SimDuration,
): number {
  if (retention < 0) return 0;
  const kept = segments.findIndex(({ newestTimestamp }) => now - newestTimestamp <= retention);
  return kept === -1 ? segments.length : kept;
}
