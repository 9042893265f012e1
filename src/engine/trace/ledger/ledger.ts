// Reads who holds a copy, entry by entry, so that it can be counted at every instant: sent =
// delivered + waiting + in flight + missed, always.

import { EntryKind, lossCauseCode } from '../entryKinds';
import type { EntrySeq, MessageIndex, NodeIndex, StageId, Trace } from '../trace';
import { CopyState, CopyTable } from './copies';
import { StageBook, type StageLedger } from './stageBook';

/** One pass over the trace; made for building and then read through `stage`. */
export class LedgerBuilder {
  readonly copies: CopyTable;
  readonly #trace: Trace;
  readonly #books = new Map<StageId, StageBook>();
  readonly #bookOfNode: readonly StageBook[];
  /** By node: 1 where servers behind a balancer pass messages on to each other. */
  readonly #hasFleet: Uint8Array;

  constructor(trace: Trace) {
    this.#trace = trace;
    this.copies = new CopyTable(trace);
    const { stages, nodes } = trace.legend;
    for (const stage of stages) this.#books.set(stage, new StageBook(trace, this.copies));
    this.#bookOfNode = nodes.map((node) => this.#books.get(node.stage) as StageBook);
    const fleets = nodes.flatMap(({ role, stage }) => (role === 'balancer' ? [stage] : []));
    this.#hasFleet = Uint8Array.from(nodes, ({ stage }) => (fleets.includes(stage) ? 1 : 0));
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
        if (this.#isLeaders(seq)) this.#appended(seq, message);
        break;
      case EntryKind.LeaderChanged:
        this.#leaderChanged(seq);
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
      case EntryKind.Truncated:
        if (this.#isLeaders(seq)) this.#logChanged(seq);
        break;
      case EntryKind.PositionReset:
      case EntryKind.Assigned:
        this.#logChanged(seq);
        break;
      case EntryKind.Crashed:
        this.#crashed(seq);
        this.#settleMoving(seq, LOST_IN_THE_CRASH);
        break;
      case EntryKind.Closed:
        // Only a broker refuses by closing; where there are none, ten thousand may close.
        if (this.#isKafkas(seq)) this.#settleMoving(seq, REFUSED);
        break;
      default:
        this.#readRare(seq, message);
    }
  }

  stage(id: StageId): StageLedger {
    return (this.#books.get(id) as StageBook).seal();
  }

  /** What only groups, transactions, compaction and late readers bring. */
  #readRare(seq: EntrySeq, message: MessageIndex): void {
    const { entries } = this.#trace;
    switch (entries.kind[seq]) {
      case EntryKind.Skipped:
        this.#passes(seq, entries.value[seq] as number);
        break;
      case EntryKind.Revoked:
        this.#revoked(seq);
        break;
      case EntryKind.RecordRemoved:
        this.#removed(seq, message);
        break;
      case EntryKind.MarkerAppended:
        if (this.#isLeaders(seq)) {
          this.copies.logs.passMarker(entries.place[seq] as number, entries.value[seq] as number);
        }
        break;
      case EntryKind.Joined:
        this.#joined(seq);
        break;
    }
  }

  #sent(seq: EntrySeq, message: MessageIndex): void {
    const book = this.#book(seq);
    book.sent(seq, message);
    this.copies.heldBySender[message] = 1;
    book.settleAll(message, seq, 0);
  }

  #moves(seq: EntrySeq, change: 1 | -1): void {
    const { entries, transfers, carried, messages, legend } = this.#trace;
    const transfer = entries.transfer[seq] as number;
    const count = transfers.carriedCount[transfer] as number;
    if (count === 0) return;
    const sender = transfers.from[transfer] as number;
    const reader = transfers.to[transfer] as number;
    const book = this.#bookOfNode[sender] as StageBook;
    const role = legend.nodes[reader]?.role;
    const isLastHop = role === 'participant';
    const isAtServer = role === 'server' && this.#hasFleet[sender] === 1;
    const hasArrived = entries.kind[seq] === EntryKind.TransferArrived;
    // Whoever it arrives at writes it down, passes it on or loses it in the same instant.
    const settles = change === 1 || entries.kind[seq] === EntryKind.TransferDropped;
    const { purpose } = legend.connections[transfers.connection[transfer] as number] ?? {};
    const from = transfers.carriedFrom[transfer] as number;
    for (let place = from; place < from + count; place += 1) {
      const message = carried[place] as number;
      const isFirstHop = messages.from[message] === sender;
      if (isFirstHop && change === 1) {
        this.#leavesBuffer(book, message, seq);
        if (purpose !== 'producer') this.copies.heldBySender[message] = 0;
      }
      if (isLastHop) {
        const copy = this.copies.find(message, this.copies.readerFor[reader] as number);
        if (copy < 0) continue;
        this.copies.onLastHop[copy] = (this.copies.onLastHop[copy] as number) + change;
        if (settles) book.settle(copy, seq, CUT_ON_THE_WAY);
        else this.copies.atReader[copy] = reader + 1;
      } else if (isFirstHop) {
        this.copies.onFirstHop[message] = (this.copies.onFirstHop[message] as number) + change;
        if (isAtServer && hasArrived) this.copies.withServers[message] = 1;
        if (settles) book.settleAll(message, seq, CUT_ON_THE_WAY);
      }
    }
  }

  #leavesBuffer(book: StageBook, message: MessageIndex, seq: EntrySeq): void {
    const { departure } = this.copies;
    if (departure[message] !== -1) return;
    departure[message] = seq;
    book.left(seq, message);
  }

  #leavesSender(book: StageBook, message: MessageIndex, seq: EntrySeq): void {
    this.#leavesBuffer(book, message, seq);
    this.copies.heldBySender[message] = 0;
  }

  /** Whether an entry about a log is its leader's; what a deposed leader still writes is nobody's. */
  #isLeaders(seq: EntrySeq): boolean {
    const { node, place } = this.#trace.entries;
    return this.copies.logs.leaders[place[seq] as number] === node[seq];
  }

  #isKafkas(seq: EntrySeq): boolean {
    const { entries, legend } = this.#trace;
    return legend.nodes[entries.node[seq] as number]?.stage === 'kafka';
  }

  #leaderChanged(seq: EntrySeq): void {
    const { place, value } = this.#trace.entries;
    // While nobody leads, the log of the last leader is still the partition's.
    if ((value[seq] as number) < 0) return;
    this.copies.logs.leaders[place[seq] as number] = value[seq] as number;
  }

  #appended(seq: EntrySeq, message: MessageIndex): void {
    const { entries } = this.#trace;
    this.copies.logs.append(message, entries.place[seq] as number, entries.value[seq] as number);
    this.#book(seq).settleAll(message, seq, 0);
  }

  #acknowledged(seq: EntrySeq): void {
    const { entries, transfers, carried } = this.#trace;
    const transfer = entries.transfer[seq] as number;
    const book = this.#book(seq);
    const from = (transfers.carriedFrom[transfer] as number) + (entries.detail[seq] as number);
    const to = from + (entries.value[seq] as number);
    for (let place = from; place < to; place += 1) {
      const message = carried[place] as number;
      this.copies.heldBySender[message] = 0;
      book.settleLetGo(message, seq);
    }
  }

  #delivered(seq: EntrySeq, message: MessageIndex): void {
    const { entries } = this.#trace;
    const { copies } = this;
    const book = this.#book(seq);
    const reader = copies.readerFor[entries.node[seq] as number] as number;
    const offset = entries.value[seq] as number;
    const copy = copies.find(message, reader);
    const before = copies.deliveries[copy] as number;
    copies.deliveries[copy] = before + 1;
    if (offset >= 0) this.#passes(seq, offset + 1);
    book.deliveries.read(seq, before === 0);
    book.settle(copy, seq, 0);
  }

  /** A reader stands there now; what it did not get of what it passes, was aborted. */
  #passes(seq: EntrySeq, position: number): void {
    const { logs, readerFor } = this.copies;
    const { node, place } = this.#trace.entries;
    const partition = place[seq] as number;
    const reader = readerFor[node[seq] as number] as number;
    const from = logs.positionOf(reader, partition);
    logs.setPosition(reader, partition, position);
    for (let offset = from; offset < position; offset += 1) {
      const message = logs.messageAt(partition, offset);
      const copy = message < 0 ? -1 : this.copies.find(message, reader);
      if (copy < 0) continue;
      this.copies.letGoCause[copy] = ABORTED;
      this.#book(seq).settle(copy, seq, ABORTED);
    }
  }

  #lost(seq: EntrySeq, message: MessageIndex): void {
    const { entries } = this.#trace;
    const book = this.#book(seq);
    this.#leavesSender(book, message, seq);
    const copy = this.copies.find(message, entries.node[seq] as number);
    if (this.copies.withServers[message] === 1) this.copies.lost[copy] = 1;
    book.settle(copy, seq, entries.value[seq] as number);
  }

  #keeps(seq: EntrySeq, message: MessageIndex): void {
    const { entries, messages } = this.#trace;
    const book = this.#book(seq);
    const node = entries.node[seq] as number;
    const cause = entries.value[seq] as number;
    if (messages.from[message] === node) {
      this.#leavesSender(book, message, seq);
      book.settleAll(message, seq, cause);
      return;
    }
    const copy = this.copies.find(message, node);
    const isHeld = entries.kind[seq] === EntryKind.Held;
    this.copies.buffered[copy] = isHeld ? 1 : 0;
    // What the buffer has taken, no socket keeps besides; what it lets go will never leave.
    if (isHeld) this.copies.heldBySender[message] = 0;
    else this.#leavesSender(book, message, seq);
    book.settle(copy, seq, cause);
  }

  #logChanged(seq: EntrySeq): void {
    const { entries } = this.#trace;
    const book = this.#book(seq);
    const kind = entries.kind[seq];
    const partition = entries.place[seq] as number;
    const value = entries.value[seq] as number;
    const detail = entries.detail[seq] as number;
    const { logs } = this.copies;
    const end = logs.ends[partition] as number;
    let from = logs.starts[partition] as number;
    let to = Math.min(value, end);
    if (kind === EntryKind.Truncated) {
      from = value;
      to = end;
      logs.ends[partition] = value;
    } else if (kind === EntryKind.LogStartMoved) logs.starts[partition] = value;
    else {
      logs.setPosition(
        this.copies.readerFor[entries.node[seq] as number] as number,
        partition,
        value,
      );
      // A position may move back as well, and what was passed over can be read again.
      to = end;
    }
    for (let offset = from; offset < to; offset += 1) {
      const message = logs.records[partition]?.[offset];
      // A marker of a transaction stands there.
      if (message === undefined) continue;
      // Another record may come to stand where it stood.
      if (kind === EntryKind.Truncated) logs.partitionOf[message] = -1;
      this.copies.letGo(message, kind === EntryKind.Assigned ? RESET_PAST_IT : detail);
      book.settleLetGo(message, seq);
    }
  }

  /** What a reader's client had fetched and not yet handed over is gone with it. */
  #crashed(seq: EntrySeq): void {
    const { copies } = this;
    const node = this.#trace.entries.node[seq] as number;
    for (let copy = 0; copy < copies.count; copy += 1) {
      if (copies.atReader[copy] !== node + 1) continue;
      copies.atReader[copy] = 0;
      this.#book(seq).settle(copy, seq, LOST_IN_THE_CRASH);
    }
  }

  /** What had reached a broker, and was neither written down there nor kept by its sender, is lost. */
  #settleMoving(seq: EntrySeq, cause: number): void {
    const { copies } = this;
    const book = this.#book(seq);
    for (let copy = 0; copy < copies.count; copy += 1) {
      if (copies.state[copy] === CopyState.InFlight) book.settle(copy, seq, cause);
    }
  }

  /** A member gives a partition up, and with it what it had fetched and not yet handed over. */
  #revoked(seq: EntrySeq): void {
    const { copies } = this;
    const { node, place } = this.#trace.entries;
    for (let copy = 0; copy < copies.count; copy += 1) {
      const message = copies.messageOf[copy] as number;
      if (copies.atReader[copy] !== (node[seq] as number) + 1) continue;
      if (copies.logs.partitionOf[message] !== place[seq]) continue;
      copies.atReader[copy] = 0;
      this.#book(seq).settleLetGo(message, seq);
    }
  }

  /** Compaction has removed a record: it cannot be read any more. */
  #removed(seq: EntrySeq, message: MessageIndex): void {
    const { entries } = this.#trace;
    this.copies.logs.remove(message, entries.place[seq] as number, entries.value[seq] as number);
    this.copies.letGo(message, entries.detail[seq] as number);
    this.#book(seq).settleLetGo(message, seq);
  }

  #joined(seq: EntrySeq): void {
    const { entries, messages, legend } = this.#trace;
    const reader = entries.node[seq] as number;
    const book = this.#book(seq);
    // A member that comes to its group adds no copy.
    if (this.copies.readerFor[reader] !== reader) return;
    for (let message = 0; message < messages.count; message += 1) {
      const sender = messages.from[message] as number;
      if ((messages.sentSeq[message] as number) > seq) break;
      if (legend.nodes[sender]?.stage !== legend.nodes[reader]?.stage || sender === reader)
        continue;
      if (!this.#isMeantFor(message, reader)) continue;
      book.sentLate(seq);
      book.settle(this.copies.addLate(message, reader), seq, BEFORE_IT_CAME);
    }
  }

  /** Whether a reader hears the sender, or reads the log that a message stands in or goes to. */
  #isMeantFor(message: MessageIndex, reader: NodeIndex): boolean {
    const { legend, messages } = this.#trace;
    const { stage, hears } = legend.nodes[reader] ?? {};
    const sender = messages.from[message] as number;
    if (stage !== 'kafka') return hears?.includes(sender) ?? true;
    const partition = this.copies.logs.partitionOf[message] as number;
    return legend.partitions.some(({ readers, sender: writer }, index) => {
      const isWrittenTo = partition < 0 ? writer < 0 || writer === sender : index === partition;
      return isWrittenTo && readers.includes(reader);
    });
  }

  #book(seq: EntrySeq): StageBook {
    return this.#bookOfNode[this.#trace.entries.node[seq] as number] as StageBook;
  }
}

const CUT_ON_THE_WAY = lossCauseCode('cut on the way');
const REFUSED = lossCauseCode('refused by the broker');
const LOST_IN_THE_CRASH = lossCauseCode('lost in the crash');
const RESET_PAST_IT = lossCauseCode('reset past it');
const ABORTED = lossCauseCode('its transaction was aborted');
const BEFORE_IT_CAME = lossCauseCode('before it came');
