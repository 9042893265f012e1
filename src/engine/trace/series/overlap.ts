// How long things moved one way, and both ways at once: sums over subjects that grow with time.

import type { Interval } from './interval';
import { StepSeries } from './stepSeries';

const BOTH_TIME = 0;
const ANY_TIME = 1;
const BOTH_NOW = 2;
const ANY_NOW = 3;
const CHANGED_AT = 4;

/** Pooled over subjects: a connection with its two directions, or a person who sends and gets. */
export class OverlapMeter {
  readonly #series = new StepSeries(5);
  readonly #moving: Int32Array;

  constructor(subjects: number) {
    this.#moving = new Int32Array(subjects * 2);
  }

  /** Something starts (`change` 1) or stops (-1) moving on side 0 or 1 of a subject. */
  change(subject: number, side: 0 | 1, change: 1 | -1, when: { seq: number; time: number }): void {
    const here = subject * 2 + side;
    const before = this.#moving[here] as number;
    this.#moving[here] = before + change;
    if (before > 0 && before + change > 0) return;
    const otherMoves = (this.#moving[subject * 2 + 1 - side] as number) > 0;
    this.#advance(when);
    if (otherMoves) this.#series.add(BOTH_NOW, change);
    else this.#series.add(ANY_NOW, change);
  }

  seal(entryCount: number): this {
    this.#series.seal(entryCount);
    return this;
  }

  /** Time both ways ÷ time any way, from the start to `time`; null if nothing has moved. */
  shareAt(seq: number, time: number): number | null {
    const row = this.#series.rowAt(seq);
    const value = (column: number) => this.#series.valueIn(row, column);
    const since = row < 0 ? 0 : time - value(CHANGED_AT);
    const any = value(ANY_TIME) + since * value(ANY_NOW);
    return any === 0 ? null : (value(BOTH_TIME) + since * value(BOTH_NOW)) / any;
  }

  #advance(when: { seq: number; time: number }): void {
    const series = this.#series;
    const since = series.count === 0 ? 0 : when.time - series.last(CHANGED_AT);
    series.at(when.seq, when.time);
    series.add(BOTH_TIME, since * series.last(BOTH_NOW));
    series.add(ANY_TIME, since * series.last(ANY_NOW));
    series.set(CHANGED_AT, when.time);
  }
}

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
