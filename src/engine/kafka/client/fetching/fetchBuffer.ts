// Records that have reached a consumer's client and wait for its program: first for a poll to
// return them, then for the program to come to them. Asks for nothing.

import type { MessageIndex, PartitionIndex } from '../../../trace/trace';
import type { FetchedRecords, Offset } from '../../wire/requests';

/** Records of one answer, from the place `next` on and below the place `end`. */
interface Slice {
  readonly records: FetchedRecords;
  next: number;
  end: number;
}

/** One record in the program's hands. */
export interface TakenRecord {
  readonly message: MessageIndex;
  readonly partition: PartitionIndex;
  readonly offset: Offset;
}

export class FetchBuffer {
  /** Records that no poll has returned yet. */
  unpolled = 0;
  /** In the order in which they came. */
  #fetched: Slice[] = [];
  #returned: Slice[] = [];

  /** Takes the records of an answer that are not below `from`. */
  add(records: FetchedRecords, from: Offset): void {
    const { offsets } = records;
    const end = offsets.length;
    let next = 0;
    while (next < end && (offsets[next] as Offset) < from) next += 1;
    this.#fetched.push({ records, next, end });
    this.unpolled += end - next;
  }

  /**
   * Lets a poll return as many records as it may; what an earlier one returned is not counted.
   *
   * @param moved hears of each partition that the poll has moved on, and to where.
   */
  poll(most: number, moved: (partition: PartitionIndex, position: Offset) => void): number {
    let left = most;
    for (let slice = this.#fetched[0]; slice; slice = this.#fetched[0]) {
      const { records, next } = slice;
      const count = Math.min(left, slice.end - next);
      slice.next += count;
      left -= count;
      if (count > 0) this.#returned.push({ records, next, end: slice.next });
      if (slice.next < slice.end) {
        if (count > 0) moved(records.partition, records.offsets[slice.next] as Offset);
        break;
      }
      // What is skipped at the end of an answer (markers, holes) is passed with its last record.
      moved(records.partition, records.nextOffset);
      this.#fetched.shift();
    }
    this.unpolled -= most - left;
    return most - left;
  }

  /** The next record for the program, among those that polls have returned. */
  take(): TakenRecord | null {
    const slice = this.#returned[0];
    if (!slice) return null;
    const { messages, offsets, partition } = slice.records;
    const place = slice.next;
    slice.next += 1;
    if (slice.next === slice.end) this.#returned.shift();
    return {
      message: messages[place] as MessageIndex,
      partition,
      offset: offsets[place] as Offset,
    };
  }

  /** Forgets what no poll has returned of a partition. */
  drop(partition: PartitionIndex): void {
    for (const { records, next, end } of this.#fetched) {
      if (records.partition === partition) this.unpolled -= end - next;
    }
    this.#fetched = this.#fetched.filter(({ records }) => records.partition !== partition);
  }

  /** What polls have returned is not worked on after all. */
  abandonPoll(): void {
    this.#returned = [];
  }

  clear(): void {
    this.#fetched = [];
    this.#returned = [];
    this.unpolled = 0;
  }
}
