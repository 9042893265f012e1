// Future events in order of time and of coming: a timing wheel with a wheel of 1,024 slots for each
// digit of the time in base 1,024. Knows nothing of what an event does.

import { EventCells, type EventId, type Handler } from './eventCells';
import { SLOT_BITS, SLOTS, SlotMarks } from './slotMarks';

export type { EventId, Handler } from './eventCells';

const NONE = -1;

/** Six digits of ten bits hold every whole number up to 2⁵³. */
const LEVELS = 6;
/** The lower three digits are the low part of a time, the upper three the high part. */
const LOW_LEVELS = 3;
const LOW_RANGE = SLOTS * SLOTS * SLOTS;
const LAST_SLOT = SLOTS - 1;

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
  // The queue's own time since the origin, low part and high part: no pending event is earlier.
  #low = 0;
  #high = 0;
  readonly #cells = new EventCells();
  /** First and last cell of each slot. */
  readonly #ends = new Int32Array(LEVELS * SLOTS * 2).fill(NONE);
  readonly #filled = new SlotMarks(LEVELS);

  /** `origin`: no event comes before it. */
  constructor(origin: number) {
    this.#origin = origin;
  }

  /** Adds an event that happens at `time`, because of the trace entry `cause` (-1: none). */
  push(time: number, cause: number, handler: Handler<unknown>, payload: unknown): EventId {
    const cells = this.#cells;
    const cell = cells.take();
    cells.times[cell] = time - this.#origin;
    cells.causes[cell] = cause;
    cells.handlers[cell] = handler;
    cells.payloads[cell] = payload;
    this.#place(cell);
    this.size += 1;
    return cells.idOf(cell);
  }

  /** Takes a pending event back; false when it has already happened or was cancelled before. */
  cancel(id: EventId): boolean {
    const wasPending = this.#cells.cancel(id);
    if (wasPending) this.size -= 1;
    return wasPending;
  }

  /** Takes the next event up to and including `end`; false when none is pending until then. */
  pop(end: number): boolean {
    const cells = this.#cells;
    const until = end - this.#origin;
    while (this.size > 0) {
      const slot = this.#filled.next(0, this.#low & LAST_SLOT);
      if (slot === NONE) {
        if (!this.#turn(until)) return false;
        continue;
      }
      const cell = this.#ends[slot * 2] as number;
      const time = cells.times[cell] as number;
      if (time > until) return false;
      this.#low = (this.#low & ~LAST_SLOT) | slot;
      this.#removeFirst(slot, cell);
      cells.giveBack(cell);
      const handler = cells.handlers[cell] as Handler<unknown> | null;
      if (handler === null) continue;
      this.time = time + this.#origin;
      this.cause = cells.causes[cell] as number;
      this.handler = handler;
      this.payload = cells.payloads[cell];
      this.size -= 1;
      return true;
    }
    return false;
  }

  /** Moves time to the next slot of the lowest wheel that holds one, and its events down. */
  #turn(until: number): boolean {
    for (let level = 1; level < LEVELS; level += 1) {
      const slot = this.#filled.next(level, this.#digit(level) + 1);
      if (slot === NONE) continue;
      const isLow = level < LOW_LEVELS;
      const shift = SLOT_BITS * (isLow ? level : level - LOW_LEVELS);
      const above = isLow ? this.#low : this.#high;
      // The higher digits stay, this one is the slot's, the lower ones are 0.
      const moved = (((above >> shift) & ~LAST_SLOT) | (slot & LAST_SLOT)) << shift;
      const low = isLow ? moved : 0;
      const high = isLow ? this.#high : moved;
      if (high * LOW_RANGE + low > until) return false;
      this.#low = low;
      this.#high = high;
      this.#moveDown(slot);
      return true;
    }
    return false;
  }

  #moveDown(slot: number): void {
    const cells = this.#cells;
    let cell = this.#ends[slot * 2] as number;
    this.#ends[slot * 2] = NONE;
    this.#filled.clear(slot);
    while (cell !== NONE) {
      const next = cells.next[cell] as number;
      if (cells.handlers[cell] === null) cells.giveBack(cell);
      else this.#place(cell);
      cell = next;
    }
  }

  /** Appends a cell to the slot in which its time belongs. */
  #place(cell: number): void {
    const { next, times } = this.#cells;
    const slot = this.#slotOf(times[cell] as number);
    next[cell] = NONE;
    if (this.#ends[slot * 2] === NONE) {
      this.#ends[slot * 2] = cell;
      this.#filled.set(slot);
    } else next[this.#ends[slot * 2 + 1] as number] = cell;
    this.#ends[slot * 2 + 1] = cell;
  }

  /** The slot of a time, as seen from the queue's own time. */
  #slotOf(time: number): number {
    const low = time - this.#high * LOW_RANGE;
    if (low < LOW_RANGE) return slotOfPart(low, low ^ this.#low);
    const high = Math.floor(time / LOW_RANGE);
    return LOW_LEVELS * SLOTS + slotOfPart(high, high ^ this.#high);
  }

  #removeFirst(slot: number, cell: number): void {
    const next = this.#cells.next[cell] as number;
    this.#ends[slot * 2] = next;
    if (next === NONE) this.#filled.clear(slot);
  }

  #digit(level: number): number {
    const part = level < LOW_LEVELS ? this.#low : this.#high;
    return (part >> ((level % LOW_LEVELS) * SLOT_BITS)) & LAST_SLOT;
  }
}

/** The slot of a part of three digits, on the wheel of the highest digit that differs. */
function slotOfPart(part: number, differing: number): number {
  if (differing < SLOTS) return part & LAST_SLOT;
  if (differing < SLOTS * SLOTS) return SLOTS + ((part >> SLOT_BITS) & LAST_SLOT);
  return 2 * SLOTS + (part >> (2 * SLOT_BITS));
}
