// One copy for each message and reader, and the state in which each is; the trace alone decides.

import { int32Column, uint8Column } from './columns';
import type { MessageIndex, NodeIndex, PartitionIndex, Trace } from './trace';

export const CopyState = { None: 0, Delivered: 1, Waiting: 2, InFlight: 3, Missed: 4 } as const;
export type CopyState = (typeof CopyState)[keyof typeof CopyState];

/** Row of a copy in the table. */
export type CopyIndex = number;

/** The holders of each message and copy, kept up to date entry by entry. */
export class CopyTable {
  readonly trace: Trace;
  count: number;
  readonly state = uint8Column();
  /** Deliveries so far. */
  readonly deliveries = int32Column();
  /** 1 while a replay buffer keeps it. */
  readonly buffered = uint8Column();
  /** Transfers that carry this copy to its reader now. */
  readonly onLastHop = int32Column();
  /** 1 once it has reached its reader's client, taken from there or not. */
  readonly atReader = uint8Column();
  /** Why the log let go of it last: the cause if nobody else holds it either. */
  readonly letGoCause = uint8Column();
  readonly messageOf = int32Column();
  readonly readerOf = int32Column();
  /** 1 while the sender's program, accumulator or socket keeps the message. */
  readonly heldBySender: Uint8Array;
  /** Transfers that carry the message on its first hop now. */
  readonly onFirstHop: Uint8Array;
  /** The entry at which each message left its sender's buffer, or was lost there; -1: it did not. */
  readonly departure: Int32Array;
  readonly partitionOf: Int32Array;
  readonly offsetOf: Int32Array;
  /** Log start and log end by partition. */
  readonly logStart: Float64Array;
  readonly logEnd: Float64Array;
  readonly #positions: Float64Array;
  readonly #nodes: number;
  readonly #late = new Map<number, CopyIndex>();
  readonly #lateOf = new Map<MessageIndex, CopyIndex[]>();

  constructor(trace: Trace) {
    const { messages, legend } = trace;
    this.trace = trace;
    this.count = trace.addressees.length;
    this.heldBySender = new Uint8Array(messages.count);
    this.onFirstHop = new Uint8Array(messages.count);
    this.departure = new Int32Array(messages.count).fill(-1);
    this.partitionOf = new Int32Array(messages.count).fill(-1);
    this.offsetOf = new Int32Array(messages.count).fill(-1);
    this.logStart = new Float64Array(legend.partitions.length);
    this.logEnd = new Float64Array(legend.partitions.length);
    this.#nodes = legend.nodes.length;
    this.#positions = new Float64Array(this.#nodes * Math.max(1, legend.partitions.length));
    for (let message = 0; message < messages.count; message += 1) this.#addressed(message);
  }

  position(reader: NodeIndex, partition: PartitionIndex): number {
    return this.#positions[partition * this.#nodes + reader] ?? 0;
  }

  setPosition(reader: NodeIndex, partition: PartitionIndex, position: number): void {
    this.#positions[partition * this.#nodes + reader] = position;
  }

  /** The copy of a message for a reader; -1 if it was never meant for them. */
  find(message: MessageIndex, reader: NodeIndex): CopyIndex {
    const { messages, addressees } = this.trace;
    const from = messages.readersFrom[message] as number;
    const to = from + (messages.readersCount[message] as number);
    for (let place = from; place < to; place += 1) if (addressees[place] === reader) return place;
    return this.#late.get(message * this.#nodes + reader) ?? -1;
  }

  /** Adds the copy of an earlier message for a reader who has come late. */
  addLate(message: MessageIndex, reader: NodeIndex): CopyIndex {
    const copy = this.count;
    this.count += 1;
    this.#late.set(message * this.#nodes + reader, copy);
    this.#lateOf.set(message, [...(this.#lateOf.get(message) ?? []), copy]);
    this.#clear(copy, message, reader);
    return copy;
  }

  forEachCopyOf(message: MessageIndex, visit: (copy: CopyIndex) => void): void {
    const { messages } = this.trace;
    const from = messages.readersFrom[message] as number;
    const to = from + (messages.readersCount[message] as number);
    for (let copy = from; copy < to; copy += 1) visit(copy);
    for (const copy of this.#lateOf.get(message) ?? []) visit(copy);
  }

  /** The first of the four states that holds now. */
  judge(copy: CopyIndex): CopyState {
    if ((this.deliveries.array[copy] as number) > 0) return CopyState.Delivered;
    const message = this.messageOf.array[copy] as number;
    if (this.buffered.array[copy] === 1 || this.#inLog(message, copy)) return CopyState.Waiting;
    const isMoving = this.onFirstHop[message] !== 0 || this.onLastHop.array[copy] !== 0;
    const isAtAnEnd = this.heldBySender[message] === 1 || this.atReader.array[copy] === 1;
    return isMoving || isAtAnEnd ? CopyState.InFlight : CopyState.Missed;
  }

  #inLog(message: MessageIndex, copy: CopyIndex): boolean {
    const partition = this.partitionOf[message] as number;
    if (partition < 0) return false;
    const offset = this.offsetOf[message] as number;
    return (
      offset >= (this.logStart[partition] as number) &&
      offset < (this.logEnd[partition] as number) &&
      offset >= this.position(this.readerOf.array[copy] as number, partition)
    );
  }

  #addressed(message: MessageIndex): void {
    const { messages, addressees } = this.trace;
    const from = messages.readersFrom[message] as number;
    const to = from + (messages.readersCount[message] as number);
    for (let copy = from; copy < to; copy += 1) {
      this.#clear(copy, message, addressees[copy] as number);
    }
  }

  #clear(copy: CopyIndex, message: MessageIndex, reader: NodeIndex): void {
    this.messageOf.set(copy, message);
    this.readerOf.set(copy, reader);
    this.state.set(copy, CopyState.None);
    this.deliveries.set(copy, 0);
    this.buffered.set(copy, 0);
    this.onLastHop.set(copy, 0);
    this.letGoCause.set(copy, 0);
    this.atReader.set(copy, 0);
  }
}
