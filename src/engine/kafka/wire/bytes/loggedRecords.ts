// What stood in a partition's log when an answer left, read back from the trace; encodes nothing.

import { EntryKind, recordMarksOf } from '../../../trace/entryKinds';
import type { EntrySeq, MessageIndex, PartitionIndex, Trace } from '../../../trace/trace';

/** A record or marker at an offset. */
export interface LoggedRecord {
  readonly offset: number;
  /** -1: a marker. */
  readonly message: MessageIndex;
  /** Where it was written down. */
  readonly seq: EntrySeq;
  readonly leaderEpoch: number;
  /** Of a marker: whose transaction it ends, and whether it commits it. */
  readonly marker: { readonly producerId: number; readonly commits: boolean } | null;
  readonly isTombstone: boolean;
}

/** A stretch of a log as an answer to a fetch took it along. */
export interface LogStretch {
  readonly partition: PartitionIndex;
  /** Offsets from here … */
  readonly from: number;
  /** … up to before this one. */
  readonly to: number;
  /** The entry at which the answer left. */
  readonly until: EntrySeq;
  /** The messages that it brought: where two leaders wrote at one offset, they say who was right. */
  readonly brought: ReadonlySet<MessageIndex>;
}

/** What stood there, by offset; compaction has taken out what is missing. */
export function loggedRecords({ entries }: Trace, stretch: LogStretch): LoggedRecord[] {
  const { partition, from, to, until, brought } = stretch;
  const found = new Map<number, LoggedRecord>();
  let leaderEpoch = 0;
  for (let seq = 0; seq < until; seq += 1) {
    if (entries.place[seq] !== partition) continue;
    const kind = entries.kind[seq];
    const detail = entries.detail[seq] as number;
    const offset = entries.value[seq] as number;
    if (kind === EntryKind.LeaderChanged) leaderEpoch = detail >> 2;
    const isInside = offset >= from && offset < to;
    if (kind === EntryKind.RecordRemoved) found.delete(offset);
    const isMarker = kind === EntryKind.MarkerAppended;
    if (!isInside || (kind !== EntryKind.Appended && !isMarker)) continue;
    const message = isMarker ? -1 : (entries.message[seq] as number);
    const before = found.get(offset);
    if (before !== undefined && brought.has(before.message) && !brought.has(message)) continue;
    const { producer, flag } = recordMarksOf(detail);
    found.set(offset, {
      ...{ offset, message, seq },
      // Written down again by a new leader, it is still of the epoch that it was written in.
      leaderEpoch: before?.message === message ? before.leaderEpoch : leaderEpoch,
      marker: isMarker ? { producerId: producer, commits: flag } : null,
      isTombstone: !isMarker && flag,
    });
  }
  return [...found.values()].sort((one, other) => one.offset - other.offset);
}
