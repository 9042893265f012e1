// Things that begin in order and end out of order: which of them are open after an entry.

import type { EntrySeq } from '../trace';

/** Stands for an entry that does not come. */
const NEVER = 0x7fffffff;

/** Spans by their number; `begins` ascends, and an end of -1 never comes. */
export interface OpenSpans {
  readonly begins: Int32Array;
  readonly ends: Int32Array;
  /** The latest end among a span and all before it: where it has passed, the search may stop. */
  readonly latestEnd: Int32Array;
}

export function openSpans(begins: Int32Array, ends: Int32Array): OpenSpans {
  const latestEnd = new Int32Array(ends.length);
  let latest = -1;
  for (let span = 0; span < ends.length; span += 1) {
    latest = Math.max(latest, endOf(ends, span));
    latestEnd[span] = latest;
  }
  return { begins, ends, latestEnd };
}

/** The spans that have begun and not ended once entry `seq` has happened, oldest first. */
export function openAt(spans: OpenSpans, seq: EntrySeq): number[] {
  const open: number[] = [];
  let low = 0;
  let high = spans.begins.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans.begins[middle] as number) <= seq) low = middle + 1;
    else high = middle;
  }
  for (let span = low - 1; span >= 0 && (spans.latestEnd[span] as number) > seq; span -= 1) {
    if (endOf(spans.ends, span) > seq) open.push(span);
  }
  return open.reverse();
}

function endOf(ends: Int32Array, span: number): number {
  const end = ends[span] as number;
  return end < 0 ? NEVER : end;
}
