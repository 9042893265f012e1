// Future events in order of (time, sequence): a timing wheel with a wheel of 64 slots for each
// digit of the time in base 64. Knows nothing of what an event does.

/** A rule of the model that runs when its event happens; the payload names what it is about. */
export type Handler<Payload> = (payload: Payload) => void;

/** Names one pending event; never used twice in a queue. */
export type EventId = number & { readonly eventId: unique symbol };

const INITIAL_CAPACITY = 1_024;
// An id is sequence × CELLS + cell: it finds its cell at once, and one whose cell was reused is
// known as stale.
const CELLS = 1_048_576;
const NONE = -1;

const DIGIT_BITS = 6;
const SLOTS = 64;
/** Nine digits of six bits hold every whole number up to 2⁵³. */
const LEVELS = 9;
/** The lower five digits fit into 30 bits, the upper four into the rest. */
const LOW_LEVELS = 5;
const LOW_RANGE = 1_073_741_824;

const nothing = (): void => undefined;

/**
 * An event waits on the wheel of the highest digit in which its time differs from the queue's, and
 * moves down a wheel whenever the queue's time reaches its slot. Slots are first in, first out, so
 * events of one instant leave in the order in which they came. Adding takes constant time, leaving
 * at most a step for each digit, however many events are pending.
 */
export class EventQueue {
  /** Pending events, cancelled ones not counted. */
  size = 0;
  /** Of the event that `pop` took last: its time, its cause, and what it does to what. */
  time = 0;
  cause = NONE;
  handler: Handler<unknown> = nothing;
  payload: unknown = undefined;

  readonly #origin: number;
  #sequence = 0;
  // The queue's own time since the origin: no pending event is earlier.
  #low = 0;
  #high = 0;

  readonly #heads = new Int32Array(LEVELS * SLOTS).fill(NONE);
  readonly #tails = new Int32Array(LEVELS * SLOTS).fill(NONE);
  /** One bit a slot that holds anything, two words a wheel. */
  readonly #filled = new Int32Array(LEVELS * 2);

  #next = new Int32Array(INITIAL_CAPACITY);
  #times = new Float64Array(INITIAL_CAPACITY);
  #sequences = new Float64Array(INITIAL_CAPACITY);
  #causes = new Int32Array(INITIAL_CAPACITY);
  readonly #handlers: (Handler<unknown> | null)[] = [];
  readonly #payloads: unknown[] = [];
  #free = NONE;
  #used = 0;

  /** `origin`: no event comes before it. */
  constructor(origin: number) {
    this.#origin = origin;
  }

  /** Adds an event that happens at `time`, because of the trace entry `cause` (-1: none). */
  push(time: number, cause: number, handler: Handler<unknown>, payload: unknown): EventId {
    const cell = this.#takeCell();
    const sequence = this.#sequence;
    this.#sequence = sequence + 1;
    this.#times[cell] = time - this.#origin;
    this.#sequences[cell] = sequence;
    this.#causes[cell] = cause;
    this.#handlers[cell] = handler;
    this.#payloads[cell] = payload;
    this.#place(cell);
    this.size += 1;
    return (sequence * CELLS + cell) as EventId;
  }

  /** Takes a pending event back; false when it has already happened or was cancelled before. */
  cancel(id: EventId): boolean {
    const cell = id % CELLS;
    const isStale = this.#sequences[cell] !== (id - cell) / CELLS;
    if (isStale || this.#handlers[cell] === null) return false;
    this.#handlers[cell] = null;
    this.#payloads[cell] = undefined;
    this.size -= 1;
    return true;
  }

  /** Takes the next event up to and including `end`; false when none is pending until then. */
  pop(end: number): boolean {
    const until = end - this.#origin;
    while (this.size > 0) {
      const near = this.#nextSlot(0, this.#low & 63);
      const place = near === NONE ? this.#nextPlace() : near;
      if (place === NONE) return false;
      const cell = this.#heads[place] as number;
      if (near === NONE && this.#tails[place] !== cell) {
        if (!this.#turnTo(place, until)) return false;
        continue;
      }
      // The first of a near slot, or alone in the first slot of a higher wheel: nothing is earlier.
      const time = this.#times[cell] as number;
      if (time > until) return false;
      if (near === NONE) this.#advanceTo(time);
      else this.#low = (this.#low & ~63) | near;
      this.#unlinkFirst(place, cell);
      const handler = this.#handlers[cell] as Handler<unknown> | null;
      const payload = this.#payloads[cell];
      this.#giveBack(cell);
      if (handler === null) continue;
      this.time = time + this.#origin;
      this.cause = this.#causes[cell] as number;
      this.handler = handler;
      this.payload = payload;
      this.size -= 1;
      return true;
    }
    return false;
  }

  #advanceTo(time: number): void {
    this.#high = Math.floor(time / LOW_RANGE);
    this.#low = time - this.#high * LOW_RANGE;
  }

  /** The next slot of the lowest wheel above the first that holds anything; -1 if none does. */
  #nextPlace(): number {
    for (let level = 1; level < LEVELS; level += 1) {
      const place = this.#nextSlot(level, this.#digit(level) + 1);
      if (place !== NONE) return place;
    }
    return NONE;
  }

  /** Moves time to the beginning of a slot, and its events down; false when that is after `until`. */
  #turnTo(place: number, until: number): boolean {
    const level = Math.floor(place / SLOTS);
    const digit = place - level * SLOTS;
    const isLow = level < LOW_LEVELS;
    const shift = DIGIT_BITS * (isLow ? level : level - LOW_LEVELS);
    const above = isLow ? this.#low : this.#high;
    // The higher digits stay, this one is the slot's, the lower ones are 0.
    const moved = ((above >> shift) & ~63) | digit;
    const low = isLow ? moved << shift : 0;
    const high = isLow ? this.#high : moved << shift;
    if (high * LOW_RANGE + low > until) return false;
    this.#low = low;
    this.#high = high;
    this.#moveDown(place);
    return true;
  }

  #moveDown(place: number): void {
    let cell = this.#heads[place] as number;
    this.#heads[place] = NONE;
    this.#clear(place);
    while (cell !== NONE) {
      const next = this.#next[cell] as number;
      if (this.#handlers[cell] === null) this.#giveBack(cell);
      else this.#place(cell);
      cell = next;
    }
  }

  /** Appends a cell to the slot in which its time belongs, as seen from the queue's time. */
  #place(cell: number): void {
    const time = this.#times[cell] as number;
    const low = time - this.#high * LOW_RANGE;
    let place = 0;
    if (low >= LOW_RANGE) {
      const high = Math.floor(time / LOW_RANGE);
      const level = ((31 - Math.clz32(high ^ this.#high)) / DIGIT_BITS) | 0;
      place = (LOW_LEVELS + level) * SLOTS + ((high >> (level * DIGIT_BITS)) & 63);
    } else {
      const differing = low ^ this.#low;
      const level = differing === 0 ? 0 : ((31 - Math.clz32(differing)) / DIGIT_BITS) | 0;
      place = level * SLOTS + ((low >> (level * DIGIT_BITS)) & 63);
    }
    this.#next[cell] = NONE;
    if (this.#heads[place] === NONE) {
      this.#heads[place] = cell;
      this.#filled[place >> 5] = (this.#filled[place >> 5] as number) | (1 << (place & 31));
    } else this.#next[this.#tails[place] as number] = cell;
    this.#tails[place] = cell;
  }

  #unlinkFirst(place: number, cell: number): void {
    const next = this.#next[cell] as number;
    this.#heads[place] = next;
    if (next === NONE) this.#clear(place);
  }

  #clear(place: number): void {
    this.#filled[place >> 5] = (this.#filled[place >> 5] as number) & ~(1 << (place & 31));
  }

  /** The first filled slot of a wheel from `digit` on; -1 if there is none. */
  #nextSlot(level: number, digit: number): number {
    const word = level * 2;
    if (digit < 32) {
      const bits = (this.#filled[word] as number) & (-1 << digit);
      if (bits !== 0) return level * SLOTS + 31 - Math.clz32(bits & -bits);
    }
    if (digit >= SLOTS) return NONE;
    const mask = digit > 32 ? -1 << (digit - 32) : -1;
    const bits = (this.#filled[word + 1] as number) & mask;
    return bits === 0 ? NONE : level * SLOTS + 63 - Math.clz32(bits & -bits);
  }

  #digit(level: number): number {
    return level < LOW_LEVELS
      ? (this.#low >> (level * DIGIT_BITS)) & 63
      : (this.#high >> ((level - LOW_LEVELS) * DIGIT_BITS)) & 63;
  }

  #takeCell(): number {
    const cell = this.#free;
    if (cell !== NONE) {
      this.#free = this.#next[cell] as number;
      return cell;
    }
    const fresh = this.#used;
    this.#used = fresh + 1;
    if (fresh === this.#next.length) this.#grow(fresh * 2);
    return fresh;
  }

  #giveBack(cell: number): void {
    this.#handlers[cell] = null;
    this.#payloads[cell] = undefined;
    this.#next[cell] = this.#free;
    this.#free = cell;
  }

  #grow(capacity: number): void {
    if (capacity > CELLS) throw new Error(`More than ${CELLS} events are pending at once.`);
    const next = new Int32Array(capacity);
    const times = new Float64Array(capacity);
    const sequences = new Float64Array(capacity);
    const causes = new Int32Array(capacity);
    next.set(this.#next);
    times.set(this.#times);
    sequences.set(this.#sequences);
    causes.set(this.#causes);
    this.#next = next;
    this.#times = times;
    this.#sequences = sequences;
    this.#causes = causes;
  }
}
