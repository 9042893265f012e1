// Typed arrays that grow as rows are added; knows nothing of what the rows mean.

type Column = Float64Array | Int32Array | Uint8Array;
type ColumnKind<C extends Column> = new (length: number) => C;

const FIRST_ROWS = 64;

/** The same values, and room for more. */
export function lengthened<C extends Column>(column: C, kind: ColumnKind<C>, rows: number): C {
  const longer = new kind(rows);
  longer.set(column);
  return longer;
}

/**
 * A column that doubles when it is full. `array` is longer than the rows until `trimmed` cuts it.
 */
export class GrowingColumn<C extends Column> {
  array: C;
  readonly #kind: ColumnKind<C>;
  #room = FIRST_ROWS;

  constructor(kind: ColumnKind<C>) {
    this.#kind = kind;
    this.array = new kind(FIRST_ROWS);
  }

  set(row: number, value: number): void {
    this.reserve(row)[row] = value;
  }

  /** Makes room for a row and gives the array in which to write it. */
  reserve(row: number): C {
    if (row >= this.#room) this.#grow(row);
    return this.array;
  }

  /** The rows alone: a view, for room that was never written takes no memory. */
  trimmed(rows: number): C {
    return this.array.subarray(0, rows) as C;
  }

  #grow(row: number): void {
    this.#room = Math.max(row + 1, this.#room * 2);
    this.array = lengthened(this.array, this.#kind, this.#room);
  }
}

export const int32Column = () => new GrowingColumn(Int32Array);
export const float64Column = () => new GrowingColumn(Float64Array);

/** What the rows of a table stand for. */
export interface Progressing {
  /** The share of the whole that is over, 0–1. */
  readonly progress: number;
}

/** Rows that the whole will need if it goes on as it began; copying a long table is dear. */
export function roomFor(rows: number, progress: number): number {
  if (rows === 0) return FIRST_ROWS;
  const expected = (rows / progress) * 1.05;
  return Math.ceil(Math.min(Math.max(expected, rows * 1.25), rows * 16));
}

type ColumnKinds = Readonly<Record<string, ColumnKind<Column>>>;
/** The columns of a table, by name. */
export type Columns<K extends ColumnKinds> = { readonly [N in keyof K]: InstanceType<K[N]> };

/** Named columns that grow together. */
export class Table<K extends ColumnKinds> {
  count = 0;
  columns: Columns<K>;
  readonly #kinds: K;
  #room = FIRST_ROWS;

  constructor(kinds: K) {
    this.#kinds = kinds;
    this.columns = this.#each((kind) => new kind(FIRST_ROWS));
  }

  /** Adds a row, to be written to `columns`. */
  addRow(run: Progressing): number {
    const row = this.count;
    if (row === this.#room) this.#grow(roomFor(row, run.progress));
    this.count = row + 1;
    return row;
  }

  /** The rows alone, as views. */
  trimmed(): Readonly<{ count: number } & Columns<K>> {
    const { count } = this;
    const columns = this.#each((_, name) => (this.columns[name] as Column).subarray(0, count));
    return Object.freeze({ count, ...columns });
  }

  #grow(room: number): void {
    this.#room = room;
    this.columns = this.#each((kind, name) => lengthened(this.columns[name] as Column, kind, room));
  }

  #each(make: (kind: ColumnKind<Column>, name: string) => Column): Columns<K> {
    const made = Object.entries(this.#kinds).map(([name, kind]) => [name, make(kind, name)]);
    return Object.fromEntries(made) as Columns<K>;
  }
}
