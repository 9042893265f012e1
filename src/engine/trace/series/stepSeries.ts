// Values that change at some entries and stand still between them; found at any entry in constant
// time.

import { float64Column, type GrowingColumn, int32Column } from '../columns';

/** Entries per bucket, as a power of two: a lookup searches the rows of one bucket only. */
const BUCKET_BITS = 8;

/**
 * Rows of `width` numbers, each valid from its entry to the next row's. Rows of one instant fall
 * into one: nobody
 * can look between two entries of an instant.
 */
export class StepSeries {
  readonly width: number;
  count = 0;
  #seqs: GrowingColumn<Int32Array> = int32Column();
  #values: GrowingColumn<Float64Array> = float64Column();
  #lastTime = Number.NaN;
  #seqsTrimmed: Int32Array = new Int32Array(0);
  #valuesTrimmed: Float64Array = new Float64Array(0);
  #rowsBefore = new Int32Array(0);

  constructor(width: number) {
    this.width = width;
  }

  /** Begins the row of entry `seq` as a copy of the last one. */
  at(seq: number, time: number): void {
    if (time === this.#lastTime) return;
    this.#lastTime = time;
    const row = this.count;
    this.count += 1;
    this.#seqs.set(row, seq);
    const { width } = this;
    this.#values.set((row + 1) * width - 1, 0);
    const values = this.#values.array;
    if (row > 0) values.copyWithin(row * width, (row - 1) * width, row * width);
  }

  add(column: number, amount: number): void {
    const place = (this.count - 1) * this.width + column;
    this.#values.array[place] = (this.#values.array[place] ?? 0) + amount;
  }

  set(column: number, value: number): void {
    this.#values.array[(this.count - 1) * this.width + column] = value;
  }

  /** The value in the newest row. */
  last(column: number): number {
    return this.count === 0 ? 0 : this.#read(this.count - 1, column);
  }

  /** Ends the writing; from here on the series is read. */
  seal(entryCount: number): this {
    this.#seqsTrimmed = this.#seqs.trimmed(this.count);
    this.#valuesTrimmed = this.#values.trimmed(this.count * this.width);
    this.#seqs = int32Column();
    this.#values = float64Column();
    const buckets = (entryCount >> BUCKET_BITS) + 2;
    this.#rowsBefore = new Int32Array(buckets);
    let row = 0;
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      while (row < this.count && (this.#seqsTrimmed[row] as number) < bucket << BUCKET_BITS)
        row += 1;
      this.#rowsBefore[bucket] = row;
    }
    return this;
  }

  /** The row valid after entry `seq`; -1 before the first. */
  rowAt(seq: number): number {
    if (seq < 0) return -1;
    const bucket = seq >> BUCKET_BITS;
    let low = this.#rowsBefore[bucket] as number;
    let high = this.#rowsBefore[bucket + 1] as number;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#seqsTrimmed[middle] as number) <= seq) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The value of a column in a row; 0 before the first row. */
  valueIn(row: number, column: number): number {
    return row < 0 ? 0 : (this.#valuesTrimmed[row * this.width + column] as number);
  }

  /** The entry from which a row is valid. */
  seqOf(row: number): number {
    return this.#seqsTrimmed[row] ?? -1;
  }

  valueAt(seq: number, column = 0): number {
    return this.valueIn(this.rowAt(seq), column);
  }

  #read(row: number, column: number): number {
    return this.#values.array[row * this.width + column] ?? 0;
  }
}
