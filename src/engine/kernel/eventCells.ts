// Where pending events are kept: in columns, each event in a cell that is used again after it.

/** A rule of the model that runs when its event happens; the payload names what it is about. */
export type Handler<Payload> = (payload: Payload) => void;

/** Names one pending event; never used twice in a queue. */
export type EventId = number & { readonly eventId: unique symbol };

const INITIAL_CAPACITY = 1_024;
// An id is uses × MOST + cell: it finds its cell at once, and is known as stale once the cell was
// given back.
const MOST = 1_048_576;
const NONE = -1;

/**
 * Apart from the queue because V8 makes a dictionary of an object with more than a dozen `#` fields
 * from about the seventh run in one page on, and every event would take six times as long.
 */
export class EventCells {
  /** The cell that follows in the same list; -1 at its end. */
  next = new Int32Array(INITIAL_CAPACITY);
  times = new Float64Array(INITIAL_CAPACITY);
  causes = new Int32Array(INITIAL_CAPACITY);
  /** Handler and payload of each cell, side by side; a handler of null: cancelled. */
  readonly acts: unknown[] = [];
  /** How often each cell was given back. */
  #uses = new Int32Array(INITIAL_CAPACITY);
  #free = NONE;
  #taken = 0;

  /** A cell to be filled. */
  take(): number {
    const cell = this.#free;
    if (cell !== NONE) {
      this.#free = this.next[cell] as number;
      return cell;
    }
    const fresh = this.#taken;
    this.#taken = fresh + 1;
    if (fresh === this.next.length) this.#grow(fresh * 2);
    return fresh;
  }

  /** The event has left; its payload is let go, so that it does not outlive what it is about. */
  giveBack(cell: number): void {
    this.#uses[cell] = (this.#uses[cell] as number) + 1;
    this.next[cell] = this.#free;
    this.#free = cell;
    this.acts[cell * 2 + 1] = undefined;
  }

  idOf(cell: number): EventId {
    return ((this.#uses[cell] as number) * MOST + cell) as EventId;
  }

  /** Takes back an event; false when it has left or was cancelled before. */
  cancel(id: EventId): boolean {
    const cell = id % MOST;
    const isStale = this.#uses[cell] !== (id - cell) / MOST;
    if (isStale || this.acts[cell * 2] === null) return false;
    this.acts[cell * 2] = null;
    this.acts[cell * 2 + 1] = undefined;
    return true;
  }

  #grow(capacity: number): void {
    if (capacity > MOST) throw new Error(`More than ${MOST} events are pending at once.`);
    const { next, times, causes } = this;
    const uses = this.#uses;
    this.next = new Int32Array(capacity);
    this.times = new Float64Array(capacity);
    this.causes = new Int32Array(capacity);
    this.#uses = new Int32Array(capacity);
    this.next.set(next);
    this.times.set(times);
    this.causes.set(causes);
    this.#uses.set(uses);
  }
}
