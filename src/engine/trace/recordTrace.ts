// Takes down what a run does, entry by entry, and hands it over as a frozen trace.

import type { SimTime } from '../kernel/simTime';
import { int32Column, type Progressing, Table } from './columns';
import type { EntryKind, TransferType } from './entryKinds';
import { EntryKind as Kind, transferTypeCode } from './entryKinds';
import type {
  ConnectionIndex,
  EntrySeq,
  Legend,
  MessageIndex,
  NodeIndex,
  PartitionIndex,
  Trace,
  TransferIndex,
} from './trace';

/**
 * The part of a simulation that the recorder reads: its seed, the time, and what the next entry
 * follows from.
 */
export interface RecordingClock extends Progressing {
  readonly seed: number;
  readonly now: SimTime;
  cause: number;
}

/** One entry as a handler gives it; a field left out is -1 (`value`: 0). */
export interface EntryFields {
  readonly node: NodeIndex;
  readonly place?: number;
  readonly message?: MessageIndex;
  readonly transfer?: TransferIndex;
  readonly value?: number;
  readonly detail?: number;
}

/** Where a transfer goes. */
export interface TransferWay {
  readonly connection: ConnectionIndex;
  readonly from: { readonly index: NodeIndex };
  readonly to: { readonly index: NodeIndex };
}

/** A record batch in a producer's request. */
export interface SentBatch {
  readonly partition: PartitionIndex;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly isTransactional: boolean;
  readonly records: { readonly length: number };
}

/** What an answer to a fetch brings of one log. */
export interface SentRange {
  readonly partition: PartitionIndex;
  readonly fromOffset: number;
  readonly nextOffset: number;
}

/** What a transfer carries; sizes in bytes above TCP, the payload included in `bytes`. */
export interface TransferLoad {
  readonly type: TransferType;
  readonly bytes: number;
  readonly payloadBytes: number;
  readonly messages: readonly MessageIndex[];
  /** Of a produce request: the batches that its messages make. */
  readonly batches?: readonly SentBatch[];
  /** Of an answer to a fetch: where its messages stand. */
  readonly ranges?: readonly SentRange[];
}

export interface MessageFields {
  readonly from: NodeIndex;
  readonly number: number;
  readonly wantedAt: SimTime;
  readonly payloadBytes: number;
  readonly replyTo: MessageIndex;
  /** Index in the legend's keys; -1: no key. */
  readonly key: number;
  readonly readers: readonly NodeIndex[];
}

/**
 * Writes a trace while the run goes on. Entries of one handling follow from each other in order.
 */
export class TraceRecorder {
  readonly #clock: RecordingClock;
  readonly #entries = new Table({
    time: Float64Array,
    kind: Uint8Array,
    node: Int32Array,
    place: Int32Array,
    message: Int32Array,
    transfer: Int32Array,
    value: Float64Array,
    detail: Int32Array,
    cause: Int32Array,
  });
  readonly #transfers = new Table({
    connection: Int32Array,
    from: Int32Array,
    to: Int32Array,
    type: Uint8Array,
    bytes: Float64Array,
    payloadBytes: Float64Array,
    carriedFrom: Int32Array,
    carriedCount: Int32Array,
    startSeq: Int32Array,
    endSeq: Int32Array,
    dueAt: Float64Array,
  });
  readonly #messages = new Table({
    from: Int32Array,
    number: Int32Array,
    wantedAt: Float64Array,
    payloadBytes: Float64Array,
    replyTo: Int32Array,
    key: Int32Array,
    readersFrom: Int32Array,
    readersCount: Int32Array,
    sentSeq: Int32Array,
  });
  readonly #batches = new Table({
    transfer: Int32Array,
    partition: Int32Array,
    records: Int32Array,
    producerId: Int32Array,
    producerEpoch: Int32Array,
    baseSequence: Int32Array,
    transactional: Uint8Array,
  });
  readonly #ranges = new Table({
    transfer: Int32Array,
    partition: Int32Array,
    from: Int32Array,
    to: Int32Array,
  });
  readonly #carried = int32Column();
  #carriedTotal = 0;
  readonly #addressees = int32Column();
  #addresseesTotal = 0;

  constructor(clock: RecordingClock) {
    this.#clock = clock;
  }

  /** Adds an entry of this instant; what is recorded or scheduled next follows from it. */
  entry(kind: EntryKind, fields: EntryFields): EntrySeq {
    const seq = this.#begin(kind, fields.node);
    const { place, message, transfer, value, detail } = this.#entries.columns;
    place[seq] = fields.place ?? -1;
    message[seq] = fields.message ?? -1;
    transfer[seq] = fields.transfer ?? -1;
    value[seq] = fields.value ?? 0;
    detail[seq] = fields.detail ?? -1;
    return seq;
  }

  /**
   * A message that its sender hands over now. `value` of its entry: 1 if only the connected can get
   * it.
   */
  sent(fields: MessageFields, needsReaderOnline: boolean): MessageIndex {
    const message = this.#messages.addRow(this.#clock);
    const { columns } = this.#messages;
    columns.from[message] = fields.from;
    columns.number[message] = fields.number;
    columns.wantedAt[message] = fields.wantedAt;
    columns.payloadBytes[message] = fields.payloadBytes;
    columns.replyTo[message] = fields.replyTo;
    columns.key[message] = fields.key;
    columns.readersFrom[message] = this.#addresseesTotal;
    columns.readersCount[message] = fields.readers.length;
    for (const reader of fields.readers) {
      this.#addressees.reserve(this.#addresseesTotal)[this.#addresseesTotal] = reader;
      this.#addresseesTotal += 1;
    }
    const value = needsReaderOnline ? 1 : 0;
    columns.sentSeq[message] = this.entry(Kind.Sent, { node: fields.from, message, value });
    return message;
  }

  senderOf(message: MessageIndex): NodeIndex {
    return this.#messages.columns.from[message] as NodeIndex;
  }

  /** The message that this one answers or passes on, or -1. */
  replyToOf(message: MessageIndex): MessageIndex {
    return this.#messages.columns.replyTo[message] as MessageIndex;
  }

  /** The first byte of a transfer leaves now. */
  transferStarted(way: TransferWay, load: TransferLoad, dueAt: SimTime): TransferIndex {
    const transfer = this.#transfers.addRow(this.#clock);
    const { columns } = this.#transfers;
    const type = transferTypeCode(load.type);
    columns.connection[transfer] = way.connection;
    columns.from[transfer] = way.from.index;
    columns.to[transfer] = way.to.index;
    columns.type[transfer] = type;
    columns.bytes[transfer] = load.bytes;
    columns.payloadBytes[transfer] = load.payloadBytes;
    columns.carriedFrom[transfer] = this.#carriedTotal;
    columns.carriedCount[transfer] = load.messages.length;
    for (const message of load.messages) {
      this.#carried.reserve(this.#carriedTotal)[this.#carriedTotal] = message;
      this.#carriedTotal += 1;
    }
    columns.dueAt[transfer] = dueAt;
    if (load.batches !== undefined) this.#batchesLeave(transfer, load.batches);
    else if (load.ranges !== undefined) this.#rangesLeave(transfer, load.ranges);
    columns.endSeq[transfer] = -1;
    columns.startSeq[transfer] = this.#aboutTransfer(Kind.TransferStarted, transfer, type);
    return transfer;
  }

  transferArrived(transfer: TransferIndex): EntrySeq {
    const type = this.#transfers.columns.type[transfer] as number;
    return this.#ended(transfer, Kind.TransferArrived, type);
  }

  /** `reason`: index in `DROP_REASONS`. */
  transferDropped(transfer: TransferIndex, reason: number): EntrySeq {
    return this.#ended(transfer, Kind.TransferDropped, reason);
  }

  /** The trace of everything recorded; the recorder must not be used afterwards. */
  finish(legend: Legend, start: SimTime, horizon: SimTime): Trace {
    return Object.freeze({
      seed: this.#clock.seed,
      start,
      horizon,
      legend: Object.freeze(legend),
      entries: this.#entries.trimmed(),
      transfers: this.#transfers.trimmed(),
      carried: this.#carried.trimmed(this.#carriedTotal),
      messages: this.#messages.trimmed(),
      addressees: this.#addressees.trimmed(this.#addresseesTotal),
      batches: this.#batches.trimmed(),
      ranges: this.#ranges.trimmed(),
    });
  }

  #batchesLeave(transfer: TransferIndex, batches: readonly SentBatch[]): void {
    for (const batch of batches) {
      const row = this.#batches.addRow(this.#clock);
      const { columns } = this.#batches;
      columns.transfer[row] = transfer;
      columns.partition[row] = batch.partition;
      columns.records[row] = batch.records.length;
      columns.producerId[row] = batch.producerId;
      columns.producerEpoch[row] = batch.producerEpoch;
      columns.baseSequence[row] = batch.baseSequence;
      columns.transactional[row] = batch.isTransactional ? 1 : 0;
    }
  }

  #rangesLeave(transfer: TransferIndex, ranges: readonly SentRange[]): void {
    for (const range of ranges) {
      const row = this.#ranges.addRow(this.#clock);
      const { columns } = this.#ranges;
      columns.transfer[row] = transfer;
      columns.partition[row] = range.partition;
      columns.from[row] = range.fromOffset;
      columns.to[row] = range.nextOffset;
    }
  }

  #ended(transfer: TransferIndex, kind: EntryKind, value: number): EntrySeq {
    const seq = this.#aboutTransfer(kind, transfer, value);
    this.#transfers.columns.endSeq[transfer] = seq;
    return seq;
  }

  /** Adds a row and fills what every entry has. */
  #begin(kind: EntryKind, node: NodeIndex): EntrySeq {
    const seq = this.#entries.addRow(this.#clock);
    const { columns } = this.#entries;
    columns.time[seq] = this.#clock.now;
    columns.kind[seq] = kind;
    columns.node[seq] = node;
    columns.cause[seq] = this.#clock.cause;
    this.#clock.cause = seq;
    return seq;
  }

  /** An entry about a transfer. */
  #aboutTransfer(kind: EntryKind, transfer: TransferIndex, value: number): EntrySeq {
    const { connection, from, to, carriedFrom, carriedCount } = this.#transfers.columns;
    const node = kind === Kind.TransferStarted ? from : to;
    const seq = this.#begin(kind, node[transfer] as number);
    const carries = (carriedCount[transfer] as number) > 0;
    const first = carriedFrom[transfer] as number;
    const { columns } = this.#entries;
    columns.place[seq] = connection[transfer] as number;
    columns.message[seq] = carries ? (this.#carried.array[first] as number) : -1;
    columns.transfer[seq] = transfer;
    columns.value[seq] = value;
    columns.detail[seq] = -1;
    return seq;
  }
}
