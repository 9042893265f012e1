// One copy for each message and reader, and the state in which each is; the trace alone decides.

import { EntryKind } from '../entryKinds';
import type { MessageIndex, NodeIndex, PartitionIndex, Trace } from '../trace';

export const CopyState = { None: 0, Delivered: 1, Waiting: 2, InFlight: 3, Missed: 4 } as const;
export type CopyState = (typeof CopyState)[keyof typeof CopyState];

/** Row of a copy in the table. */
export type CopyIndex = number;

const NO_COPIES: readonly CopyIndex[] = [];

/** The holders of each message and copy, kept up to date entry by entry. */
export class CopyTable {
  readonly trace: Trace;
  count: number;
  readonly state: Uint8Array;
  /** Deliveries so far. */
  readonly deliveries: Int32Array;
  /** 1 while a replay buffer keeps it. */
  readonly buffered: Uint8Array;
  /** Transfers that carry this copy to its reader now. */
  readonly onLastHop: Int32Array;
  /** 1 once it has reached its reader's client, taken from there or not. */
  readonly atReader: Uint8Array;
  /** Why the log let go of it last: the cause if nobody else holds it either. */
  readonly letGoCause: Uint8Array;
  readonly messageOf: Int32Array;
  readonly readerOf: Int32Array;
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
  /** Messages by partition and offset; the newest where an offset was used again. */
  readonly logs: readonly MessageIndex[][];
  readonly #positions: Float64Array;
  readonly #nodes: number;
  readonly #late = new Map<number, CopyIndex>();
  readonly #lateOf = new Map<MessageIndex, CopyIndex[]>();

  constructor(trace: Trace) {
    const { messages, legend, addressees } = trace;
    const most = addressees.length + lateJoiners(trace) * messages.count;
    this.trace = trace;
    this.count = addressees.length;
    this.state = new Uint8Array(most);
    this.deliveries = new Int32Array(most);
    this.buffered = new Uint8Array(most);
    this.onLastHop = new Int32Array(most);
    this.atReader = new Uint8Array(most);
    this.letGoCause = new Uint8Array(most);
    this.messageOf = new Int32Array(most);
    this.readerOf = new Int32Array(most);
    this.readerOf.set(addressees);
    this.heldBySender = new Uint8Array(messages.count);
    this.onFirstHop = new Uint8Array(messages.count);
    this.departure = new Int32Array(messages.count).fill(-1);
    this.partitionOf = new Int32Array(messages.count).fill(-1);
    this.offsetOf = new Int32Array(messages.count).fill(-1);
    this.logStart = new Float64Array(legend.partitions.length);
    this.logEnd = new Float64Array(legend.partitions.length);
    this.logs = legend.partitions.map(() => []);
    this.#nodes = legend.nodes.length;
    this.#positions = new Float64Array(this.#nodes * Math.max(1, legend.partitions.length));
    for (let message = 0; message < messages.count; message += 1) {
      const end = this.endOf(message);
      for (let copy = this.firstOf(message); copy < end; copy += 1) this.messageOf[copy] = message;
    }
  }

  position(reader: NodeIndex, partition: PartitionIndex): number {
    return this.#positions[partition * this.#nodes + reader] ?? 0;
  }

  setPosition(reader: NodeIndex, partition: PartitionIndex, position: number): void {
    this.#positions[partition * this.#nodes + reader] = position;
  }

  /** The copies of a message for the readers it was sent to stand from here … */
  firstOf(message: MessageIndex): CopyIndex {
    return this.trace.messages.readersFrom[message] as number;
  }

  /** … up to here. */
  endOf(message: MessageIndex): CopyIndex {
    return this.firstOf(message) + (this.trace.messages.readersCount[message] as number);
  }

  /** Its copies for readers who came after it was sent. */
  lateOf(message: MessageIndex): readonly CopyIndex[] {
    return this.#lateOf.get(message) ?? NO_COPIES;
  }

  /** The copy of a message for a reader; -1 if it was never meant for them. */
  find(message: MessageIndex, reader: NodeIndex): CopyIndex {
    const end = this.endOf(message);
    for (let copy = this.firstOf(message); copy < end; copy += 1) {
      if (this.readerOf[copy] === reader) return copy;
    }
    return this.#late.get(message * this.#nodes + reader) ?? -1;
  }

  /** Adds the copy of an earlier message for a reader who has come late. */
  addLate(message: MessageIndex, reader: NodeIndex): CopyIndex {
    const copy = this.count;
    this.count += 1;
    this.#late.set(message * this.#nodes + reader, copy);
    this.#lateOf.set(message, [...this.lateOf(message), copy]);
    this.messageOf[copy] = message;
    this.readerOf[copy] = reader;
    return copy;
  }

  /** A message is written to a log. */
  append(message: MessageIndex, partition: PartitionIndex, offset: number): void {
    this.partitionOf[message] = partition;
    this.offsetOf[message] = offset;
    this.logEnd[partition] = offset + 1;
    (this.logs[partition] as MessageIndex[])[offset] = message;
  }

  /** The log lets go of a message. */
  letGo(message: MessageIndex, cause: number): void {
    this.letGoCause.fill(cause, this.firstOf(message), this.endOf(message));
    for (const copy of this.lateOf(message)) this.letGoCause[copy] = cause;
  }

  /** The first of the four states that holds now. */
  judge(copy: CopyIndex): CopyState {
    if ((this.deliveries[copy] as number) > 0) return CopyState.Delivered;
    const message = this.messageOf[copy] as number;
    if (this.buffered[copy] === 1 || this.#inLog(message, copy)) return CopyState.Waiting;
    const isMoving = this.onFirstHop[message] !== 0 || this.onLastHop[copy] !== 0;
    const isAtAnEnd = this.heldBySender[message] === 1 || this.atReader[copy] === 1;
    return isMoving || isAtAnEnd ? CopyState.InFlight : CopyState.Missed;
  }

  #inLog(message: MessageIndex, copy: CopyIndex): boolean {
    const partition = this.partitionOf[message] as number;
    if (partition < 0) return false;
    const offset = this.offsetOf[message] as number;
    return (
      offset >= (this.logStart[partition] as number) &&
      offset < (this.logEnd[partition] as number) &&
      offset >= this.position(this.readerOf[copy] as number, partition)
    );
  }
}

function lateJoiners({ entries }: Trace): number {
  let joined = 0;
  for (let seq = 0; seq < entries.count; seq += 1) {
    if (entries.kind[seq] === EntryKind.Joined) joined += 1;
  }
  return joined;
}
