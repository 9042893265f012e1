// Spans of time in the order of their beginnings, and those of them that meet a window.

import type { Interval } from '../../../engine/index';

/** Columns of equal length, in microseconds; `from` ascends. */
export interface Spans {
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** The latest end among a span and all before it: where it has passed, a search may stop. */
  readonly latest: Float64Array;
}

/** The spans must come in the order of their beginnings. */
export function spansOf(list: readonly Interval[]): Spans {
  const from = Float64Array.from(list, (span) => span.from);
  const to = Float64Array.from(list, (span) => span.to);
  const latest = new Float64Array(list.length);
  let until = Number.NEGATIVE_INFINITY;
  to.forEach((end, at) => {
    until = Math.max(until, end);
    latest[at] = until;
  });
  return { from, to, latest };
}

/** Places of the spans that meet a window, in order; those that only touch its ends as well. */
export function placesWithin(spans: Spans, window: Interval): number[] {
  const found: number[] = [];
  let at = countUpTo(spans.from, window.to) - 1;
  for (; at >= 0 && (spans.latest[at] as number) >= window.from; at -= 1) {
    if ((spans.to[at] as number) >= window.from) found.push(at);
  }
  return found.reverse();
}

/** How many of the ascending numbers are no greater than `value`. */
export function countUpTo(numbers: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
