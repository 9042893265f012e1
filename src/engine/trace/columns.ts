// Typed arrays that grow as rows are added; knows nothing of what the rows mean.

interface NumberArray {
  readonly length: number;
  [index: number]: number;
  set(from: ArrayLike<number>): void;
  slice(start: number, end: number): NumberArray;
}

/**
 * A column that doubles when it is full. `array` is longer than the rows until `trimmed` cuts it.
 */
export class GrowingColumn<A extends NumberArray> {
  array: A;
  readonly #make: (length: number) => A;

  constructor(make: (length: number) => A) {
    this.#make = make;
    this.array = make(64);
  }

  set(row: number, value: number): void {
    if (row >= this.array.length) this.#grow(row + 1);
    this.array[row] = value;
  }

  /** Makes room for a row, so that it may be written to `array` without asking again. */
  reserve(row: number): void {
    if (row >= this.array.length) this.#grow(row + 1);
  }

  trimmed(rows: number): A {
    return this.array.slice(0, rows) as A;
  }

  #grow(atLeast: number): void {
    const grown = this.#make(Math.max(atLeast, this.array.length * 2));
    grown.set(this.array);
    this.array = grown;
  }
}

export const int32Column = () => new GrowingColumn<Int32Array>((length) => new Int32Array(length));
export const uint8Column = () => new GrowingColumn<Uint8Array>((length) => new Uint8Array(length));
export const float64Column = () =>
  new GrowingColumn<Float64Array>((length) => new Float64Array(length));
