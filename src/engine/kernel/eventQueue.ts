// Future events in order of (time, sequence); knows nothing of what an event does.

const INITIAL_CAPACITY = 1024;

/** Names one pending event; never used twice in a queue. */
export type EventId = number & { readonly eventId: unique symbol };

// An id is sequence × SLOTS + slot: it finds its slot at once, and an id whose slot was reused is
// known as stale.
const SLOTS = 1_048_576;

/**
 * A four-ary heap over typed arrays. Events of one instant leave in the order in which they came,
 * because the
 * sequence number breaks the tie; a cancelled event leaves silently when its turn comes.
 */
export class EventQueue<T> {
  /** Pending events, cancelled ones not counted. */
  size = 0;
  /** Time of the event that `pop` returned last. */
  time = 0;
  /** Cause of the event that `pop` returned last. */
  cause = -1;

  #length = 0;
  #sequence = 0;
  #heap = new Int32Array(INITIAL_CAPACITY);
  #times = new Float64Array(INITIAL_CAPACITY);
  #slotSequences = new Float64Array(INITIAL_CAPACITY);
  #slotCauses = new Int32Array(INITIAL_CAPACITY);
  #slotItems: (T | null)[] = new Array<T | null>(INITIAL_CAPACITY).fill(null);
  #freeSlots = new Int32Array(INITIAL_CAPACITY);
  #freeCount = 0;

  constructor() {
    this.#releaseSlots(0, INITIAL_CAPACITY);
  }

  /** Adds an event that happens at `time` because of the trace entry `cause` (-1: none). */
  push(time: number, item: T, cause: number): EventId {
    if (this.#freeCount === 0) this.#grow();
    this.#freeCount -= 1;
    const slot = this.#freeSlots[this.#freeCount] as number;
    const sequence = this.#sequence;
    this.#sequence += 1;
    this.#slotSequences[slot] = sequence;
    this.#slotCauses[slot] = cause;
    this.#slotItems[slot] = item;
    this.#siftUp(this.#length, time, slot);
    this.#length += 1;
    this.size += 1;
    return (sequence * SLOTS + slot) as EventId;
  }

  /** Takes a pending event back; false when it has already happened or was cancelled before. */
  cancel(id: EventId): boolean {
    const slot = id % SLOTS;
    const sequence = (id - slot) / SLOTS;
    if (this.#slotSequences[slot] !== sequence || this.#slotItems[slot] === null) return false;
    this.#slotItems[slot] = null;
    this.size -= 1;
    return true;
  }

  /** Time of the next event; Infinity when none is pending. */
  peekTime(): number {
    while (this.#length > 0 && this.#slotItems[this.#heap[0] as number] === null) this.#removeTop();
    return this.#length > 0 ? (this.#times[0] as number) : Number.POSITIVE_INFINITY;
  }

  /** Removes the next event and returns it; undefined when none is pending. */
  pop(): T | undefined {
    while (this.#length > 0) {
      const slot = this.#heap[0] as number;
      const item = this.#slotItems[slot] as T | null;
      this.time = this.#times[0] as number;
      this.cause = this.#slotCauses[slot] as number;
      this.#removeTop();
      if (item === null) continue;
      this.size -= 1;
      return item;
    }
    return undefined;
  }

  #removeTop(): void {
    const slot = this.#heap[0] as number;
    this.#slotItems[slot] = null;
    this.#freeSlots[this.#freeCount] = slot;
    this.#freeCount += 1;
    this.#length -= 1;
    const last = this.#heap[this.#length] as number;
    if (this.#length > 0) this.#siftDown(this.#times[this.#length] as number, last);
  }

  #siftUp(from: number, time: number, slot: number): void {
    const heap = this.#heap;
    const times = this.#times;
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 2;
      // A newcomer bears the highest sequence number, so it never passes an equal time.
      if ((times[parent] as number) <= time) break;
      heap[place] = heap[parent] as number;
      times[place] = times[parent] as number;
      place = parent;
    }
    heap[place] = slot;
    times[place] = time;
  }

  #siftDown(time: number, slot: number): void {
    const heap = this.#heap;
    const times = this.#times;
    const sequences = this.#slotSequences;
    const length = this.#length;
    const sequence = sequences[slot] as number;
    let place = 0;
    for (;;) {
      const first = place * 4 + 1;
      if (first >= length) break;
      const end = first + 4 < length ? first + 4 : length;
      let best = first;
      let bestTime = times[first] as number;
      for (let child = first + 1; child < end; child += 1) {
        const childTime = times[child] as number;
        if (childTime > bestTime) continue;
        if (childTime === bestTime && this.#comesAfter(child, best)) continue;
        best = child;
        bestTime = childTime;
      }
      if (bestTime > time) break;
      const bestSlot = heap[best] as number;
      if (bestTime === time && (sequences[bestSlot] as number) > sequence) break;
      heap[place] = bestSlot;
      times[place] = bestTime;
      place = best;
    }
    heap[place] = slot;
    times[place] = time;
  }

  #comesAfter(place: number, other: number): boolean {
    const sequences = this.#slotSequences;
    const mine = sequences[this.#heap[place] as number] as number;
    return mine > (sequences[this.#heap[other] as number] as number);
  }

  #grow(): void {
    const before = this.#heap.length;
    const after = before * 2;
    if (after > SLOTS) throw new Error(`More than ${SLOTS} events are pending at once.`);
    this.#heap = grownInt32(this.#heap, after);
    this.#times = grownFloat64(this.#times, after);
    this.#slotSequences = grownFloat64(this.#slotSequences, after);
    this.#slotCauses = grownInt32(this.#slotCauses, after);
    this.#freeSlots = new Int32Array(after);
    for (let slot = before; slot < after; slot += 1) this.#slotItems.push(null);
    this.#releaseSlots(before, after);
  }

  #releaseSlots(from: number, to: number): void {
    for (let slot = to - 1; slot >= from; slot -= 1) {
      this.#freeSlots[this.#freeCount] = slot;
      this.#freeCount += 1;
    }
  }
}

function grownInt32(from: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(length);
  grown.set(from);
  return grown;
}

function grownFloat64(from: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(length);
  grown.set(from);
  return grown;
}
