// One copy for each message and reader, and the state in which each is; the trace alone decides.

import { EntryKind } from '../entryKinds';
import type { MessageIndex, NodeIndex, Trace } from '../trace';
import { LateCopies } from './lateCopies';
import { LogContents } from './logContents';

export const CopyState = { None: 0, Delivered: 1, Waiting: 2, InFlight: 3, Missed: 4 } as const;
export type CopyState = (typeof CopyState)[keyof typeof CopyState];

/** Row of a copy in the table. */
export type CopyIndex = number;

/** The holders of each message and copy, kept up to date entry by entry. */
export class CopyTable {
  readonly trace: Trace;
  /** By node: itself, or the group that it reads for. */
  readonly readerFor: readonly NodeIndex[];
  count: number;
  readonly state: Uint8Array;
  /** Deliveries so far. */
  readonly deliveries: Int32Array;
  /** 1 while a replay buffer keeps it. */
  readonly buffered: Uint8Array;
  /** 1 while it waits at an end of a connection to leave for its reader. */
  readonly queued: Uint8Array;
  /** Transfers that carry this copy to its reader now. */
  readonly onLastHop: Int32Array;
  /** One more than the node whose client it has reached last, taken from there or not; 0: none. */
  readonly atReader: Int32Array;
  /** Why the log let go of it last: the cause if nobody else holds it either. */
  readonly letGoCause: Uint8Array;
  /** As `letGoCause`, by message: for those who come late. */
  readonly #lastCause: Uint8Array;
  readonly messageOf: Int32Array;
  readonly readerOf: Int32Array;
  /** 1 while the sender's program, accumulator or socket keeps the message. */
  readonly heldBySender: Uint8Array;
  /** 1 once a server has the message: it, or whoever it gives it to, holds every copy … */
  readonly withServers: Uint8Array;
  /** … but those of which an entry has said that they are lost. */
  readonly lost: Uint8Array;
  /** By node: 1 for a reader to whom a gateway sends over a socket what a log holds. */
  readonly #isBehindGateway: Uint8Array;
  /** Transfers that carry the message on its first hop now. */
  readonly onFirstHop: Uint8Array;
  /** One more than the connection over which an unanswered (acks=0) message has reached a broker … */
  readonly atBroker: Int32Array;
  /** … that has neither written nor refused it yet; 1 for those that nobody will answer. */
  readonly unanswered: Uint8Array;
  /** The entry at which each message left its sender's buffer, or was lost there; -1: it did not. */
  readonly departure: Int32Array;
  readonly logs: LogContents;
  readonly late = new LateCopies();

  constructor(trace: Trace) {
    const { messages, addressees } = trace;
    const most = addressees.length + lateJoiners(trace) * messages.count;
    this.trace = trace;
    this.#isBehindGateway = Uint8Array.from(trace.legend.nodes, (node) => (node.isBrowser ? 1 : 0));
    this.readerFor = trace.legend.nodes.map(({ group }, node) => (group < 0 ? node : group));
    this.count = addressees.length;
    this.state = new Uint8Array(most);
    this.deliveries = new Int32Array(most);
    this.buffered = new Uint8Array(most);
    this.queued = new Uint8Array(most);
    this.onLastHop = new Int32Array(most);
    this.atReader = new Int32Array(most);
    this.letGoCause = new Uint8Array(most);
    this.messageOf = new Int32Array(most);
    this.readerOf = new Int32Array(most);
    this.readerOf.set(addressees);
    this.heldBySender = new Uint8Array(messages.count);
    this.withServers = new Uint8Array(messages.count);
    this.lost = new Uint8Array(most);
    this.onFirstHop = new Uint8Array(messages.count);
    this.atBroker = new Int32Array(messages.count);
    this.unanswered = new Uint8Array(messages.count);
    this.#lastCause = new Uint8Array(messages.count);
    this.departure = new Int32Array(messages.count).fill(-1);
    this.logs = new LogContents(trace);
    for (let message = 0; message < messages.count; message += 1) {
      const end = this.endOf(message);
      for (let copy = this.firstOf(message); copy < end; copy += 1) this.messageOf[copy] = message;
    }
  }

  /** The copies of a message for the readers it was sent to stand from here … */
  firstOf(message: MessageIndex): CopyIndex {
    return this.trace.messages.readersFrom[message] as number;
  }

  /** … up to here. */
  endOf(message: MessageIndex): CopyIndex {
    return this.firstOf(message) + (this.trace.messages.readersCount[message] as number);
  }

  /** The copy of a message for a reader; -1 if it was never meant for them. */
  find(message: MessageIndex, reader: NodeIndex): CopyIndex {
    const end = this.endOf(message);
    const first = this.firstOf(message);
    // Readers of a broadcast are numbered one after the other, its sender left out.
    const guess = first + reader - (this.readerOf[first] as number);
    if (guess >= first && guess < end && this.readerOf[guess] === reader) return guess;
    if (guess > first && guess <= end && this.readerOf[guess - 1] === reader) return guess - 1;
    for (let copy = first; copy < end; copy += 1) {
      if (this.readerOf[copy] === reader) return copy;
    }
    return this.late.find(message, reader);
  }

  /** Adds the copy of an earlier message for a reader who has come late. */
  addLate(message: MessageIndex, reader: NodeIndex): CopyIndex {
    const copy = this.count;
    this.count += 1;
    this.late.add(copy, message, reader);
    this.messageOf[copy] = message;
    this.readerOf[copy] = reader;
    this.letGoCause[copy] = this.#lastCause[message] as number;
    return copy;
  }

  /** The log lets go of a message. */
  letGo(message: MessageIndex, cause: number): void {
    this.#lastCause[message] = cause;
    this.letGoCause.fill(cause, this.firstOf(message), this.endOf(message));
    for (const copy of this.late.of(message)) this.letGoCause[copy] = cause;
  }

  /** Whether a reader gets what a log holds from a gateway, over a socket. */
  isBehindGateway(reader: NodeIndex): boolean {
    return this.#isBehindGateway[reader] === 1;
  }

  /** The first of the four states that holds now. */
  judge(copy: CopyIndex): CopyState {
    if ((this.deliveries[copy] as number) > 0) return CopyState.Delivered;
    const message = this.messageOf[copy] as number;
    const reader = this.readerOf[copy] as number;
    const isLost = this.lost[copy] === 1;
    // What a gateway has sent on is no more in the log for its reader.
    const isOnSocket = this.#isBehindGateway[reader] === 1 && this.onLastHop[copy] !== 0;
    const isInLog = !isLost && !isOnSocket && this.logs.holds(message, reader);
    if (isInLog || this.buffered[copy] === 1) return CopyState.Waiting;
    const isMoving = this.onFirstHop[message] !== 0 || this.onLastHop[copy] !== 0;
    const isAtAnEnd =
      this.heldBySender[message] === 1 || this.atReader[copy] !== 0 || this.queued[copy] === 1;
    const isWithServers = !isLost && this.withServers[message] === 1;
    const isBetween = isWithServers || this.atBroker[message] !== 0;
    return isMoving || isAtAnEnd || isBetween ? CopyState.InFlight : CopyState.Missed;
  }
}

function lateJoiners({ entries: { kind } }: Trace): number {
  let joined = 0;
  let seq = kind.indexOf(EntryKind.Joined);
  for (; seq >= 0; seq = kind.indexOf(EntryKind.Joined, seq + 1)) joined += 1;
  return joined;
}
