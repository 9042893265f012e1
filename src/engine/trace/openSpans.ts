// Things that begin in order and end out of order: which of them are open after an entry.

import type { EntrySeq } from './trace';

/** Spans by their number; `begins` ascends. */
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
    latest = Math.max(latest, ends[span] as number);
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
    if ((spans.ends[span] as number) > seq) open.unshift(span);
  }
  return open;
}
