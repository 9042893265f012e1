// Future events in order of time and of coming: a timing wheel with a wheel for each digit of the
// time, the lowest of 256 slots, the others of 32,768. Knows nothing of what an event does.

import { EventCells, type EventId, type Handler } from './eventCells';
import { SLOT_BITS, SLOTS, SlotMarks } from './slotMarks';

export type { EventId, Handler } from './eventCells';

const NONE = -1;

/** A digit of 8 bits and three of 15 hold every whole number up to 2⁵³. */
const WHEELS = 4;
const FIRST_BITS = 8;
const FIRST_SLOTS = 1 << FIRST_BITS;
/** The lower two digits are the low part of a time, the upper two the high part. */
const LOW_RANGE = FIRST_SLOTS * SLOTS;
const LAST_SLOT = SLOTS - 1;

const nothing = (): void => undefined;

/**
 * An event waits on the wheel of the highest digit in which its time differs from the queue's, and
 * moves down when the queue's time reaches its slot, unless it is alone there. Slots are first in,
 * first out, so events of one instant leave in the order in which they came. Adding takes constant
 * time, leaving at most a step for each digit, however many events are pending.
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
  /** The last cell of each slot that is not empty; the first one follows it. */
  readonly #lasts = new Int32Array(WHEELS * SLOTS).fill(NONE);
  readonly #filled = new SlotMarks(WHEELS);

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
    cells.acts[cell * 2] = handler;
    cells.acts[cell * 2 + 1] = payload;
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
      const slot = this.#nextSlot();
      const last = this.#lasts[slot] as number;
      const cell = cells.next[last] as number;
      if (slot >= SLOTS && cell !== last) {
        if (!this.#turnTo(slot, until)) return false;
        continue;
      }
      // The first of its instant, or alone in its slot: nothing is earlier.
      const time = cells.times[cell] as number;
      if (time > until) return false;
      this.#advanceTo(time);
      this.#removeFirst(slot, cell);
      const handler = cells.acts[cell * 2] as Handler<unknown> | null;
      const payload = cells.acts[cell * 2 + 1];
      cells.giveBack(cell);
      if (handler === null) continue;
      this.time = time + this.#origin;
      this.cause = cells.causes[cell] as number;
      this.handler = handler;
      this.payload = payload;
      this.size -= 1;
      return true;
    }
    return false;
  }

  /** The next slot that holds an event, of the lowest wheel that has one. */
  #nextSlot(): number {
    const filled = this.#filled;
    const near = filled.next(0, this.#low & (FIRST_SLOTS - 1));
    if (near !== NONE) return near;
    const later = filled.next(1, (this.#low >> FIRST_BITS) + 1);
    if (later !== NONE) return later;
    const far = filled.next(2, (this.#high & LAST_SLOT) + 1);
    return far !== NONE ? far : filled.next(3, (this.#high >> SLOT_BITS) + 1);
  }

  /** Moves time to the beginning of a slot, and its events down; false if that is after `until`. */
  #turnTo(slot: number, until: number): boolean {
    const digit = slot & LAST_SLOT;
    const wheel = slot >> SLOT_BITS;
    const low = wheel === 1 ? digit << FIRST_BITS : 0;
    let high = this.#high;
    if (wheel === 2) high = (high & ~LAST_SLOT) | digit;
    else if (wheel === 3) high = digit << SLOT_BITS;
    if (high * LOW_RANGE + low > until) return false;
    this.#low = low;
    this.#high = high;
    this.#moveDown(slot);
    return true;
  }

  #advanceTo(time: number): void {
    const low = time - this.#high * LOW_RANGE;
    if (low < LOW_RANGE) this.#low = low | 0;
    else {
      this.#high = Math.floor(time / LOW_RANGE);
      this.#low = time - this.#high * LOW_RANGE;
    }
  }

  #moveDown(slot: number): void {
    const cells = this.#cells;
    const last = this.#lasts[slot] as number;
    let cell = last;
    let next = cells.next[last] as number;
    this.#lasts[slot] = NONE;
    this.#filled.clear(slot);
    do {
      cell = next;
      next = cells.next[cell] as number;
      if (cells.acts[cell * 2] === null) cells.giveBack(cell);
      else this.#place(cell);
    } while (cell !== last);
  }

  /** Appends a cell to the slot in which its time belongs. */
  #place(cell: number): void {
    const { next, times } = this.#cells;
    const slot = this.#slotOf(times[cell] as number);
    const last = this.#lasts[slot] as number;
    if (last === NONE) {
      next[cell] = cell;
      this.#filled.set(slot);
    } else {
      next[cell] = next[last] as number;
      next[last] = cell;
    }
    this.#lasts[slot] = cell;
  }

  /** The slot of a time, on the wheel of the highest digit that differs from the queue's own. */
  #slotOf(time: number): number {
    const low = time - this.#high * LOW_RANGE;
    if (low < LOW_RANGE) {
      const isNear = (low ^ this.#low) < FIRST_SLOTS;
      return isNear ? low & (FIRST_SLOTS - 1) : SLOTS + (low >> FIRST_BITS);
    }
    const high = Math.floor(time / LOW_RANGE);
    const isNear = (high ^ this.#high) < SLOTS;
    return isNear ? 2 * SLOTS + (high & LAST_SLOT) : 3 * SLOTS + (high >> SLOT_BITS);
  }

  #removeFirst(slot: number, cell: number): void {
    const last = this.#lasts[slot] as number;
    if (cell === last) {
      this.#lasts[slot] = NONE;
      this.#filled.clear(slot);
    } else this.#cells.next[last] = this.#cells.next[cell] as number;
  }
}
