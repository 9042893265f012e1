// Values that change at some entries and stand still between them; found at any entry in constant
// time.

import { lengthened, roomFor } from '../columns';

/** Entries per bucket, as a power of two: a lookup searches the rows of one bucket only. */
const BUCKET_BITS = 8;
/** So many rows are found without buckets. */
const FEW_ROWS = 1 << BUCKET_BITS;
/** Of ten thousand connections most stand still once they are open. */
const FIRST_ROWS = 4;
// What has never changed takes no room of its own.
const NO_SEQS = new Int32Array(0);
const NOTHING_YET = new Float64Array(0);

/**
 * Rows of `width` numbers, each valid from its entry to the next row's. Changes of one instant fall
 * into one row: nobody can look between two entries of an instant.
 */
export class StepSeries {
  readonly width: number;
  readonly #entryCount: number;
  /** The newest values; they become a row when the next instant begins. */
  #now: Float64Array = NOTHING_YET;
  #seq = -1;
  #time = Number.NaN;
  #hasChanged = false;
  #count = 0;
  // Longer than the rows until the series is sealed.
  #seqs = NO_SEQS;
  #values = NOTHING_YET;
  /** By bucket; empty where all rows are as few as those of a bucket. */
  #rowsBefore = NO_SEQS;

  /** `entryCount`: of the trace whose entries change it. */
  constructor(width: number, entryCount: number) {
    this.width = width;
    this.#entryCount = entryCount;
  }

  /** What changes next changes with entry `seq`. */
  at(seq: number, time: number): void {
    if (time === this.#time) return;
    if (this.#hasChanged) this.#endRow();
    else if (this.#now === NOTHING_YET) this.#now = new Float64Array(this.width);
    this.#seq = seq;
    this.#time = time;
  }

  add(column: number, amount: number): void {
    this.#now[column] = this.last(column) + amount;
    this.#hasChanged = true;
  }

  set(column: number, value: number): void {
    this.#now[column] = value;
    this.#hasChanged = true;
  }

  /** The newest value. */
  last(column: number): number {
    return this.#now === NOTHING_YET ? 0 : (this.#now[column] as number);
  }

  /** Ends the writing; from here on the series is read. */
  seal(): this {
    if (this.#hasChanged) this.#endRow();
    const count = this.#count;
    if (count <= FEW_ROWS) return this;
    const buckets = (this.#entryCount >> BUCKET_BITS) + 2;
    this.#rowsBefore = new Int32Array(buckets);
    let row = 0;
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      while (row < count && (this.#seqs[row] as number) < bucket << BUCKET_BITS) row += 1;
      this.#rowsBefore[bucket] = row;
    }
    return this;
  }

  /** The row valid after entry `seq`; -1 before the first. */
  rowAt(seq: number): number {
    if (seq < 0) return -1;
    const bucket = seq >> BUCKET_BITS;
    const isShort = this.#count <= FEW_ROWS;
    let low = isShort ? 0 : (this.#rowsBefore[bucket] as number);
    let high = isShort ? this.#count : (this.#rowsBefore[bucket + 1] as number);
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#seqs[middle] as number) <= seq) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The value of a column in a row; 0 before the first row. */
  valueIn(row: number, column: number): number {
    return row < 0 ? 0 : (this.#values[row * this.width + column] as number);
  }

  valueAt(seq: number, column = 0): number {
    return this.valueIn(this.rowAt(seq), column);
  }

  #endRow(): void {
    const row = this.#count;
    const { width } = this;
    if (row === this.#seqs.length) this.#grow();
    this.#count = row + 1;
    this.#hasChanged = false;
    this.#seqs[row] = this.#seq;
    const first = row * width;
    const values = this.#values;
    const now = this.#now;
    for (let column = 0; column < width; column += 1) {
      values[first + column] = now[column] as number;
    }
  }

  #grow(): void {
    const rows = this.#count;
    const room = rows === 0 ? FIRST_ROWS : roomFor(rows, this.#seq / this.#entryCount);
    this.#seqs = lengthened(this.#seqs, Int32Array, room);
    this.#values = lengthened(this.#values, Float64Array, room * this.width);
  }
}
