// Spans of simulated time, and how they melt together.

/** From `from` up to `to`, in microseconds. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** The same time in as few spans as possible, ascending; spans that touch become one. */
export function merge(intervals: readonly Interval[]): Interval[] {
  const ordered = [...intervals].sort((one, other) => one.from - other.from);
  const merged: Interval[] = [];
  for (const { from, to } of ordered) {
    const last = merged.at(-1);
    if (last && from <= last.to)
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    else merged.push({ from, to });
  }
  return merged;
}
