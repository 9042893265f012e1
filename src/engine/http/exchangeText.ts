// What travelled on the HTTP stages, rebuilt as text from a trace that keeps sizes alone.

import { EntryKind, TRANSFER_TYPES, type TransferType } from '../trace/entryKinds';
import type { EntrySeq, MessageIndex, NodeIndex, Trace, TransferIndex } from '../trace/trace';
import {
  answerHead,
  type EventId,
  eventText,
  GAP_EVENT,
  MESSAGE_SEPARATOR,
  NO_CONTENT,
  pollRequest,
  postHead,
  type RequestTarget,
  streamHead,
  streamRequest,
} from './httpText';

/** What a message says; a pure function of the trace. */
export type PayloadOf = (trace: Trace, message: MessageIndex) => string;

/**
 * The request or response that a transfer was, with its body; the same run gives the same text, as
 * many bytes long as the run counted. Null: it was none.
 */
export function exchangeText(
  trace: Trace,
  transfer: TransferIndex,
  payloadOf: PayloadOf,
): string | null {
  const connection = trace.legend.connections[trace.transfers.connection[transfer] as number];
  if (connection === undefined || !PURPOSES.includes(connection.purpose)) return null;
  const name = (node: NodeIndex): string => trace.legend.nodes[node]?.id ?? '';
  const target = { host: name(connection.server), person: name(connection.client) };
  const type = TRANSFER_TYPES[trace.transfers.type[transfer] as number];
  const said = messagesOf(trace, transfer).map((message) => payloadOf(trace, message));
  const write = type && WRITERS[type];
  return write ? write({ trace, transfer, target, said }) : null;
}

const PURPOSES = ['http', 'post', 'get'];

interface Exchange {
  readonly trace: Trace;
  readonly transfer: TransferIndex;
  readonly target: RequestTarget;
  readonly said: readonly string[];
}

const WRITERS: Partial<Record<TransferType, (exchange: Exchange) => string>> = {
  get: (exchange) =>
    isOfEvents(exchange)
      ? streamRequest(exchange.target, lastSeen(exchange))
      : pollRequest(exchange.target),
  post: ({ target, said: [text = ''] }) => postHead(target, text.length) + text,
  posted: () => NO_CONTENT,
  emptyAnswer: () => NO_CONTENT,
  answer: ({ said }) => {
    const body = said.join(MESSAGE_SEPARATOR);
    return answerHead(body.length) + body;
  },
  eventStream: (exchange) => streamHead(idIn(exchange)),
  event: (exchange) => eventText(exchange.said[0] ?? '', idIn(exchange)),
  gap: () => GAP_EVENT,
};

const isOfEvents = ({ trace, transfer }: Exchange): boolean =>
  trace.legend.connections[trace.transfers.connection[transfer] as number]?.stage === 'sse';

function messagesOf({ transfers, carried }: Trace, transfer: TransferIndex): MessageIndex[] {
  const from = transfers.carriedFrom[transfer] as number;
  return [...carried.subarray(from, from + (transfers.carriedCount[transfer] as number))];
}

/** The newest id that the asking process had got; a crash forgets it. */
function lastSeen({ trace, transfer, target, said }: Exchange): EventId | null {
  const { transfers, entries } = trace;
  const asked = transfers.startSeq[transfer] as number;
  const client = transfers.from[transfer] as number;
  let last: EventId | null = null;
  let end = -1;
  for (let earlier = 0; earlier < transfer; earlier += 1) {
    if (transfers.connection[earlier] !== transfers.connection[transfer]) continue;
    const arrival = transfers.endSeq[earlier] as number;
    const type = TRANSFER_TYPES[transfers.type[earlier] as number];
    if (arrival < 0 || arrival > asked || (type !== 'event' && type !== 'eventStream')) continue;
    if (entries.kind[arrival] !== EntryKind.TransferArrived) continue;
    const id = idIn({ trace, transfer: earlier, target, said });
    if (id !== null) [last, end] = [id, arrival];
  }
  return crashesOf(trace, client, { from: end, to: asked }) > 0 ? null : last;
}

/** The id that a response's head or an event bears: it has room for one, or it has not. */
function idIn({ trace, transfer }: Exchange): EventId | null {
  const { transfers } = trace;
  const start = transfers.startSeq[transfer] as number;
  const offers = offersBefore(trace, transfer, start);
  const [message] = messagesOf(trace, transfer);
  const life = crashesOf(trace, transfers.from[transfer] as number, { from: -1, to: start });
  if (message !== undefined) {
    const id = { life, count: offers.indexOf(message) + 1 };
    const payload = '.'.repeat(transfers.payloadBytes[transfer] as number);
    return eventText(payload, id).length === transfers.bytes[transfer] ? id : null;
  }
  const id = { life, count: offers.length - resentWith(trace, transfer) };
  return streamHead(id).length === transfers.bytes[transfer] ? id : null;
}

/** How many events a response begins with, because their reader has not seen them. */
function resentWith({ transfers, entries }: Trace, head: TransferIndex): number {
  const at = entries.time[transfers.startSeq[head] as number];
  const asked = entries.cause[transfers.startSeq[head] as number] as number;
  let count = 0;
  for (let next = head + 1; next < transfers.count; next += 1) {
    const start = transfers.startSeq[next] as number;
    if (entries.time[start] !== at) break;
    const isEvent = TRANSFER_TYPES[transfers.type[next] as number] === 'event';
    const isHere = transfers.connection[next] === transfers.connection[head];
    // What arrives in the same instant follows from its own arrival.
    if (isEvent && isHere && followsFrom(entries.cause, start, asked)) count += 1;
  }
  return count;
}

function followsFrom(cause: Int32Array, seq: EntrySeq, from: EntrySeq): boolean {
  let at = seq;
  while (at > from) at = cause[at] as number;
  return at === from;
}

/** The messages that the server had for a reader in its present life, in their order. */
function offersBefore(trace: Trace, transfer: TransferIndex, until: EntrySeq): MessageIndex[] {
  const { entries, transfers } = trace;
  const server = transfers.from[transfer] as number;
  const reader = transfers.to[transfer] as number;
  let offers: MessageIndex[] = [];
  for (let seq = 0; seq < until; seq += 1) {
    const kind = entries.kind[seq];
    if (entries.node[seq] !== server) continue;
    if (kind === EntryKind.Crashed) offers = [];
    const message = entries.message[seq] as number;
    const isPost = kind === EntryKind.TransferArrived && message >= 0;
    if (isPost && isFor(trace, { message, reader, seq })) offers.push(message);
  }
  return offers;
}

interface Arrival {
  readonly message: MessageIndex;
  readonly reader: NodeIndex;
  readonly seq: EntrySeq;
}

/** Those it was sent to, and who came while it was on its way. */
function isFor(trace: Trace, { message, reader, seq }: Arrival): boolean {
  const { messages, addressees, entries, legend } = trace;
  const from = messages.readersFrom[message] as number;
  const readers = addressees.subarray(from, from + (messages.readersCount[message] as number));
  if (readers.includes(reader)) return true;
  const hears = legend.nodes[reader]?.hears?.includes(messages.from[message] as number) ?? false;
  for (let at = messages.sentSeq[message] as number; hears && at < seq; at += 1) {
    if (entries.kind[at] === EntryKind.Joined && entries.node[at] === reader) return true;
  }
  return false;
}

function crashesOf(
  { entries }: Trace,
  node: NodeIndex,
  { from, to }: { readonly from: EntrySeq; readonly to: EntrySeq },
): number {
  let crashes = 0;
  for (let seq = from + 1; seq < to; seq += 1) {
    if (entries.kind[seq] === EntryKind.Crashed && entries.node[seq] === node) crashes += 1;
  }
  return crashes;
}
