// Counts copies by state at every instant: sent = delivered + waiting + in flight + missed, always.

import { type CopyIndex, CopyState, CopyTable } from './copies';
import { EntryKind, lossCauseCode } from './entryKinds';
import { type Book, Count, type MissRecord, newBook, type StageLedger } from './ledgerBook';
import { PrefixQuantiles } from './series/quantiles';
import type { EntrySeq, MessageIndex, NodeIndex, StageId, Trace } from './trace';

/** One pass over the trace; made for building and then read through `stage`. */
export class LedgerBuilder {
  readonly copies: CopyTable;
  readonly #trace: Trace;
  readonly #books = new Map<StageId, Book>();
  readonly #bookOfNode: readonly Book[];
  readonly #openMiss = new Map<CopyIndex, MissRecord>();
  readonly #newestNumber: Int32Array;
  readonly #messagesOfLog: number[][];
  readonly #nodes: number;

  constructor(trace: Trace) {
    this.#trace = trace;
    this.copies = new CopyTable(trace);
    for (const stage of trace.legend.stages) this.#books.set(stage, newBook());
    this.#bookOfNode = trace.legend.nodes.map((node) => this.#books.get(node.stage) as Book);
    this.#nodes = trace.legend.nodes.length;
    this.#newestNumber = new Int32Array(this.#nodes * this.#nodes).fill(-1);
    this.#messagesOfLog = trace.legend.partitions.map(() => []);
  }

  /** Reads the next entry; entries come in order. */
  read(seq: EntrySeq): void {
    const { entries } = this.#trace;
    const message = entries.message[seq] as number;
    switch (entries.kind[seq]) {
      case EntryKind.Sent:
        this.#sent(seq, message);
        break;
      case EntryKind.TransferStarted:
        this.#moves(seq, 1);
        break;
      case EntryKind.TransferArrived:
      case EntryKind.TransferDropped:
        this.#moves(seq, -1);
        break;
      case EntryKind.Appended:
        this.#appended(seq, message);
        break;
      case EntryKind.Acknowledged:
        this.#acknowledged(seq);
        break;
      case EntryKind.Delivered:
        this.#delivered(seq, message);
        break;
      case EntryKind.Lost:
        this.#lost(seq, message);
        break;
      case EntryKind.Held:
      case EntryKind.LetGo:
        this.#keeps(seq, message);
        break;
      case EntryKind.LogStartMoved:
      case EntryKind.PositionReset:
      case EntryKind.Truncated:
        this.#logChanged(seq);
        break;
      case EntryKind.Crashed:
        this.#crashed(seq);
        break;
      case EntryKind.Joined:
        this.#joined(seq);
        break;
    }
  }

  stage(id: StageId, entryCount: number): StageLedger {
    const book = this.#books.get(id) as Book;
    return {
      counts: book.counts.seal(entryCount),
      latency: new PrefixQuantiles(book.latencies.trimmed(book.firstDeliveries)),
      transit: new PrefixQuantiles(book.transits.trimmed(book.firstDeliveries)),
      misses: book.misses,
      firstSend: book.firstSend,
    };
  }

  /** Where the messages of a partition stand in its log, by offset. */
  messagesOfLog(partition: number): readonly number[] {
    return this.#messagesOfLog[partition] ?? [];
  }

  #sent(seq: EntrySeq, message: MessageIndex): void {
    const { entries, messages } = this.#trace;
    const book = this.#book(seq);
    const copies = messages.readersCount[message] as number;
    this.#begin(book, seq);
    this.copies.heldBySender[message] = 1;
    book.counts.add(Count.Sent, copies);
    book.counts.add(Count.Messages, 1);
    book.counts.add(Count.NeedOnline, entries.value[seq] as number);
    book.counts.add(Count.BufferedBytes, messages.payloadBytes[message] as number);
    if (copies > 1) book.counts.add(Count.BroadcastSent, copies);
    if (Number.isNaN(book.firstSend)) book.firstSend = entries.time[seq] as number;
    this.copies.forEachCopyOf(message, (copy) => this.#settle(book, copy, { seq, cause: 0 }));
  }

  #moves(seq: EntrySeq, change: 1 | -1): void {
    const { entries, transfers, carried, messages, legend } = this.#trace;
    const transfer = entries.transfer[seq] as number;
    const count = transfers.carriedCount[transfer] as number;
    if (count === 0) return;
    const book = this.#bookOfNode[transfers.from[transfer] as number] as Book;
    const reader = transfers.to[transfer] as number;
    const isLastHop = legend.nodes[reader]?.role === 'participant';
    const isDropped = entries.kind[seq] === EntryKind.TransferDropped;
    const isKept =
      legend.connections[transfers.connection[transfer] as number]?.purpose === 'producer';
    this.#begin(book, seq);
    const from = transfers.carriedFrom[transfer] as number;
    for (let place = from; place < from + count; place += 1) {
      const message = carried[place] as number;
      const isFirstHop = messages.from[message] === transfers.from[transfer];
      if (isFirstHop && change === 1) this.#leavesSender(book, message, { seq, isKept });
      if (isLastHop) {
        const copy = this.copies.find(message, reader);
        if (copy < 0) continue;
        this.copies.onLastHop.set(copy, (this.copies.onLastHop.array[copy] as number) + change);
        if (change === 1 || isDropped) this.#settle(book, copy, { seq, cause: CUT_ON_THE_WAY });
        else this.copies.atReader.set(copy, 1);
      } else if (isFirstHop) {
        this.copies.onFirstHop[message] = (this.copies.onFirstHop[message] as number) + change;
        // Whoever it arrives at writes it down, passes it on or loses it in the same instant.
        if (change === 1 || isDropped)
          this.#settleAll(book, message, { seq, cause: CUT_ON_THE_WAY });
      }
    }
  }

  #leavesSender(
    book: Book,
    message: MessageIndex,
    how: { readonly seq: EntrySeq; readonly isKept: boolean },
  ): void {
    const { departure } = this.copies;
    if (departure[message] === -1) {
      departure[message] = how.seq;
      book.counts.add(Count.BufferedBytes, -(this.#trace.messages.payloadBytes[message] as number));
    }
    if (!how.isKept) this.copies.heldBySender[message] = 0;
  }

  #appended(seq: EntrySeq, message: MessageIndex): void {
    const { entries } = this.#trace;
    const book = this.#book(seq);
    const partition = entries.place[seq] as number;
    const offset = entries.value[seq] as number;
    this.#begin(book, seq);
    this.copies.partitionOf[message] = partition;
    this.copies.offsetOf[message] = offset;
    this.copies.logEnd[partition] = offset + 1;
    (this.#messagesOfLog[partition] as number[])[offset] = message;
    this.#settleAll(book, message, { seq, cause: 0 });
  }

  #acknowledged(seq: EntrySeq): void {
    const { entries, transfers, carried } = this.#trace;
    const transfer = entries.transfer[seq] as number;
    const book = this.#book(seq);
    this.#begin(book, seq);
    const from = transfers.carriedFrom[transfer] as number;
    const to = from + (transfers.carriedCount[transfer] as number);
    for (let place = from; place < to; place += 1) {
      const message = carried[place] as number;
      this.copies.heldBySender[message] = 0;
      this.copies.forEachCopyOf(message, (copy) => {
        this.#settle(book, copy, { seq, cause: this.copies.letGoCause.array[copy] as number });
      });
    }
  }

  #delivered(seq: EntrySeq, message: MessageIndex): void {
    const { entries } = this.#trace;
    const book = this.#book(seq);
    const reader = entries.node[seq] as number;
    const copy = this.copies.find(message, reader);
    this.#begin(book, seq);
    const partition = this.copies.partitionOf[message] as number;
    const offset = entries.value[seq] as number;
    if (offset >= 0) this.copies.setPosition(reader, partition, offset + 1);
    const isFirst = this.copies.deliveries.array[copy] === 0;
    this.copies.deliveries.set(copy, (this.copies.deliveries.array[copy] as number) + 1);
    if (isFirst) this.#firstDelivery(book, seq, message);
    else book.counts.add(Count.Duplicated, 1);
    this.#countOrder(book, message, reader);
    this.#settle(book, copy, { seq, cause: 0 });
  }

  #firstDelivery(book: Book, seq: EntrySeq, message: MessageIndex): void {
    const { entries, messages } = this.#trace;
    const time = entries.time[seq] as number;
    const detail = entries.detail[seq] as number;
    const sentAt = entries.time[messages.sentSeq[message] as number] as number;
    book.latencies.set(book.firstDeliveries, time - (messages.wantedAt[message] as number));
    book.transits.set(book.firstDeliveries, time - sentAt);
    book.firstDeliveries += 1;
    book.counts.add(Count.Recovered, detail % 2);
    book.counts.add(Count.Hops, detail >> 1);
    // A record comes as the answer to a fetch; everything else comes unasked.
    if ((entries.value[seq] as number) < 0) book.counts.add(Count.Unsolicited, 1);
    book.counts.set(Count.LastDelivery, time);
    if ((messages.readersCount[message] as number) > 1)
      book.counts.add(Count.BroadcastDelivered, 1);
  }

  #countOrder(book: Book, message: MessageIndex, reader: NodeIndex): void {
    const { messages } = this.#trace;
    const pair = (messages.from[message] as number) * this.#nodes + reader;
    const number = messages.number[message] as number;
    const newest = this.#newestNumber[pair] as number;
    if (number < newest) book.counts.add(Count.Reordered, 1);
    else this.#newestNumber[pair] = number;
  }

  #lost(seq: EntrySeq, message: MessageIndex): void {
    const { entries } = this.#trace;
    const book = this.#book(seq);
    this.#begin(book, seq);
    this.#leavesSender(book, message, { seq, isKept: false });
    const copy = this.copies.find(message, entries.node[seq] as number);
    this.#settle(book, copy, { seq, cause: entries.value[seq] as number });
  }

  #keeps(seq: EntrySeq, message: MessageIndex): void {
    const { entries, messages } = this.#trace;
    const book = this.#book(seq);
    const node = entries.node[seq] as number;
    const cause = entries.value[seq] as number;
    this.#begin(book, seq);
    if (messages.from[message] === node) {
      this.#leavesSender(book, message, { seq, isKept: false });
      this.#settleAll(book, message, { seq, cause });
      return;
    }
    const copy = this.copies.find(message, node);
    const isHeld = entries.kind[seq] === EntryKind.Held;
    this.copies.buffered.set(copy, isHeld ? 1 : 0);
    // What the buffer has taken, no socket keeps besides; what it lets go will never leave.
    if (isHeld) this.copies.heldBySender[message] = 0;
    else this.#leavesSender(book, message, { seq, isKept: false });
    this.#settle(book, copy, { seq, cause });
  }

  #logChanged(seq: EntrySeq): void {
    const { entries } = this.#trace;
    const book = this.#book(seq);
    const partition = entries.place[seq] as number;
    const value = entries.value[seq] as number;
    const cause = entries.detail[seq] as number;
    const { logStart, logEnd } = this.copies;
    const end = logEnd[partition] as number;
    let from = logStart[partition] as number;
    let to = value;
    if (entries.kind[seq] === EntryKind.Truncated) {
      from = value;
      to = end;
      logEnd[partition] = value;
    } else if (entries.kind[seq] === EntryKind.LogStartMoved) logStart[partition] = value;
    else {
      this.copies.setPosition(entries.node[seq] as number, partition, value);
      // A position may move back as well, and what was passed over can be read again.
      to = end;
    }
    this.#begin(book, seq);
    const isTruncated = entries.kind[seq] === EntryKind.Truncated;
    for (let offset = from; offset < Math.min(to, end); offset += 1) {
      const message = this.#messagesOfLog[partition]?.[offset] as number;
      // Another record may come to stand where it stood.
      if (isTruncated) this.copies.partitionOf[message] = -1;
      this.copies.forEachCopyOf(message, (copy) => this.copies.letGoCause.set(copy, cause));
      this.#settleAll(book, message, { seq, cause });
    }
  }

  /** What a reader's client had fetched and not yet handed over is gone with it. */
  #crashed(seq: EntrySeq): void {
    const { copies } = this;
    const reader = this.#trace.entries.node[seq] as number;
    const book = this.#book(seq);
    this.#begin(book, seq);
    for (let copy = 0; copy < copies.count; copy += 1) {
      if (copies.readerOf.array[copy] !== reader || copies.atReader.array[copy] === 0) continue;
      copies.atReader.set(copy, 0);
      this.#settle(book, copy, { seq, cause: LOST_IN_THE_CRASH });
    }
  }

  #joined(seq: EntrySeq): void {
    const { entries, messages, legend } = this.#trace;
    const reader = entries.node[seq] as number;
    const book = this.#book(seq);
    this.#begin(book, seq);
    for (let message = 0; message < messages.count; message += 1) {
      const sender = messages.from[message] as number;
      if ((messages.sentSeq[message] as number) > seq) break;
      if (legend.nodes[sender]?.stage !== legend.nodes[reader]?.stage || sender === reader)
        continue;
      const copy = this.copies.addLate(message, reader);
      book.counts.add(Count.Sent, 1);
      this.#settle(book, copy, { seq, cause: BEFORE_IT_CAME });
    }
  }

  #book(seq: EntrySeq): Book {
    return this.#bookOfNode[this.#trace.entries.node[seq] as number] as Book;
  }

  #begin(book: Book, seq: EntrySeq): void {
    book.counts.at(seq, this.#trace.entries.time[seq] as number);
  }

  #settleAll(book: Book, message: MessageIndex, by: Reason): void {
    this.copies.forEachCopyOf(message, (copy) => this.#settle(book, copy, by));
  }

  /** Moves a copy to the state that holds now. */
  #settle(book: Book, copy: CopyIndex, by: Reason): void {
    const before = this.copies.state.array[copy] as CopyState;
    const after = this.copies.judge(copy);
    if (after === before) return;
    this.copies.state.set(copy, after);
    if (before !== CopyState.None) book.counts.add(before, -1);
    book.counts.add(after, 1);
    if (before === CopyState.Missed) {
      const miss = this.#openMiss.get(copy);
      if (miss) miss.until = by.seq;
      this.#openMiss.delete(copy);
    }
    if (after !== CopyState.Missed) return;
    const transfer = this.#trace.entries.transfer[by.seq] as number;
    const miss = { seq: by.seq, copy, cause: by.cause, transfer, until: Number.POSITIVE_INFINITY };
    book.misses.push(miss);
    this.#openMiss.set(copy, miss);
  }
}

interface Reason {
  readonly seq: EntrySeq;
  /** Index in `LOSS_CAUSES`, used if the copy is missed from here on. */
  readonly cause: number;
}

const CUT_ON_THE_WAY = lossCauseCode('cut on the way');
const LOST_IN_THE_CRASH = lossCauseCode('lost in the crash');
const BEFORE_IT_CAME = lossCauseCode('before it came');
