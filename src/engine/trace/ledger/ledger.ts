// Reads who holds a copy, entry by entry, so that it can be counted at every instant: sent =
// delivered + waiting + in flight + missed, always.

import { EntryKind, lossCauseCode } from '../entryKinds';
import type { Step } from '../readingMembers';
import type { EntrySeq, MessageIndex, NodeIndex, StageId, Trace } from '../trace';
import { isMeantFor } from './audience';
import { CopyTable } from './copies';
import { EmptiedHands } from './emptiedHands';
import { EndBuffers } from './endBuffers';
import { type LegendFlags, legendFlags } from './legendFlags';
import { StageBook, type StageLedger } from './stageBook';

/** One pass over the trace; made for building and then read through `stage`. */
export class LedgerBuilder {
  readonly copies: CopyTable;
  readonly #trace: Trace;
  readonly #books = new Map<StageId, StageBook>();
  readonly #bookOfNode: readonly StageBook[];
  readonly #is: LegendFlags;
  readonly #hands: EmptiedHands;
  readonly #ends: EndBuffers;

  constructor(trace: Trace) {
    this.#trace = trace;
    this.copies = new CopyTable(trace);
    const { stages, nodes } = trace.legend;
    for (const stage of stages) this.#books.set(stage, new StageBook(trace, this.copies));
    this.#bookOfNode = nodes.map((node) => this.#books.get(node.stage) as StageBook);
    this.#is = legendFlags(trace.legend);
    const bookOf = (node: NodeIndex) => this.#bookOfNode[node] as StageBook;
    this.#hands = new EmptiedHands(trace, this.copies, bookOf);
    this.#ends = new EndBuffers(trace, this.copies, bookOf);
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
        this.#hands.dropped(seq, entries.value[seq] as number);
        this.#placed(seq, entries.detail[seq] as number);
        break;
      case EntryKind.Assigned:
        this.#placed(seq, RESET_PAST_IT);
        break;
      case EntryKind.Crashed:
        this.#hands.crashed(seq);
        break;
      case EntryKind.Closed:
        // Only brokers keep what a connection brought; elsewhere ten thousand may close at once.
        if (this.#is.kafkas[entries.node[seq] as number] === 1) this.#hands.closed(seq);
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
      case EntryKind.Queued:
      case EntryKind.Buffered:
        this.#ends.read(seq, message);
        break;
      case EntryKind.Revoked:
        this.#revoked(seq);
        break;
      case EntryKind.RecordRemoved:
        this.#removed(seq, message);
        break;
      case EntryKind.MarkerAppended:
        this.#marked(seq);
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
    const { entries, transfers, carried, messages } = this.#trace;
    const transfer = entries.transfer[seq] as number;
    const count = transfers.carriedCount[transfer] as number;
    if (count === 0) return;
    const sender = transfers.from[transfer] as number;
    const reader = transfers.to[transfer] as number;
    const book = this.#bookOfNode[sender] as StageBook;
    const isLastHop = this.#is.participant[reader] === 1;
    const hasArrived = entries.kind[seq] === EntryKind.TransferArrived;
    const isAtServer = hasArrived && this.#is.fleetServer[reader] === 1;
    const isAtGateway = hasArrived && this.#is.gateway[reader] === 1;
    // Whoever it arrives at writes it down, passes it on or loses it in the same instant.
    const settles = change === 1 || entries.kind[seq] === EntryKind.TransferDropped;
    const connection = transfers.connection[transfer] as number;
    const isProducers = this.#is.producers[connection] === 1;
    const isGateways = this.#is.gateways[connection] === 1;
    const isKept = this.#is.kept[connection] === 1;
    const from = transfers.carriedFrom[transfer] as number;
    for (let place = from; place < from + count; place += 1) {
      const message = carried[place] as number;
      const isFirstHop = isGateways || messages.from[message] === sender;
      if (isFirstHop && change === 1) {
        this.#leavesBuffer(book, message, seq);
        if (!isKept) this.copies.heldBySender[message] = 0;
      }
      if (isLastHop) {
        const copy = this.copies.find(message, this.copies.readerFor[reader] as number);
        if (copy < 0) continue;
        this.copies.onLastHop[copy] = (this.copies.onLastHop[copy] as number) + change;
        if (change === 1) this.copies.queued[copy] = 0;
        if (settles) book.settle(copy, seq, this.#ends.dropCause(seq));
        else if (this.#isTaken(reader, message)) this.copies.atReader[copy] = reader + 1;
        else book.settleLetGo(message, seq);
      } else if (isFirstHop) {
        this.copies.onFirstHop[message] = (this.copies.onFirstHop[message] as number) + change;
        if (isAtServer) this.copies.withServers[message] = 1;
        if (isAtGateway) this.copies.heldBySender[message] = 1;
        if (settles) book.settleAll(message, seq, this.#ends.dropCause(seq));
        else if (isProducers) this.#reachedBroker(seq, message);
      }
    }
  }

  /** A member throws away what comes for a partition that it has given up. */
  #isTaken(reader: NodeIndex, message: MessageIndex): boolean {
    const { members, writtenTo } = this.copies.logs;
    const partition = writtenTo[message] as number;
    return partition < 0 || members.reads(reader, partition);
  }

  /** Whoever wrote it may have let go of it on the way; the broker has yet to look at it. */
  #reachedBroker(seq: EntrySeq, message: MessageIndex): void {
    const { transfers, entries } = this.#trace;
    const { atBroker, unanswered } = this.copies;
    const transfer = entries.transfer[seq] as number;
    if (unanswered[message] === 1) {
      atBroker[message] = (transfers.connection[transfer] as number) + 1;
    } else this.#book(seq).settleAll(message, seq, GIVEN_UP);
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

  #leaderChanged(seq: EntrySeq): void {
    const { place, value } = this.#trace.entries;
    // While nobody leads, the log of the last leader is still the partition's.
    if ((value[seq] as number) < 0) return;
    this.copies.logs.leaders[place[seq] as number] = value[seq] as number;
  }

  #appended(seq: EntrySeq, message: MessageIndex): void {
    const { entries } = this.#trace;
    const { logs, atBroker } = this.copies;
    atBroker[message] = 0;
    if (this.#isLeaders(seq)) {
      logs.append(message, entries.place[seq] as number, entries.value[seq] as number);
    } else this.copies.letGo(message, NOT_COPIED);
    this.#book(seq).settleLetGo(message, seq);
  }

  #marked(seq: EntrySeq): void {
    const { place, value } = this.#trace.entries;
    if (!this.#isLeaders(seq)) return;
    this.copies.logs.passMarker(place[seq] as number, value[seq] as number);
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
    const { logs } = this.copies;
    const step = this.#step(seq, position);
    const { partition, reader } = step;
    const from = logs.members.positionOf(reader, partition);
    if (!logs.members.handOver(step)) return;
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
    const reader = entries.node[seq] as number;
    const copy = this.copies.find(message, reader);
    if (this.copies.isBehindGateway(reader)) this.copies.lost[copy] = 1;
    else this.#leavesSender(book, message, seq);
    if (this.copies.withServers[message] === 1) this.copies.lost[copy] = 1;
    this.#ends.lost(seq, copy);
    book.settle(copy, seq, entries.value[seq] as number);
  }

  #keeps(seq: EntrySeq, message: MessageIndex): void {
    const { entries, messages } = this.#trace;
    const book = this.#book(seq);
    const node = entries.node[seq] as number;
    const cause = entries.value[seq] as number;
    if (messages.from[message] === node) {
      this.#leavesSender(book, message, seq);
      if (cause === NEVER_ACKNOWLEDGED) this.copies.unanswered[message] = 1;
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

  /** A reader goes on elsewhere: what it passes over it will not read, and other readers do. */
  #placed(seq: EntrySeq, cause: number): void {
    const { copies } = this;
    const { logs } = copies;
    const step = this.#step(seq, this.#trace.entries.value[seq] as number);
    const { partition, reader, position } = step;
    logs.members.place(step);
    const end = logs.ends[partition] as number;
    // A position may move back as well, and what was passed over can be read again.
    for (let offset = logs.starts[partition] as number; offset < end; offset += 1) {
      const message = logs.messageAt(partition, offset);
      const copy = message < 0 ? -1 : copies.find(message, reader);
      if (copy < 0) continue;
      if (offset < position) copies.letGoCause[copy] = cause;
      this.#book(seq).settle(copy, seq, copies.letGoCause[copy] as number);
    }
  }

  #logChanged(seq: EntrySeq): void {
    const { entries } = this.#trace;
    const partition = entries.place[seq] as number;
    const value = entries.value[seq] as number;
    const { logs } = this.copies;
    const end = logs.ends[partition] as number;
    const isCut = entries.kind[seq] === EntryKind.Truncated;
    const from = isCut ? value : (logs.starts[partition] as number);
    const to = isCut ? end : Math.min(value, end);
    (isCut ? logs.ends : logs.starts)[partition] = value;
    for (let offset = from; offset < to; offset += 1) {
      const message = logs.messageAt(partition, offset);
      // A marker of a transaction stands there.
      if (message < 0) continue;
      // Another record may come to stand where it stood.
      if (isCut) logs.partitionOf[message] = -1;
      this.copies.letGo(message, entries.detail[seq] as number);
      this.#book(seq).settleLetGo(message, seq);
    }
  }

  #step(seq: EntrySeq, position: number): Step {
    const { node, place } = this.#trace.entries;
    const member = node[seq] as number;
    const reader = this.copies.readerFor[member] as number;
    return { partition: place[seq] as number, reader, member, position };
  }

  /** A member gives a partition up, and with it what it had fetched and not yet handed over. */
  #revoked(seq: EntrySeq): void {
    const { node, place } = this.#trace.entries;
    this.copies.logs.members.leave(node[seq] as number, place[seq] as number);
    this.#hands.dropped(seq, 0);
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
      if (!isMeantFor(this.#trace, this.copies.logs, { message, reader })) continue;
      book.sentLate(seq);
      book.settle(this.copies.addLate(message, reader), seq, BEFORE_IT_CAME);
    }
  }

  #book(seq: EntrySeq): StageBook {
    return this.#bookOfNode[this.#trace.entries.node[seq] as number] as StageBook;
  }
}

const NOT_COPIED = lossCauseCode('not copied in time');
const GIVEN_UP = lossCauseCode('its producer gave up');
const NEVER_ACKNOWLEDGED = lossCauseCode('never acknowledged');
const RESET_PAST_IT = lossCauseCode('reset past it');
const ABORTED = lossCauseCode('its transaction was aborted');
const BEFORE_IT_CAME = lossCauseCode('before it came');
