// Exact percentiles of the first m values of a list, for any m, without sorting again: a wavelet
// matrix.

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
    const numbered = numberValues(values);
    this.#distinct = numbered.distinct;
    let { ranks } = numbered;
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

/** The distinct values, ascending, and the place of each value among them. */
function numberValues(values: Float64Array): { distinct: Float64Array; ranks: Int32Array } {
  const found = new Map<number, number>();
  const ranks = new Int32Array(values.length);
  for (let place = 0; place < values.length; place += 1) {
    const value = values[place] as number;
    let number = found.get(value);
    if (number === undefined) {
      number = found.size;
      found.set(value, number);
    }
    ranks[place] = number;
  }
  const distinct = Float64Array.from(found.keys()).sort((one, other) => one - other);
  const rankOf = new Int32Array(distinct.length);
  distinct.forEach((value, rank) => {
    rankOf[found.get(value) as number] = rank;
  });
  for (let place = 0; place < ranks.length; place += 1) {
    ranks[place] = rankOf[ranks[place] as number] as number;
  }
  return { distinct, ranks };
}

function bitsFor(count: number): number {
  let bits = 0;
  for (let reach = 1; reach < count; reach *= 2) bits += 1;
  return bits;
}

function splitByBit(ranks: Int32Array, bit: number): { level: Level; next: Int32Array } {
  const bits = new Uint8Array(ranks.length);
  const zerosBefore = new Int32Array(Math.ceil(ranks.length / BLOCK) + 1);
  let zeros = 0;
  for (let place = 0; place < ranks.length; place += 1) {
    if (place % BLOCK === 0) zerosBefore[place / BLOCK] = zeros;
    const set = ((ranks[place] as number) >> bit) & 1;
    bits[place] = set;
    zeros += 1 - set;
  }
  zerosBefore[zerosBefore.length - 1] = zeros;
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
  return { level: { bits, zerosBefore, zeros }, next };
}

function zerosUntil(level: Level, end: number): number {
  const block = Math.floor(end / BLOCK);
  let zeros = level.zerosBefore[block] as number;
  for (let place = block * BLOCK; place < end; place += 1) {
    zeros += 1 - (level.bits[place] as number);
  }
  return zeros;
}
