// Exact percentiles of the first m values of a list, for any m, without sorting again: a wavelet
// matrix.

import { int32Column } from '../columns';

/** Values per block of the rank directory. */
const BLOCK = 64;

interface Level {
  /** One bit a value: whether its rank has this bit set. */
  readonly bits: Uint8Array;
  /** Zero bits before each block. */
  readonly zerosBefore: Int32Array;
  readonly zeros: number;
}

/**
 * Built once over a list of whole numbers; answers "the k-th smallest of the first m" in a step per
 * bit of the
 * number of distinct values, however long the list is.
 */
export class PrefixQuantiles {
  readonly #distinct: Float64Array;
  readonly #levels: readonly Level[];

  constructor(values: Float64Array) {
    this.#distinct = distinctValues(values);
    let ranks = ranksOf(values, this.#distinct);
    const levels: Level[] = [];
    for (let bit = bitsFor(this.#distinct.length) - 1; bit >= 0; bit -= 1) {
      const split = splitByBit(ranks, bit);
      levels.push(split.level);
      ranks = split.next;
    }
    this.#levels = levels;
  }

  /**
   * The smallest value that at least `share` of the first `count` do not exceed (nearest rank);
   * null of none.
   */
  at(share: number, count: number): number | null {
    if (count === 0) return null;
    let nth = Math.max(1, Math.ceil(share * count)) - 1;
    let from = 0;
    let to = count;
    let rank = 0;
    for (const level of this.#levels) {
      const zerosFrom = zerosUntil(level, from);
      const zerosTo = zerosUntil(level, to);
      const inside = zerosTo - zerosFrom;
      rank *= 2;
      if (nth < inside) {
        from = zerosFrom;
        to = zerosTo;
      } else {
        nth -= inside;
        rank += 1;
        from = level.zeros + (from - zerosFrom);
        to = level.zeros + (to - zerosTo);
      }
    }
    return this.#distinct[rank] ?? null;
  }
}

function distinctValues(values: Float64Array): Float64Array {
  return Float64Array.from(new Set(values)).sort((one, other) => one - other);
}

function ranksOf(values: Float64Array, distinct: Float64Array): Int32Array {
  const rankOf = new Map<number, number>();
  for (let rank = 0; rank < distinct.length; rank += 1) rankOf.set(distinct[rank] as number, rank);
  return Int32Array.from(values, (value) => rankOf.get(value) ?? 0);
}

function bitsFor(count: number): number {
  let bits = 0;
  for (let reach = 1; reach < count; reach *= 2) bits += 1;
  return bits;
}

function splitByBit(ranks: Int32Array, bit: number): { level: Level; next: Int32Array } {
  const bits = new Uint8Array(ranks.length);
  const zerosBefore = int32Column();
  let zeros = 0;
  for (let place = 0; place < ranks.length; place += 1) {
    if (place % BLOCK === 0) zerosBefore.set(place / BLOCK, zeros);
    bits[place] = ((ranks[place] as number) >> bit) & 1;
    if (bits[place] === 0) zeros += 1;
  }
  zerosBefore.set(Math.ceil(ranks.length / BLOCK), zeros);
  const next = new Int32Array(ranks.length);
  let zeroAt = 0;
  let oneAt = zeros;
  for (let place = 0; place < ranks.length; place += 1) {
    if (bits[place] === 0) {
      next[zeroAt] = ranks[place] as number;
      zeroAt += 1;
    } else {
      next[oneAt] = ranks[place] as number;
      oneAt += 1;
    }
  }
  const blocks = Math.ceil(ranks.length / BLOCK) + 1;
  return { level: { bits, zerosBefore: zerosBefore.trimmed(blocks), zeros }, next };
}

function zerosUntil(level: Level, end: number): number {
  const block = Math.floor(end / BLOCK);
  let zeros = level.zerosBefore[block] as number;
  for (let place = block * BLOCK; place < end; place += 1) {
    zeros += 1 - (level.bits[place] as number);
  }
  return zeros;
}
