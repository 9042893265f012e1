// The life of one message for one reader as steps without a gap, each with its cause; the trace
// alone says.

import {
  EntryKind,
  type EntrySeq,
  type NodeIndex,
  TRANSFER_TYPES,
  type TransferIndex,
} from '../../engine/index';
import { durationText } from '../numberText';
import { nameOf } from '../people';
import { leavingReason, logPauses } from '../spacetime/story/pauses';
import { isDropped, travelSpan } from '../spacetime/story/travels';
import { cargoText, causeText } from './causeWords';
import { type Route, routeOf, type Subject } from './route';

/** One row of the journey; times in microseconds. */
export interface Step {
  /** Quiet ones go beside the message: polls and acks, tries in vain. */
  readonly kind: 'moment' | 'wait' | 'travel' | 'quiet' | 'lost';
  readonly label: string;
  /** Why: the entry that it follows from, in words. */
  readonly note: string;
  readonly from: number;
  readonly to: number;
  /** It goes on beyond the run. */
  readonly isOpen: boolean;
  /** What travels; -1: nothing. */
  readonly transfer: TransferIndex;
  /** The entry that made it; -1: nothing did. */
  readonly cause: EntrySeq;
}

export interface Journey {
  readonly subject: Subject;
  /** When its sender wanted to say it. */
  readonly from: number;
  /** When its reader had it, it was lost, or the run ended. */
  readonly to: number;
  /** One after the other without a gap, from `from` to `to`. */
  readonly steps: readonly Step[];
  readonly quiets: readonly Step[];
  readonly outcome: 'delivered' | 'lost' | 'waiting';
  /** The transfers that took it, for whoever looks at bytes. */
  readonly route: Route;
}

export function journeyOf(subject: Subject): Journey {
  const route = routeOf(subject);
  const { trace } = subject.index;
  const { entries, messages } = trace;
  const builder = new JourneyBuilder(subject, route);
  builder.handOver();
  route.hops.forEach((hop, place) => {
    builder.stayUntil(place, hop);
    builder.travel(hop);
  });
  builder.end();
  return {
    subject,
    route,
    from: messages.wantedAt[subject.message] as number,
    to: endOf(subject, route),
    steps: builder.steps,
    quiets: quietsOf(subject, route),
    outcome: route.deliveredSeq >= 0 ? 'delivered' : route.loss === null ? 'waiting' : 'lost',
  };
  function endOf({ index }: Subject, { deliveredSeq, loss }: Route): number {
    if (deliveredSeq >= 0) return entries.time[deliveredSeq] as number;
    return loss === null ? index.trace.horizon : loss.time;
  }
}

class JourneyBuilder {
  readonly steps: Step[] = [];
  readonly #subject: Subject;
  readonly #route: Route;
  #at: number;
  #node: NodeIndex;

  constructor(subject: Subject, route: Route) {
    const { messages } = subject.index.trace;
    this.#subject = subject;
    this.#route = route;
    this.#at = messages.wantedAt[subject.message] as number;
    this.#node = messages.from[subject.message] as number;
  }

  /** From the wish to say it until the sender's program has done so. */
  handOver(): void {
    const { index, message } = this.#subject;
    const { entries, messages } = index.trace;
    const sent = messages.sentSeq[message] as number;
    const cause = entries.cause[sent] as number;
    const time = entries.time[sent] as number;
    const sender = this.#name(this.#node);
    if (time > this.#at) {
      this.#wait(time, { label: `Waits for ${sender}’s program`, cause });
    }
    this.#add({ kind: 'moment', label: `${sender} hands it over`, to: time, cause });
  }

  /** Where it was between two transfers, until the next one leaves. */
  stayUntil(place: number, hop: TransferIndex): void {
    const { entries, transfers } = this.#trace;
    const start = transfers.startSeq[hop] as number;
    const time = entries.time[start] as number;
    const cause = entries.cause[start] as number;
    if (place === 0) this.#waitAtSender(time, start);
    else if (this.#isBroker(transfers.from[hop] as number)) this.#stayInLog(time, hop);
    else this.#wait(time, { label: `Waits at ${this.#name(this.#node)}`, cause });
  }

  travel(hop: TransferIndex): void {
    const { index } = this.#subject;
    const { transfers, entries } = this.#trace;
    const { to: until } = travelSpan(index, hop);
    const { horizon } = this.#trace;
    const to = transfers.to[hop] as number;
    const cause = entries.cause[transfers.startSeq[hop] as number] as number;
    const isEnded = (transfers.endSeq[hop] as number) >= 0;
    const late = (isEnded ? until : horizon) - (transfers.dueAt[hop] as number);
    const held = late > 0 && !isDropped(index, hop) ? `; ${lengthText(late)} late on the line` : '';
    this.#add({
      kind: 'travel',
      label: `Travels to ${this.#name(to)}`,
      note: `after ${causeText(index, cause)}${held}`,
      to: isEnded ? until : Math.max(this.#at, horizon),
      isOpen: !isEnded,
      ...{ transfer: hop, cause },
    });
    this.#node = to;
  }

  /** After the last transfer: taken, lost, or still waiting. */
  end(): void {
    const { deliveredSeq, loss, stay } = this.#route;
    const { entries, horizon } = this.#trace;
    if (deliveredSeq >= 0) {
      const time = entries.time[deliveredSeq] as number;
      const cause = entries.cause[deliveredSeq] as number;
      const reader = this.#name(entries.node[deliveredSeq] as number);
      this.#wait(time, { label: `Waits for ${reader}’s program`, cause });
      this.#add({ kind: 'moment', label: `${reader} has it`, to: time, cause });
      return;
    }
    const time = loss?.time ?? horizon;
    if (stay !== null && this.#isBroker(this.#node)) this.#stayInLog(time, -1);
    else if (time > this.#at) {
      const isOpen = loss === null;
      const label = `Waits at ${this.#name(this.#node)}`;
      this.#add({ kind: 'wait', label, note: this.#waitNote(), to: time, isOpen, cause: -1 });
    }
    if (loss !== null) this.#loses(loss.cause, time);
  }

  #loses(reason: string, to: number): void {
    const reader = this.#name(this.#subject.reader);
    const seq = this.#lossSeq();
    const cause = seq < 0 ? -1 : (this.#trace.entries.cause[seq] as number);
    const note = `after ${causeText(this.#subject.index, cause)}`;
    this.#add({ kind: 'lost', label: `Lost for ${reader}: ${reason}`, note, to, cause });
  }

  /** The entry at which the loss was noticed. */
  #lossSeq(): EntrySeq {
    const { index, stage, message } = this.#subject;
    const misses = index.ledgers.get(stage)?.misses ?? [];
    const { loss } = this.#route;
    const found = misses.find(
      ({ seq, copy }) =>
        index.copies.messageOf[copy] === message && this.#trace.entries.time[seq] === loss?.time,
    );
    return found?.seq ?? -1;
  }

  #waitNote(): string {
    return this.#route.loss === null ? 'to the end of this run' : 'until it is lost';
  }

  #waitAtSender(time: number, start: EntrySeq): void {
    const { index } = this.#subject;
    const reason = leavingReason(index, start);
    const cause = this.#trace.entries.cause[start] as number;
    const label = `Waits with ${this.#name(this.#node)}`;
    const isBatching = reason === 'linger';
    const note = isBatching ? 'linger.ms: for more records in its batch' : undefined;
    this.#wait(time, { label, cause, ...(note === undefined ? {} : { note }) });
  }

  /** `hop`: what takes it away; -1: nothing does before `until`. */
  #stayInLog(until: number, hop: TransferIndex): void {
    const { stay } = this.#route;
    const { index } = this.#subject;
    if (stay === null) {
      this.#wait(until, { label: `Waits at ${this.#name(this.#node)}`, cause: -1 });
      return;
    }
    this.#written(Math.min(stay.from, until));
    for (const pause of logPauses(index, { ...stay, to: until, leaving: hop })) {
      const isCopied = pause.reason === 'append + copy';
      const end = isCopied ? this.#entryAt(pause.to, EntryKind.WatermarkMoved) : this.#leaving(hop);
      const isOpen = end < 0 && this.#route.loss === null;
      this.#add({
        kind: 'wait',
        label: isCopied ? 'Copied to the followers' : 'Waits in the log',
        note: end < 0 ? this.#waitNote() : `until ${causeText(index, end)}`,
        ...{ to: Math.min(pause.to, until), isOpen, cause: end },
      });
    }
  }

  /** The record at its offset, at the instant of its writing or after a wait at the broker. */
  #written(time: number): void {
    const { stay } = this.#route;
    const seq = this.#entryAt(stay?.from ?? time, EntryKind.Appended);
    const cause = seq < 0 ? -1 : (this.#trace.entries.cause[seq] as number);
    this.#wait(time, { label: `Waits at ${this.#name(this.#node)}`, cause });
    this.#add({ kind: 'moment', label: `Written at offset ${stay?.offset}`, to: time, cause });
  }

  /** What an answer follows from. */
  #leaving(hop: TransferIndex): EntrySeq {
    const start = this.#trace.transfers.startSeq[hop] ?? -1;
    return start < 0 ? -1 : (this.#trace.entries.cause[start] as number);
  }

  /** The last entry of a kind at an instant, about this message or its log. */
  #entryAt(time: number, kind: EntryKind): EntrySeq {
    const { entries } = this.#trace;
    const { stay } = this.#route;
    for (let seq = this.#from; seq < entries.count; seq += 1) {
      if ((entries.time[seq] as number) > time) break;
      if (entries.time[seq] !== time || entries.kind[seq] !== kind) continue;
      if (entries.place[seq] === stay?.partition) return seq;
    }
    return -1;
  }

  get #from(): EntrySeq {
    return this.#trace.messages.sentSeq[this.#subject.message] as number;
  }

  #wait(
    to: number,
    { label, cause, note }: { label: string; cause: EntrySeq; note?: string },
  ): void {
    if (to <= this.#at) return;
    const until = `until ${causeText(this.#subject.index, cause)}`;
    this.#add({ kind: 'wait', label, note: note ?? until, to, cause });
  }

  #add(step: Partial<Step> & Pick<Step, 'kind' | 'label' | 'to' | 'cause'>): void {
    const note = step.kind === 'moment' ? causeText(this.#subject.index, step.cause) : '';
    const label = capital(step.label);
    this.steps.push({ note, isOpen: false, transfer: -1, ...step, label, from: this.#at });
    this.#at = step.to;
  }

  #isBroker(node: NodeIndex): boolean {
    return this.#trace.legend.nodes[node]?.role === 'broker';
  }

  #name(node: NodeIndex): string {
    return nameOf(this.#trace, node);
  }

  get #trace() {
    return this.#subject.index.trace;
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const lengthText = (us: number): string => durationText(us / 1_000);

/** What goes beside the message: the ack to its sender, the poll that fetched it, tries in vain. */
function quietsOf(subject: Subject, route: Route): Step[] {
  const { index } = subject;
  const { transfers } = index.trace;
  const quiets = route.vain.map((transfer) => quiet(subject, transfer, 'Lost on the way'));
  for (const hop of route.hops) {
    const poll = cameWith(subject, transfers.startSeq[hop] as number, ['poll', 'get']);
    if (poll >= 0) quiets.push(quiet(subject, poll));
    const ack = ackOf(subject, hop);
    if (ack >= 0) quiets.push(quiet(subject, ack));
  }
  return quiets.sort((one, other) => one.from - other.from);
}

function quiet({ index }: Subject, transfer: TransferIndex, label = ''): Step {
  const { transfers, entries } = index.trace;
  const span = travelSpan(index, transfer);
  const from = nameOf(index.trace, transfers.from[transfer] as number);
  const to = nameOf(index.trace, transfers.to[transfer] as number);
  const what = cargoText(TRANSFER_TYPES[transfers.type[transfer] ?? -1] ?? '');
  const cause = entries.cause[transfers.startSeq[transfer] as number] as number;
  return {
    kind: label === '' ? 'quiet' : 'lost',
    label: label === '' ? capital(`${from}’s ${what} travels`) : `${label} to ${to}`,
    note: `to ${to}, after ${causeText(index, cause)}`,
    ...span,
    isOpen: false,
    transfer,
    cause,
  };
}

/** The transfer of such a type whose arrival made an entry, in the same instant. */
function cameWith({ index }: Subject, seq: EntrySeq, types: readonly string[]): TransferIndex {
  const { entries, transfers } = index.trace;
  const time = entries.time[seq];
  for (let at = entries.cause[seq] as number; at >= 0; at = entries.cause[at] as number) {
    if (entries.time[at] !== time) return -1;
    const transfer = entries.transfer[at] as number;
    const type = TRANSFER_TYPES[transfers.type[transfer] ?? -1] ?? '';
    if (entries.kind[at] === EntryKind.TransferArrived && types.includes(type)) return transfer;
  }
  return -1;
}

/** The ack of a produce request; -1: none came. */
function ackOf(subject: Subject, produce: TransferIndex): TransferIndex {
  const { entries, transfers } = subject.index.trace;
  if (TRANSFER_TYPES[transfers.type[produce] ?? -1] !== 'produce') return -1;
  const from = transfers.startSeq[produce] as number;
  for (let seq = from; seq < entries.count; seq += 1) {
    const isIt = entries.kind[seq] === EntryKind.Acknowledged && entries.transfer[seq] === produce;
    if (isIt) return cameWith(subject, seq, ['ack']);
  }
  return -1;
}

/** "43 ms from Ana’s wish to Ben". */
export const totalText = ({ from, to }: Journey): string => lengthText(to - from);
