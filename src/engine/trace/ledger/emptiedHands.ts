// Takes what clients and brokers held out of their hands when they die, hang up or go on elsewhere;
// says of nobody what they get.

import { EntryKind, lossCauseCode } from '../entryKinds';
import type { EntrySeq, NodeIndex, Trace } from '../trace';
import { CopyState, type CopyTable } from './copies';
import type { StageBook } from './stageBook';

export class EmptiedHands {
  readonly #trace: Trace;
  readonly #copies: CopyTable;
  readonly #bookOf: (node: NodeIndex) => StageBook;

  constructor(trace: Trace, copies: CopyTable, bookOf: (node: NodeIndex) => StageBook) {
    this.#trace = trace;
    this.#copies = copies;
    this.#bookOf = bookOf;
  }

  /** What a reader's client had fetched and not yet handed over is gone with it. */
  crashed(seq: EntrySeq): void {
    const copies = this.#copies;
    const node = this.#trace.entries.node[seq] as number;
    const { connections } = this.#trace.legend;
    this.#forgetAtBroker((connection) => connections[connection]?.server === node);
    for (let copy = 0; copy < copies.count; copy += 1) {
      if (copies.atReader[copy] !== node + 1) continue;
      copies.atReader[copy] = 0;
      this.#bookOf(node).settle(copy, seq, LOST_IN_THE_CRASH);
    }
    this.#settleMoving(seq, LOST_IN_THE_CRASH);
  }

  /** A broker that refuses what nobody waits for closes the connection (acks=0). */
  closed(seq: EntrySeq): void {
    const { kind, node, time, place } = this.#trace.entries;
    const closed = place[seq] as number;
    const broker = this.#trace.legend.connections[closed]?.server;
    let isRefusal = false;
    for (let at = seq - 1; at >= 0 && time[at] === time[seq]; at -= 1) {
      if (kind[at] === EntryKind.Refused && node[at] === broker) isRefusal = true;
    }
    this.#forgetAtBroker((connection) => connection === closed);
    this.#settleMoving(seq, isRefusal ? REFUSED : CUT_ON_THE_WAY);
  }

  /** A client throws away what it has fetched of a partition, from this offset on. */
  dropped(seq: EntrySeq, from: number): void {
    const copies = this.#copies;
    const { node, place } = this.#trace.entries;
    const client = node[seq] as number;
    for (let copy = 0; copy < copies.count; copy += 1) {
      if (copies.atReader[copy] !== client + 1) continue;
      const message = copies.messageOf[copy] as number;
      if (copies.logs.writtenTo[message] !== place[seq]) continue;
      if (copies.logs.offsetOf(message) < from) continue;
      copies.atReader[copy] = 0;
      this.#bookOf(client).settleLetGo(message, seq);
    }
  }

  /** What had come over these connections, and was not looked at yet, is gone. */
  #forgetAtBroker(isOver: (connection: number) => boolean): void {
    const { atBroker } = this.#copies;
    for (let message = 0; message < atBroker.length; message += 1) {
      const connection = (atBroker[message] as number) - 1;
      if (connection >= 0 && isOver(connection)) atBroker[message] = 0;
    }
  }

  /** What had reached a broker, and was neither written down there nor kept by its sender, is lost. */
  #settleMoving(seq: EntrySeq, cause: number): void {
    const copies = this.#copies;
    const book = this.#bookOf(this.#trace.entries.node[seq] as number);
    for (let copy = 0; copy < copies.count; copy += 1) {
      if (copies.state[copy] === CopyState.InFlight) book.settle(copy, seq, cause);
    }
  }
}

const CUT_ON_THE_WAY = lossCauseCode('cut on the way');
const REFUSED = lossCauseCode('refused by the broker');
const LOST_IN_THE_CRASH = lossCauseCode('lost in the crash');
