// When each copy of a message was delivered or lost, so that any instant can be told at once.

import { EntryKind, type MessageIndex, type TraceIndex } from '../../engine/index';

/** By copy, in the order of the trace's addressees; Infinity: never. */
export interface NewsTimes {
  readonly delivered: Float64Array;
  readonly lost: Float64Array;
}

const known = new WeakMap<TraceIndex, NewsTimes>();

/** Worked out once a run; an answer kept, not a state. */
export function newsTimes(index: TraceIndex): NewsTimes {
  const kept = known.get(index);
  if (kept !== undefined) return kept;
  const { copies, trace } = index;
  const { entries, addressees } = trace;
  const delivered = new Float64Array(addressees.length).fill(Number.POSITIVE_INFINITY);
  const lost = new Float64Array(addressees.length).fill(Number.POSITIVE_INFINITY);
  for (let seq = 0; seq < entries.count; seq += 1) {
    const kind = entries.kind[seq];
    if (kind !== EntryKind.Delivered && kind !== EntryKind.Lost) continue;
    const copy = copies.find(entries.message[seq] as number, entries.node[seq] as number);
    const times = kind === EntryKind.Delivered ? delivered : lost;
    if (copy < 0 || copy >= times.length) continue;
    times[copy] = Math.min(times[copy] as number, entries.time[seq] as number);
  }
  const times = { delivered, lost };
  known.set(index, times);
  return times;
}

/** The message of these senders that was said last; -1: none was. */
export function latestMessage(
  { trace }: TraceIndex,
  time: number,
  isHere: (sender: number) => boolean,
): MessageIndex {
  const { messages, entries } = trace;
  for (let message = messages.count - 1; message >= 0; message -= 1) {
    const sentAt = entries.time[messages.sentSeq[message] as number] as number;
    if (sentAt <= time && isHere(messages.from[message] as number)) return message;
  }
  return -1;
}
