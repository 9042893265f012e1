// Counts one stage's copies by state, instant by instant, and notes each that becomes missed.

import { StepSeries } from '../series/stepSeries';
import type { EntrySeq, MessageIndex, Trace, TransferIndex } from '../trace';
import { type CopyIndex, CopyState, type CopyTable } from './copies';
import { DeliveryBook, type StageDeliveries } from './deliveries';

/** Columns of what was handed over; sent copies, and of them those of a message to several. */
export const SendCount = { Sent: 0, Messages: 1, NeedOnline: 2, Broadcast: 3 } as const;
const SEND_COUNTS = 4;
/** The states number their columns; nothing counts copies that do not exist yet. */
const STATE_COUNTS = 5;

/** A copy that became missed, and, if it did, when it stopped being so. */
export interface MissRecord {
  readonly seq: EntrySeq;
  readonly copy: CopyIndex;
  readonly cause: number;
  readonly transfer: TransferIndex;
  /** The entry that brought it back; Infinity if none did. */
  until: number;
}

/** What is counted of one stage. */
export interface StageLedger {
  readonly sends: StepSeries;
  readonly states: StepSeries;
  /** Bytes that senders keep because they have not left yet. */
  readonly buffered: StepSeries;
  readonly deliveries: StageDeliveries;
  readonly misses: readonly MissRecord[];
  /** When the first message was handed over; NaN: none was. */
  readonly firstSend: number;
}

export class StageBook {
  readonly deliveries: DeliveryBook;
  readonly #trace: Trace;
  readonly #copies: CopyTable;
  readonly #sends: StepSeries;
  readonly #states: StepSeries;
  readonly #buffered: StepSeries;
  readonly #misses: MissRecord[] = [];
  readonly #openMiss = new Map<CopyIndex, MissRecord>();
  #firstSend = Number.NaN;

  constructor(trace: Trace, copies: CopyTable) {
    const { count } = trace.entries;
    this.#trace = trace;
    this.#sends = new StepSeries(SEND_COUNTS, count);
    this.#states = new StepSeries(STATE_COUNTS, count);
    this.#buffered = new StepSeries(1, count);
    this.#copies = copies;
    this.deliveries = new DeliveryBook(trace);
  }

  seal(): StageLedger {
    return {
      sends: this.#sends.seal(),
      states: this.#states.seal(),
      buffered: this.#buffered.seal(),
      deliveries: this.deliveries.seal(),
      misses: this.#misses,
      firstSend: this.#firstSend,
    };
  }

  /** A message was handed over. */
  sent(seq: EntrySeq, message: MessageIndex): void {
    const { entries, messages } = this.#trace;
    const time = entries.time[seq] as number;
    const copies = messages.readersCount[message] as number;
    this.#sends.at(seq, time);
    this.#sends.add(SendCount.Sent, copies);
    this.#sends.add(SendCount.Messages, 1);
    this.#sends.add(SendCount.NeedOnline, entries.value[seq] as number);
    if (copies > 1) this.#sends.add(SendCount.Broadcast, copies);
    if (Number.isNaN(this.#firstSend)) this.#firstSend = time;
    this.#buffer(seq, messages.payloadBytes[message] as number);
  }

  /** A copy of an earlier message came into being, for a reader who has come late. */
  sentLate(seq: EntrySeq): void {
    this.#sends.at(seq, this.#trace.entries.time[seq] as number);
    this.#sends.add(SendCount.Sent, 1);
  }

  /** A message left its sender's buffer, or was lost there. */
  left(seq: EntrySeq, message: MessageIndex): void {
    this.#buffer(seq, -(this.#trace.messages.payloadBytes[message] as number));
  }

  /** Moves every copy of a message to the state that holds now. */
  settleAll(message: MessageIndex, seq: EntrySeq, cause: number): void {
    const copies = this.#copies;
    const end = copies.endOf(message);
    for (let copy = copies.firstOf(message); copy < end; copy += 1) this.settle(copy, seq, cause);
    for (const copy of copies.late.of(message)) this.settle(copy, seq, cause);
  }

  /** As `settleAll`; what is missed now, the log let go of before. */
  settleLetGo(message: MessageIndex, seq: EntrySeq): void {
    const copies = this.#copies;
    const { letGoCause } = copies;
    const end = copies.endOf(message);
    for (let copy = copies.firstOf(message); copy < end; copy += 1) {
      this.settle(copy, seq, letGoCause[copy] as number);
    }
    for (const copy of copies.late.of(message)) this.settle(copy, seq, letGoCause[copy] as number);
  }

  /** Moves a copy to the state that holds now; `cause`: why, if that is missed. */
  settle(copy: CopyIndex, seq: EntrySeq, cause: number): void {
    const before = this.#copies.state[copy] as CopyState;
    const after = this.#copies.judge(copy);
    if (after === before) return;
    this.#copies.state[copy] = after;
    this.#states.at(seq, this.#trace.entries.time[seq] as number);
    if (before !== CopyState.None) this.#states.add(before, -1);
    this.#states.add(after, 1);
    if (before === CopyState.Missed) this.#found(copy, seq);
    if (after === CopyState.Missed) this.#missed(copy, seq, cause);
  }

  #missed(copy: CopyIndex, seq: EntrySeq, cause: number): void {
    const transfer = this.#trace.entries.transfer[seq] as number;
    const miss = { seq, copy, cause, transfer, until: Number.POSITIVE_INFINITY };
    this.#misses.push(miss);
    this.#openMiss.set(copy, miss);
  }

  #found(copy: CopyIndex, seq: EntrySeq): void {
    const miss = this.#openMiss.get(copy);
    if (miss) miss.until = seq;
    this.#openMiss.delete(copy);
  }

  /** So many bytes more, or fewer, wait at an end that passes messages on. */
  buffers(seq: EntrySeq, bytes: number): void {
    this.#buffer(seq, bytes);
  }

  #buffer(seq: EntrySeq, bytes: number): void {
    this.#buffered.at(seq, this.#trace.entries.time[seq] as number);
    this.#buffered.add(0, bytes);
  }
}
