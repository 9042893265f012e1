// The records of one replica in columns, a row for each offset from 0; it neither assigns offsets
// nor knows what a log is.

import type { SimTime } from '../../kernel/simTime';
import type { MessageIndex } from '../../trace/trace';
import type { Offset, ProducedRecord, ProducerId } from '../wire/requests';

/** What a record is besides an ordinary one; bits. */
const TOMBSTONE = 1;
const MARKER = 2;
const COMMIT = 4;
/** Compaction has taken it out: its offset is a hole. */
const REMOVED = 8;
const FIRST_OF_BATCH = 16;

/** What the records of a batch have in common. */
export interface BatchFacts {
  readonly producerId: ProducerId;
  readonly leaderEpoch: number;
  readonly time: SimTime;
}

/** Plain arrays and no object for a record: a run copies each one for every replica. */
export class RecordColumns {
  readonly #messages: MessageIndex[] = [];
  readonly #keys: number[] = [];
  readonly #payloads: number[] = [];
  readonly #sizes: number[] = [];
  readonly #times: SimTime[] = [];
  readonly #producers: ProducerId[] = [];
  readonly #epochs: number[] = [];
  readonly #flags: number[] = [];

  get count(): number {
    return this.#messages.length;
  }

  /** Adds a record; `sizeBytes`: what it takes in the log, its part of the batch's header included. */
  push(record: ProducedRecord, sizeBytes: number, facts: BatchFacts, isFirst: boolean): void {
    const flags = (record.isTombstone ? TOMBSTONE : 0) | (isFirst ? FIRST_OF_BATCH : 0);
    this.#messages.push(record.message);
    this.#keys.push(record.key);
    this.#payloads.push(record.payloadBytes);
    this.#add(sizeBytes, facts, flags);
  }

  /** Adds the end of a transaction: a control batch of one record. */
  pushMarker(sizeBytes: number, facts: BatchFacts, isCommit: boolean): void {
    this.#messages.push(-1);
    this.#keys.push(-1);
    this.#payloads.push(0);
    this.#add(sizeBytes, facts, MARKER | FIRST_OF_BATCH | (isCommit ? COMMIT : 0));
  }

  /** Copies the other's rows from the end of these up to `to`. */
  copy(other: RecordColumns, to: Offset): void {
    for (let row = this.count; row < to; row += 1) {
      this.#messages.push(other.#messages[row] as MessageIndex);
      this.#keys.push(other.#keys[row] as number);
      this.#payloads.push(other.#payloads[row] as number);
      this.#sizes.push(other.#sizes[row] as number);
      this.#times.push(other.#times[row] as SimTime);
      this.#producers.push(other.#producers[row] as ProducerId);
      this.#epochs.push(other.#epochs[row] as number);
      this.#flags.push(other.#flags[row] as number);
    }
  }

  truncateTo(count: number): void {
    this.#messages.length = count;
    this.#keys.length = count;
    this.#payloads.length = count;
    this.#sizes.length = count;
    this.#times.length = count;
    this.#producers.length = count;
    this.#epochs.length = count;
    this.#flags.length = count;
  }

  /** Leaves a hole where a record stood. */
  remove(offset: Offset): void {
    this.#flags[offset] = (this.#flags[offset] as number) | REMOVED;
    this.#sizes[offset] = 0;
  }

  /** -1 for a marker. */
  messageAt(offset: Offset): MessageIndex {
    return this.#messages[offset] as MessageIndex;
  }

  keyAt(offset: Offset): number {
    return this.#keys[offset] as number;
  }

  payloadAt(offset: Offset): number {
    return this.#payloads[offset] as number;
  }

  /** 0 for a hole. */
  sizeAt(offset: Offset): number {
    return this.#sizes[offset] as number;
  }

  /** When the leader appended it. */
  timeAt(offset: Offset): SimTime {
    return this.#times[offset] as SimTime;
  }

  producerAt(offset: Offset): ProducerId {
    return this.#producers[offset] as ProducerId;
  }

  /** The leader epoch in which it was appended; -1 before the first record. */
  epochAt(offset: Offset): number {
    return this.#epochs[offset] ?? -1;
  }

  isTombstone(offset: Offset): boolean {
    return ((this.#flags[offset] as number) & TOMBSTONE) !== 0;
  }

  isMarker(offset: Offset): boolean {
    return ((this.#flags[offset] as number) & MARKER) !== 0;
  }

  isCommitMarker(offset: Offset): boolean {
    return ((this.#flags[offset] as number) & COMMIT) !== 0;
  }

  isRemoved(offset: Offset): boolean {
    return ((this.#flags[offset] as number) & REMOVED) !== 0;
  }

  /** A record that readers get: no marker and no hole. */
  isForReaders(offset: Offset): boolean {
    return ((this.#flags[offset] as number) & (MARKER | REMOVED)) === 0;
  }

  isFirstOfBatch(offset: Offset): boolean {
    return ((this.#flags[offset] as number) & FIRST_OF_BATCH) !== 0;
  }

  #add(sizeBytes: number, facts: BatchFacts, flags: number): void {
    this.#sizes.push(sizeBytes);
    this.#times.push(facts.time);
    this.#producers.push(facts.producerId);
    this.#epochs.push(facts.leaderEpoch);
    this.#flags.push(flags);
  }
}
