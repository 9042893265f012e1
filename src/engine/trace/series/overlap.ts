// How long things moved one way, and both ways at once: sums over subjects that grow with time.

import type { Interval } from './interval';
import { StepSeries } from './stepSeries';

// Between two changes a time grows along a line: `NOW` is its slope, the number of subjects that
// move, and `OFFSET` its height at 0.
const BOTH_OFFSET = 0;
const BOTH_NOW = 1;
const ANY_OFFSET = 2;
const ANY_NOW = 3;

/** Pooled over subjects: a connection with its two directions, or a person who sends and gets. */
export class OverlapMeter {
  readonly #series: StepSeries;
  readonly #moving: Int32Array;

  constructor(subjects: number, entryCount: number) {
    this.#series = new StepSeries(4, entryCount);
    this.#moving = new Int32Array(subjects * 2);
  }

  /** Something starts (`change` 1) or stops (-1) moving one way of a subject, as `wayOf` has it. */
  change(way: number, change: 1 | -1, seq: number, time: number): void {
    const before = this.#moving[way] as number;
    this.#moving[way] = before + change;
    if (before > 0 && before + change > 0) return;
    const otherMoves = (this.#moving[way ^ 1] as number) > 0;
    const series = this.#series;
    series.at(seq, time);
    series.add(otherMoves ? BOTH_NOW : ANY_NOW, change);
    series.add(otherMoves ? BOTH_OFFSET : ANY_OFFSET, -change * time);
  }

  seal(): this {
    this.#series.seal();
    return this;
  }

  /** Time both ways ÷ time any way, from the start to `time`; null if nothing has moved. */
  shareAt(seq: number, time: number): number | null {
    const row = this.#series.rowAt(seq);
    const value = (column: number) => this.#series.valueIn(row, column);
    const any = value(ANY_OFFSET) + time * value(ANY_NOW);
    return any === 0 ? null : (value(BOTH_OFFSET) + time * value(BOTH_NOW)) / any;
  }
}

/** The two ways of a subject, side 0 and side 1. */
export const wayOf = (subject: number, side: 0 | 1): number => subject * 2 + side;

/** The spans that two lists have in common; both ascending and without overlap of their own. */
export function intersect(ones: readonly Interval[], others: readonly Interval[]): Interval[] {
  const common: Interval[] = [];
  let one = 0;
  let other = 0;
  while (one < ones.length && other < others.length) {
    const a = ones[one] as Interval;
    const b = others[other] as Interval;
    const from = Math.max(a.from, b.from);
    const to = Math.min(a.to, b.to);
    if (from < to) common.push({ from, to });
    if (a.to < b.to) one += 1;
    else other += 1;
  }
  return common;
}
