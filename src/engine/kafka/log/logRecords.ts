// The records of one replica, one for each offset from 0; it neither assigns offsets nor knows what
// a log is.

import type { SimTime } from '../../kernel/simTime';
import type { MessageIndex } from '../../trace/trace';
import type { Offset, ProducedRecord, ProducerId } from '../wire/requests';
import type { TransactionOutcome } from './openTransactions';
import type { SequencedBatch } from './producerStates';

/** What the records of a batch in the log have in common. */
export interface LoggedBatch extends SequencedBatch {
  readonly baseOffset: Offset;
  readonly leaderEpoch: number;
  /** When the leader appended it. */
  readonly time: SimTime;
  /** Of a control batch, which has one record and ends a transaction; null: ordinary records. */
  readonly marker: TransactionOutcome | null;
}

interface LogRecord {
  readonly message: MessageIndex;
  readonly key: number;
  readonly payloadBytes: number;
  readonly sizeBytes: number;
  readonly isTombstone: boolean;
  /** Compaction has taken it out: its offset is a hole. */
  readonly isRemoved: boolean;
  readonly batch: LoggedBatch;
}

/** Records never change, so that all replicas share those that one leader has appended. */
export class LogRecords {
  readonly #records: LogRecord[] = [];

  get count(): number {
    return this.#records.length;
  }

  /** Adds a record; `sizeBytes`: what it takes in the log, its part of the batch's header included. */
  push(
    { message, key, payloadBytes, isTombstone }: ProducedRecord,
    sizeBytes: number,
    batch: LoggedBatch,
  ): void {
    const isRemoved = false;
    this.#records.push({
      message,
      key,
      payloadBytes,
      sizeBytes,
      isTombstone,
      isRemoved,
      batch,
    });
  }

  /** Adds the end of a transaction. */
  pushMarker(sizeBytes: number, batch: LoggedBatch): void {
    this.push(NO_CONTENT, sizeBytes, batch);
  }

  /** Takes over the other's records from the end of these up to `to`. */
  copy(other: LogRecords, to: Offset): void {
    for (let offset = this.count; offset < to; offset += 1) {
      this.#records.push(other.#records[offset] as LogRecord);
    }
  }

  truncateTo(count: number): void {
    this.#records.length = count;
  }

  /** Leaves a hole where a record stood, in this replica alone. */
  remove(offset: Offset): void {
    this.#records[offset] = { ...this.#at(offset), sizeBytes: 0, isRemoved: true };
  }

  /** -1 for a marker. */
  messageAt(offset: Offset): MessageIndex {
    return this.#at(offset).message;
  }

  keyAt(offset: Offset): number {
    return this.#at(offset).key;
  }

  payloadAt(offset: Offset): number {
    return this.#at(offset).payloadBytes;
  }

  /** 0 for a hole. */
  sizeAt(offset: Offset): number {
    return this.#at(offset).sizeBytes;
  }

  /** The batch of which the record is one. */
  batchAt(offset: Offset): LoggedBatch {
    return this.#at(offset).batch;
  }

  /** When the leader appended it. */
  timeAt(offset: Offset): SimTime {
    return this.batchAt(offset).time;
  }

  producerAt(offset: Offset): ProducerId {
    return this.batchAt(offset).producerId;
  }

  /** The leader epoch in which it was appended; -1 before the first record. */
  epochAt(offset: Offset): number {
    return this.#records[offset]?.batch.leaderEpoch ?? -1;
  }

  isTombstone(offset: Offset): boolean {
    return this.#at(offset).isTombstone;
  }

  isMarker(offset: Offset): boolean {
    return this.batchAt(offset).marker !== null;
  }

  isCommitMarker(offset: Offset): boolean {
    return this.batchAt(offset).marker === 'commit';
  }

  isRemoved(offset: Offset): boolean {
    return this.#at(offset).isRemoved;
  }

  /** A record that readers get: no marker and no hole. */
  isForReaders(offset: Offset): boolean {
    const { isRemoved, batch } = this.#at(offset);
    return !isRemoved && batch.marker === null;
  }

  isFirstOfBatch(offset: Offset): boolean {
    return this.batchAt(offset).baseOffset === offset;
  }

  #at(offset: Offset): LogRecord {
    return this.#records[offset] as LogRecord;
  }
}

/** What a marker has of a record. */
const NO_CONTENT: ProducedRecord = { message: -1, key: -1, payloadBytes: 0, isTombstone: false };
