// What a message waited for, read from the causes in the trace: nothing here is computed from
// settings.

import {
  EntryKind,
  type EntrySeq,
  type MessageIndex,
  TRANSFER_TYPES,
  type TraceIndex,
} from '../../../engine/index';
import type { Stay } from './logStays';

/** A stretch of waiting, in microseconds, and what it was for. */
export interface Pause {
  readonly from: number;
  readonly to: number;
  readonly reason: string;
}

/** In the log, until it left for its first reader: first for its copies, then for a reader. */
export function logPauses(index: TraceIndex, stay: Stay): Pause[] {
  const { transfers, entries } = index.trace;
  const start = transfers.startSeq[stay.leaving] ?? -1;
  const left = start < 0 ? stay.to : (entries.time[start] as number);
  const safe = Math.min(stay.safeAt, left);
  const reader = start < 0 ? 'a reader' : readerReason(index, start);
  const pauses = [
    { from: stay.from, to: safe, reason: 'append + copy' },
    { from: safe, to: left, reason: reader },
  ];
  return pauses.filter(({ from, to }) => to > from);
}

/** The poll that took it, if one came at the very instant at which it left. */
function readerReason(index: TraceIndex, start: EntrySeq): string {
  const { entries, transfers } = index.trace;
  const time = entries.time[start];
  for (let seq = entries.cause[start] as number; seq >= 0; seq = entries.cause[seq] as number) {
    if (entries.time[seq] !== time) break;
    const transfer = entries.transfer[seq] as number;
    const type = TRANSFER_TYPES[transfers.type[transfer] ?? -1];
    if (entries.kind[seq] === EntryKind.TransferArrived && type === 'poll') return 'a poll';
  }
  return 'a reader';
}

/** At its sender, between the hand-over and its leaving; null if it left at once. */
export function senderPause(index: TraceIndex, message: MessageIndex): Pause | null {
  const { entries, messages } = index.trace;
  const left = index.copies.departure[message] as number;
  if (left < 0) return null;
  const from = entries.time[messages.sentSeq[message] as number] as number;
  const to = entries.time[left] as number;
  if (to <= from || entries.kind[left] !== EntryKind.TransferStarted) return null;
  return { from, to, reason: leavingReason(index, left) };
}

/** What let it go: a timer that a message had started, an answer, or a connection that opened. */
export function leavingReason(index: TraceIndex, left: EntrySeq): string {
  const { entries, transfers } = index.trace;
  for (let seq = entries.cause[left] as number; seq >= 0; seq = entries.cause[seq] as number) {
    const kind = entries.kind[seq];
    if (kind === EntryKind.Sent) return 'linger';
    if (kind === EntryKind.Opened) return 'a connection';
    if (kind === EntryKind.Retried) return 'another try';
    if (kind !== EntryKind.TransferArrived) continue;
    const type = TRANSFER_TYPES[transfers.type[entries.transfer[seq] as number] ?? -1];
    return type === 'ack' ? 'the ack before it' : 'its turn';
  }
  return 'its turn';
}
