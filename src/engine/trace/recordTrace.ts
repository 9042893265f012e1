// Takes down what a run does, entry by entry, and hands it over as a frozen trace.

import type { SimTime } from '../kernel/simTime';
import { float64Column, int32Column, uint8Column } from './columns';
import type { EntryKind, TransferType } from './entryKinds';
import { EntryKind as Kind, transferTypeCode } from './entryKinds';
import type {
  ConnectionIndex,
  EntrySeq,
  Legend,
  MessageIndex,
  NodeIndex,
  Trace,
  TransferIndex,
} from './trace';

/**
 * The part of a simulation that the recorder reads: the time, and what the next entry follows from.
 */
export interface RecordingClock {
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

/** What a transfer carries; sizes in bytes above TCP, the payload included in `bytes`. */
export interface TransferLoad {
  readonly type: TransferType;
  readonly bytes: number;
  readonly payloadBytes: number;
  readonly messages: readonly MessageIndex[];
}

export interface MessageFields {
  readonly from: NodeIndex;
  readonly number: number;
  readonly wantedAt: SimTime;
  readonly payloadBytes: number;
  readonly replyTo: MessageIndex;
  readonly readers: readonly NodeIndex[];
}

/**
 * Writes a trace while the run goes on. Entries of one handling follow from each other in order.
 */
export class TraceRecorder {
  entryCount = 0;
  transferCount = 0;
  messageCount = 0;

  readonly #clock: RecordingClock;
  readonly #time = float64Column();
  readonly #kind = uint8Column();
  readonly #node = int32Column();
  readonly #place = int32Column();
  readonly #message = int32Column();
  readonly #transfer = int32Column();
  readonly #value = float64Column();
  readonly #detail = int32Column();
  readonly #cause = int32Column();

  readonly #transferConnection = int32Column();
  readonly #transferFrom = int32Column();
  readonly #transferTo = int32Column();
  readonly #transferType = uint8Column();
  readonly #transferBytes = float64Column();
  readonly #transferPayload = float64Column();
  readonly #carriedFrom = int32Column();
  readonly #carriedCount = int32Column();
  readonly #startSeq = int32Column();
  readonly #endSeq = int32Column();
  readonly #dueAt = float64Column();
  readonly #carried = int32Column();
  #carriedTotal = 0;

  readonly #messageFrom = int32Column();
  readonly #messageNumber = int32Column();
  readonly #wantedAt = float64Column();
  readonly #payloadBytes = float64Column();
  readonly #replyTo = int32Column();
  readonly #readersFrom = int32Column();
  readonly #readersCount = int32Column();
  readonly #sentSeq = int32Column();
  readonly #addressees = int32Column();
  #addresseesTotal = 0;

  constructor(clock: RecordingClock) {
    this.#clock = clock;
  }

  /** Adds an entry of this instant; what is recorded or scheduled next follows from it. */
  entry(kind: EntryKind, fields: EntryFields): EntrySeq {
    const seq = this.#begin(kind, fields.node);
    this.#place.array[seq] = fields.place ?? -1;
    this.#message.array[seq] = fields.message ?? -1;
    this.#transfer.array[seq] = fields.transfer ?? -1;
    this.#value.array[seq] = fields.value ?? 0;
    this.#detail.array[seq] = fields.detail ?? -1;
    return seq;
  }

  /**
   * A message that its sender hands over now. `value` of its entry: 1 if only the connected can get
   * it.
   */
  sent(fields: MessageFields, needsReaderOnline: boolean): MessageIndex {
    const message = this.messageCount;
    this.messageCount += 1;
    this.#messageFrom.set(message, fields.from);
    this.#messageNumber.set(message, fields.number);
    this.#wantedAt.set(message, fields.wantedAt);
    this.#payloadBytes.set(message, fields.payloadBytes);
    this.#replyTo.set(message, fields.replyTo);
    this.#readersFrom.set(message, this.#addresseesTotal);
    this.#readersCount.set(message, fields.readers.length);
    for (const reader of fields.readers) {
      this.#addressees.set(this.#addresseesTotal, reader);
      this.#addresseesTotal += 1;
    }
    const seq = this.entry(Kind.Sent, {
      node: fields.from,
      message,
      value: needsReaderOnline ? 1 : 0,
    });
    this.#sentSeq.set(message, seq);
    return message;
  }

  /** The first byte of a transfer leaves now. */
  transferStarted(way: TransferWay, load: TransferLoad, dueAt: SimTime): TransferIndex {
    const transfer = this.transferCount;
    this.transferCount += 1;
    const type = transferTypeCode(load.type);
    this.#transferConnection.set(transfer, way.connection);
    this.#transferFrom.set(transfer, way.from.index);
    this.#transferTo.set(transfer, way.to.index);
    this.#transferType.set(transfer, type);
    this.#transferBytes.set(transfer, load.bytes);
    this.#transferPayload.set(transfer, load.payloadBytes);
    this.#carriedFrom.set(transfer, this.#carriedTotal);
    this.#carriedCount.set(transfer, load.messages.length);
    for (const message of load.messages) {
      this.#carried.set(this.#carriedTotal, message);
      this.#carriedTotal += 1;
    }
    this.#dueAt.set(transfer, dueAt);
    this.#endSeq.set(transfer, -1);
    this.#startSeq.set(transfer, this.#aboutTransfer(Kind.TransferStarted, transfer, type));
    return transfer;
  }

  transferArrived(transfer: TransferIndex): EntrySeq {
    return this.#ended(transfer, Kind.TransferArrived, this.#transferType.array[transfer] ?? 0);
  }

  /** `reason`: index in `DROP_REASONS`. */
  transferDropped(transfer: TransferIndex, reason: number): EntrySeq {
    return this.#ended(transfer, Kind.TransferDropped, reason);
  }

  #ended(transfer: TransferIndex, kind: EntryKind, value: number): EntrySeq {
    const seq = this.#aboutTransfer(kind, transfer, value);
    this.#endSeq.set(transfer, seq);
    return seq;
  }

  /** Adds a row and fills what every entry has. */
  #begin(kind: EntryKind, node: NodeIndex): EntrySeq {
    const seq = this.entryCount;
    this.entryCount = seq + 1;
    if (seq >= this.#time.array.length) this.#makeRoom(seq);
    this.#time.array[seq] = this.#clock.now;
    this.#kind.array[seq] = kind;
    this.#node.array[seq] = node;
    this.#cause.array[seq] = this.#clock.cause;
    this.#clock.cause = seq;
    return seq;
  }

  /** The columns of the entries grow together. */
  #makeRoom(seq: EntrySeq): void {
    this.#time.reserve(seq);
    this.#kind.reserve(seq);
    this.#node.reserve(seq);
    this.#place.reserve(seq);
    this.#message.reserve(seq);
    this.#transfer.reserve(seq);
    this.#value.reserve(seq);
    this.#detail.reserve(seq);
    this.#cause.reserve(seq);
  }

  /** An entry about a transfer. */
  #aboutTransfer(kind: EntryKind, transfer: TransferIndex, value: number): EntrySeq {
    const node = kind === Kind.TransferStarted ? this.#transferFrom : this.#transferTo;
    const seq = this.#begin(kind, node.array[transfer] as number);
    const carries = (this.#carriedCount.array[transfer] as number) > 0;
    const first = this.#carriedFrom.array[transfer] as number;
    this.#place.array[seq] = this.#transferConnection.array[transfer] as number;
    this.#message.array[seq] = carries ? (this.#carried.array[first] as number) : -1;
    this.#transfer.array[seq] = transfer;
    this.#value.array[seq] = value;
    this.#detail.array[seq] = -1;
    return seq;
  }

  /** The trace of everything recorded; the recorder must not be used afterwards. */
  finish(legend: Legend, start: SimTime, horizon: SimTime): Trace {
    const entries = this.entryCount;
    const transfers = this.transferCount;
    const messages = this.messageCount;
    return Object.freeze({
      start,
      horizon,
      legend: Object.freeze(legend),
      entries: Object.freeze({
        count: entries,
        time: this.#time.trimmed(entries),
        kind: this.#kind.trimmed(entries),
        node: this.#node.trimmed(entries),
        place: this.#place.trimmed(entries),
        message: this.#message.trimmed(entries),
        transfer: this.#transfer.trimmed(entries),
        value: this.#value.trimmed(entries),
        detail: this.#detail.trimmed(entries),
        cause: this.#cause.trimmed(entries),
      }),
      transfers: Object.freeze({
        count: transfers,
        connection: this.#transferConnection.trimmed(transfers),
        from: this.#transferFrom.trimmed(transfers),
        to: this.#transferTo.trimmed(transfers),
        type: this.#transferType.trimmed(transfers),
        bytes: this.#transferBytes.trimmed(transfers),
        payloadBytes: this.#transferPayload.trimmed(transfers),
        carriedFrom: this.#carriedFrom.trimmed(transfers),
        carriedCount: this.#carriedCount.trimmed(transfers),
        startSeq: this.#startSeq.trimmed(transfers),
        endSeq: this.#endSeq.trimmed(transfers),
        dueAt: this.#dueAt.trimmed(transfers),
      }),
      carried: this.#carried.trimmed(this.#carriedTotal),
      messages: Object.freeze({
        count: messages,
        from: this.#messageFrom.trimmed(messages),
        number: this.#messageNumber.trimmed(messages),
        wantedAt: this.#wantedAt.trimmed(messages),
        payloadBytes: this.#payloadBytes.trimmed(messages),
        replyTo: this.#replyTo.trimmed(messages),
        readersFrom: this.#readersFrom.trimmed(messages),
        readersCount: this.#readersCount.trimmed(messages),
        sentSeq: this.#sentSeq.trimmed(messages),
      }),
      addressees: this.#addressees.trimmed(this.#addresseesTotal),
    });
  }
}
