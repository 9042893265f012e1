// One replica's log: appends as leader, copies as follower, is cut; what it knows of producers,
// transactions and segments it reads from its records when asked. It knows no other replica.

import type { SimTime } from '../../kernel/simTime';
import { BATCH_HEADER_BYTES, recordBytes } from '../wire/recordBatch';
import type { Offset, ProducerId, RecordBatch } from '../wire/requests';
import { LeaderEpochs } from './leaderEpochs';
import { type LoggedBatch, LogRecords } from './logRecords';
import {
  type AbortedTransaction,
  OpenTransactions,
  type TransactionOutcome,
} from './openTransactions';
import { ProducerStates, type SequencedBatch, sequenceAfter, type Verdict } from './producerStates';
import { LogSegments, type SegmentContents, type SegmentSettings } from './segments';

/** The end of a transaction on one partition. */
export interface TransactionMarker {
  readonly producerId: ProducerId;
  readonly producerEpoch: number;
  readonly outcome: TransactionOutcome;
}

/** When and under which leader something is appended. */
export interface AppendFacts {
  readonly leaderEpoch: number;
  readonly now: SimTime;
}

/** A control record's key, its version and type, and its value, a version and an epoch. */
const MARKER_KEY_BYTES = 4;
const MARKER_PAYLOAD_BYTES = 6;
const NONE_ABORTED: readonly AbortedTransaction[] = [];
const NEVER = Number.NEGATIVE_INFINITY as SimTime;

export class ReplicaLog {
  readonly records = new LogRecords();
  readonly epochs = new LeaderEpochs();
  /** Oldest offset that can still be read (log start offset); older rows are kept out of sight. */
  logStart: Offset = 0;
  /** Grows with each cut: what was to be copied from here before it is no longer here. */
  cuts = 0;
  /** Whether a transaction ever wrote here. */
  hasTransactions = false;
  readonly #keyBytes: readonly number[];
  /** How far the producers' states and the transactions have read the records. */
  #readTo: Offset = 0;
  readonly #producers = new ProducerStates();
  readonly #transactions = new OpenTransactions();
  readonly #segments: LogSegments;

  /** `keyBytes`: length of each key of the legend. */
  constructor(settings: SegmentSettings, keyBytes: readonly number[]) {
    this.#keyBytes = keyBytes;
    this.#segments = new LogSegments(settings);
  }

  /** Offset that the next record will get (log end offset). */
  get logEnd(): Offset {
    return this.records.count;
  }

  /** Leader epoch of the last record; -1 without one. */
  get lastEpoch(): number {
    return this.records.epochAt(this.logEnd - 1);
  }

  /** What a leader makes of a batch before it appends it. */
  check(batch: RecordBatch): Verdict {
    this.#readOn();
    return this.#producers.check(sequencedBatch(batch));
  }

  /** @returns the offset of the batch's first record. */
  append(batch: RecordBatch, { leaderEpoch, now }: AppendFacts): Offset {
    const base = this.logEnd;
    const logged: LoggedBatch = {
      producerId: batch.producerId,
      epoch: batch.producerEpoch,
      firstSequence: batch.baseSequence,
      lastSequence: sequenceAfter(batch.baseSequence, batch.records.length - 1),
      transactional: batch.isTransactional,
      baseOffset: base,
      leaderEpoch,
      time: now,
      marker: null,
    };
    let place = 0;
    for (const record of batch.records) {
      const header = place === 0 ? BATCH_HEADER_BYTES : 0;
      const keyBytes = record.key < 0 ? -1 : (this.#keyBytes[record.key] as number);
      const size = header + recordBytes(record.payloadBytes, place, keyBytes);
      this.records.push(record, size, logged);
      place += 1;
    }
    if (batch.isTransactional) this.hasTransactions = true;
    return base;
  }

  /** @returns the offset of the marker. */
  appendMarker(marker: TransactionMarker, { leaderEpoch, now }: AppendFacts): Offset {
    const offset = this.logEnd;
    const size = BATCH_HEADER_BYTES + recordBytes(MARKER_PAYLOAD_BYTES, 0, MARKER_KEY_BYTES);
    this.records.pushMarker(size, {
      producerId: marker.producerId,
      epoch: marker.producerEpoch,
      firstSequence: -1,
      lastSequence: -1,
      transactional: true,
      baseOffset: offset,
      leaderEpoch,
      time: now,
      marker: marker.outcome,
    });
    this.hasTransactions = true;
    return offset;
  }

  /** Takes over what the leader's log holds from the end of this one up to `to`, whole batches. */
  copyFrom(leader: ReplicaLog, to: Offset): void {
    const from = this.logEnd;
    this.records.copy(leader.records, to);
    for (let offset = from; offset < to; offset += 1) {
      const { leaderEpoch, transactional } = this.records.batchAt(offset);
      if (leaderEpoch !== this.epochs.latest) this.epochs.assign(leaderEpoch, offset);
      if (transactional) this.hasTransactions = true;
    }
  }

  /** Forgets what is at or above `logEnd`. */
  truncateTo(logEnd: Offset): void {
    if (logEnd >= this.logEnd) return;
    this.cuts += 1;
    this.records.truncateTo(logEnd);
    this.epochs.truncateTo(logEnd);
    this.logStart = Math.min(this.logStart, logEnd);
    if (this.#readTo > logEnd) {
      this.#readTo = logEnd;
      this.#producers.truncateTo(logEnd);
      this.#transactions.truncateTo(logEnd);
    }
    this.#segments.truncateTo(logEnd, (from, to) => this.#contents(from, to));
  }

  advanceLogStart(to: Offset): void {
    this.logStart = Math.max(this.logStart, Math.min(to, this.logEnd));
    this.#transactions.advanceLogStart(this.logStart);
  }

  /** The offset below which `read_committed` may read. */
  lastStableOffset(highWatermark: Offset): Offset {
    if (!this.hasTransactions) return highWatermark;
    this.#readOn();
    return this.#transactions.lastStableOffset(highWatermark);
  }

  /** Transactions that void some of the records from `from` up to `to`. */
  abortedIn(from: Offset, to: Offset): readonly AbortedTransaction[] {
    if (!this.hasTransactions) return NONE_ABORTED;
    this.#readOn();
    return this.#transactions.abortedIn(from, to);
  }

  /** The segments that the records up to now make. */
  segments(): LogSegments {
    const { records } = this;
    let base = this.#segments.logEnd;
    while (base < this.logEnd) {
      let end = base + 1;
      while (end < this.logEnd && !records.isFirstOfBatch(end)) end += 1;
      const { sizeBytes, newestTimestamp } = this.#contents(base, end);
      this.#segments.append({ baseOffset: base, lastOffset: end - 1, sizeBytes, newestTimestamp });
      base = end;
    }
    return this.#segments;
  }

  #contents(from: Offset, to: Offset): SegmentContents {
    let sizeBytes = 0;
    let newestTimestamp = NEVER;
    for (let offset = from; offset < to; offset += 1) {
      sizeBytes += this.records.sizeAt(offset);
      newestTimestamp = Math.max(newestTimestamp, this.records.timeAt(offset)) as SimTime;
    }
    return { sizeBytes, newestTimestamp };
  }

  /** Tells the producers' states and the transactions of each batch since the last time. */
  #readOn(): void {
    const { records } = this;
    for (; this.#readTo < this.logEnd; this.#readTo += 1) {
      const offset = this.#readTo;
      const batch = records.batchAt(offset);
      const { baseOffset, producerId, epoch, transactional, marker } = batch;
      if (baseOffset !== offset || producerId < 0) continue;
      if (marker === null) {
        this.#producers.appended(batch, offset);
        if (transactional) this.#transactions.begin(producerId, offset);
      } else {
        this.#producers.markerAppended({ producerId, epoch }, offset);
        this.#transactions.end(producerId, offset, marker);
      }
    }
  }
}

function sequencedBatch(batch: RecordBatch): SequencedBatch {
  return {
    producerId: batch.producerId,
    epoch: batch.producerEpoch,
    firstSequence: batch.baseSequence,
    lastSequence: sequenceAfter(batch.baseSequence, batch.records.length - 1),
    transactional: batch.isTransactional,
  };
}
