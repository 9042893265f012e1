// Records that have reached a consumer's client and wait for its program: first for a poll to
// return them, then for the program to come to them. Asks for nothing.

import { withOne } from '../../../kernel/shortList';
import type { MessageIndex, PartitionIndex } from '../../../trace/trace';
import type { FetchedRecords, Offset } from '../../wire/requests';

/** Records of one answer, from the place `next` on and below the place `end`. */
interface Slice {
  readonly records: FetchedRecords;
  next: number;
  readonly end: number;
}

/** What a poll has returned. */
interface ReturnedSlice extends Slice {
  /** Where the reader stands after its last record: past the markers and holes that follow it. */
  after: Offset;
}

/** One record in the program's hands. */
export interface TakenRecord {
  readonly message: MessageIndex;
  readonly partition: PartitionIndex;
  readonly offset: Offset;
  /** Where its reader stands then. */
  readonly after: Offset;
}

/** Hears what a poll does. */
export interface PollListener {
  /** The poll has moved a partition on, to where. */
  moved(partition: PartitionIndex, position: Offset): void;
  /** It did so past markers and holes alone, with no record before them to be taken first. */
  skipped(partition: PartitionIndex, position: Offset): void;
}

export class FetchBuffer {
  /** Records that no poll has returned yet. */
  unpolled = 0;
  /** In the order in which they came. */
  #fetched: Slice[] = [];
  #returned: ReturnedSlice[] = [];

  /** Takes the records of an answer that are not below `from`. */
  add(records: FetchedRecords, from: Offset): void {
    const { offsets } = records;
    const end = offsets.length;
    let next = 0;
    while (next < end && (offsets[next] as Offset) < from) next += 1;
    this.#fetched = withOne(this.#fetched, { records, next, end });
    this.unpolled += end - next;
  }

  /** Lets a poll return as many records as it may; what an earlier one returned is not counted. */
  poll(most: number, listener: PollListener): number {
    let left = most;
    for (let slice = this.#fetched[0]; slice; slice = this.#fetched[0]) {
      const { records, next } = slice;
      const count = Math.min(left, slice.end - next);
      slice.next += count;
      left -= count;
      const isAll = slice.next === slice.end;
      const { partition, offsets, nextOffset } = records;
      const after = isAll ? nextOffset : (offsets[slice.next - 1] as Offset) + 1;
      if (count > 0) {
        this.#returned = withOne(this.#returned, { records, next, end: slice.next, after });
      }
      if (!isAll) {
        if (count > 0) listener.moved(partition, offsets[slice.next] as Offset);
        break;
      }
      // What is skipped at the end of an answer (markers, holes) is passed with its last record.
      listener.moved(partition, nextOffset);
      if (count === 0) this.#skip(partition, nextOffset, listener);
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
    const offset = offsets[place] as Offset;
    const isLast = slice.next === slice.end;
    if (isLast) this.#returned.shift();
    const after = isLast ? slice.after : offset + 1;
    return { message: messages[place] as MessageIndex, partition, offset, after };
  }

  #skip(partition: PartitionIndex, position: Offset, listener: PollListener): void {
    const before = this.#returned.findLast(({ records }) => records.partition === partition);
    if (before) before.after = position;
    else listener.skipped(partition, position);
  }

  /** Forgets what no poll has returned of a partition, from this offset on. */
  drop(partition: PartitionIndex, from: Offset = 0): void {
    this.#fetched = this.#fetched.flatMap((slice) => {
      const { records, next, end } = slice;
      if (records.partition !== partition) return [slice];
      let kept = end;
      while (kept > next && (records.offsets[kept - 1] as Offset) >= from) kept -= 1;
      this.unpolled -= end - kept;
      if (kept === next) return [];
      const nextOffset = Math.min(records.nextOffset, from);
      return [{ records: { ...records, nextOffset }, next, end: kept }];
    });
  }

  /**
   * What polls have returned is not worked on after all.
   *
   * @returns where that begins, by partition.
   */
  abandonPoll(): ReadonlyMap<PartitionIndex, Offset> {
    const firsts = new Map<PartitionIndex, Offset>();
    for (const { records, next } of this.#returned) {
      const { partition, offsets } = records;
      if (!firsts.has(partition)) firsts.set(partition, offsets[next] as Offset);
    }
    this.#returned = [];
    return firsts;
  }

  clear(): void {
    this.#fetched = [];
    this.#returned = [];
    this.unpolled = 0;
  }
}
