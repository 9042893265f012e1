// What happened on one stage at one instant, as short phrases; the most telling come first.

import type { EntrySeq, MessageIndex, StageId, TraceIndex } from '../../engine/index';
import { EntryKind, entriesAt, LOSS_CAUSES, recordAt } from '../../engine/index';
import { nameOf } from '../people';
import { changePhrases } from './changePhrases';
import { clusterPhrases } from './clusterPhrases';
import { connectionPhrases } from './connectionPhrases';
import { type Instant, ofKind, type Phrase } from './instant';
import { listText, messageText } from './messageWords';

export function instantPhrases(index: TraceIndex, stage: StageId, time: number): string[] {
  const { legend, entries } = index.trace;
  const seqs = entriesAt(index, time).filter(
    (seq) => stageOf(index, entries.node[seq] as number) === stage || isLinkOf(index, stage, seq),
  );
  const instant: Instant = { index, stage, seqs };
  const phrases = [
    ...changePhrases(instant),
    ...clusterPhrases(instant),
    ...connectionPhrases(instant),
    ...lostPhrases(instant),
    ...arrivalPhrases(instant),
    ...writtenPhrases(instant),
    ...leavingPhrases(instant),
    ...sentPhrases(instant),
    ...safePhrases(instant),
    ...droppedPhrases(instant),
    ...waitingPhrases(instant),
    ...queuedPhrases(instant),
    ...heldPhrases(instant),
  ];
  return legend.stages.includes(stage)
    ? phrases.sort((one, other) => one.rank - other.rank).map(({ text }) => text)
    : [];
}

const stageOf = ({ trace }: TraceIndex, node: number): StageId | undefined =>
  trace.legend.nodes[node]?.stage;

function isLinkOf({ trace }: TraceIndex, stage: StageId, seq: EntrySeq): boolean {
  const kind = trace.entries.kind[seq];
  if (kind !== EntryKind.LinkCut && kind !== EntryKind.LinkRestored) return false;
  return trace.legend.links[trace.entries.place[seq] as number]?.stage === stage;
}

const messageOf = ({ index }: Instant, seq: EntrySeq): MessageIndex =>
  index.trace.entries.message[seq] as number;

function sentPhrases(instant: Instant): Phrase[] {
  const sent = ofKind(instant, EntryKind.Sent).map((seq) => messageOf(instant, seq));
  if (sent.length === 0) return [];
  const { messages } = instant.index.trace;
  const numbers = new Set(sent.map((message) => messages.number[message]));
  const senders = distinct(sent.map((message) => messages.from[message] as number));
  const names = senders.map((node) => nameOf(instant.index.trace, node));
  const who = listText(names, 'people');
  const verb = senders.length === 1 ? 'sends' : 'send';
  const [number] = numbers;
  const what = numbers.size === 1 ? `message ${number}` : `${sent.length} messages`;
  return [{ text: `${who} ${verb} ${what}`, rank: 40 }];
}

function arrivalPhrases(instant: Instant): Phrase[] {
  const { trace } = instant.index;
  const seqs = ofKind(instant, EntryKind.Delivered);
  if (seqs.length === 0) return [];
  const messages = [...new Set(seqs.map((seq) => messageOf(instant, seq)))];
  const readers = distinct(seqs.map((seq) => trace.entries.node[seq] as number)).map((node) =>
    nameOf(trace, node),
  );
  const what = messageText(trace, messages);
  const verb = messages.length === 1 ? 'reaches' : 'reach';
  return [{ text: `${what} ${verb} ${listText(readers, 'people')}`, rank: 30 }];
}

function writtenPhrases(instant: Instant): Phrase[] {
  const { trace } = instant.index;
  const seqs = ofKind(instant, EntryKind.Appended);
  const [first] = seqs;
  if (first === undefined) return [];
  const messages = seqs.map((seq) => messageOf(instant, seq));
  const verb = messages.length === 1 ? 'is' : 'are';
  const places = new Set(seqs.map((seq) => trace.entries.value[seq]));
  const place = places.size === 1 ? ` at place ${trace.entries.value[first]}` : '';
  return [{ text: `${messageText(trace, messages)} ${verb} written${place}`, rank: 32 }];
}

/** The watermark names the first offset that is not safe yet. */
function safePhrases(instant: Instant): Phrase[] {
  const { trace } = instant.index;
  const safe = ofKind(instant, EntryKind.WatermarkMoved)
    .map((seq) => {
      const partition = trace.entries.place[seq] as number;
      return recordAt(instant.index, partition, (trace.entries.value[seq] as number) - 1);
    })
    .filter((message) => message >= 0);
  if (safe.length === 0) return [];
  const verb = safe.length === 1 ? 'is' : 'are';
  return [{ text: `${messageText(trace, safe)} ${verb} safe`, rank: 50 }];
}

/** Messages that start on a hop; one that was sent at this very instant has been said already. */
function leavingPhrases(instant: Instant): Phrase[] {
  const { trace } = instant.index;
  const starts = transfersOf(instant, EntryKind.TransferStarted);
  const sent = new Set(ofKind(instant, EntryKind.Sent).map((seq) => messageOf(instant, seq)));
  const isFirst = (transfer: number): boolean =>
    trace.legend.nodes[trace.transfers.from[transfer] as number]?.role === 'participant';
  const onward = starts.filter((transfer) => !isFirst(transfer));
  const first = starts.filter(isFirst);
  const delayed = messagesOf(instant, first).filter((message) => !sent.has(message));
  const readers = namesAt(instant, onward, trace.transfers.to);
  const senders = namesAt(instant, first, trace.transfers.from);
  const place = placeText(instant, onward);
  return [
    ...hopPhrase(
      instant,
      messagesOf(instant, onward),
      `${place} for ${listText(readers, 'people')}`,
    ),
    ...hopPhrase(instant, delayed, listText(senders, 'people')),
  ];
}

/** Where messages are that leave for the next hop. */
function placeText(instant: Instant, onward: readonly number[]): string {
  const { nodes } = instant.index.trace.legend;
  const { from } = instant.index.trace.transfers;
  const roles = new Set(onward.map((transfer) => nodes[from[transfer] as number]?.role));
  if (roles.has('broker') && roles.size === 1) return 'the log';
  const names = namesAt(instant, onward, from);
  return roles.has('gateway') ? listText(names, 'machines') : `the ${names[0]}`;
}

function hopPhrase({ index }: Instant, messages: readonly number[], place: string): Phrase[] {
  if (messages.length === 0) return [];
  const verb = messages.length === 1 ? 'leaves' : 'leave';
  return [{ text: `${messageText(index.trace, messages)} ${verb} ${place}`, rank: 34 }];
}

/** Said only of what nobody misses: it will be sent again. */
function droppedPhrases(instant: Instant): Phrase[] {
  const lost = new Set(ofKind(instant, EntryKind.Lost).map((seq) => messageOf(instant, seq)));
  const dropped = messagesOf(instant, transfersOf(instant, EntryKind.TransferDropped)).filter(
    (message) => !lost.has(message),
  );
  if (dropped.length === 0) return [];
  const verb = dropped.length === 1 ? 'does' : 'do';
  const what = messageText(instant.index.trace, dropped);
  return [{ text: `${what} ${verb} not get through`, rank: 12 }];
}

/** On a connection a broker works on one request at a time: the next one waits, unwritten. */
function waitingPhrases(instant: Instant): Phrase[] {
  const { trace } = instant.index;
  const arrived = transfersOf(instant, EntryKind.TransferArrived).filter(
    (transfer) => trace.legend.nodes[trace.transfers.to[transfer] as number]?.role === 'broker',
  );
  const written = new Set(
    ofKind(instant, EntryKind.Appended).map((seq) => messageOf(instant, seq)),
  );
  const waiting = messagesOf(instant, arrived).filter((message) => !written.has(message));
  if (waiting.length === 0) return [];
  const verb = waiting.length === 1 ? 'waits' : 'wait';
  const where = listText(namesAt(instant, arrived, trace.transfers.to), 'brokers');
  return [{ text: `${messageText(trace, waiting)} ${verb} at ${where}`, rank: 60 }];
}

/** What a relay or a server keeps for readers, and does not pass on at once. */
function queuedPhrases(instant: Instant): Phrase[] {
  const leaving = messagesOf(instant, transfersOf(instant, EntryKind.TransferStarted));
  const arrivals = transfersOf(instant, EntryKind.TransferArrived);
  const arrived = messagesOf(instant, arrivals);
  const queued = ofKind(instant, EntryKind.Held)
    .map((seq) => messageOf(instant, seq))
    .filter((message) => arrived.includes(message) && !leaving.includes(message));
  if (queued.length === 0) return [];
  const messages = [...new Set(queued)];
  const verb = messages.length === 1 ? 'waits' : 'wait';
  const { trace } = instant.index;
  const [place] = namesAt(instant, arrivals, trace.transfers.to);
  return [{ text: `${messageText(trace, messages)} ${verb} at the ${place}`, rank: 60 }];
}

/**
 * What has come to a reader whose program is busy, or reads that partition no longer, or to a
 * gateway that does not pass it on at once.
 */
function heldPhrases(instant: Instant): Phrase[] {
  const { trace } = instant.index;
  const arrived = transfersOf(instant, EntryKind.TransferArrived).filter((transfer) =>
    HOLDERS.has(trace.legend.nodes[trace.transfers.to[transfer] as number]?.role ?? ''),
  );
  const leaving = messagesOf(instant, transfersOf(instant, EntryKind.TransferStarted));
  const taken = new Set(ofKind(instant, EntryKind.Delivered).map((seq) => messageOf(instant, seq)));
  const held = messagesOf(instant, arrived)
    .filter((message) => !taken.has(message))
    .filter((message) => instant.stage !== 'together' || !leaving.includes(message));
  if (held.length === 0) return [];
  const verb = held.length === 1 ? 'comes' : 'come';
  const who = listText(namesAt(instant, arrived, trace.transfers.to), 'people');
  return [{ text: `${messageText(trace, held)} ${verb} to ${who}`, rank: 61 }];
}

/** Transfers of one kind of entry that carry messages. */
function transfersOf(instant: Instant, kind: EntryKind): number[] {
  const { entries, transfers } = instant.index.trace;
  return ofKind(instant, kind)
    .map((seq) => entries.transfer[seq] as number)
    .filter((at) => at >= 0 && (transfers.carriedCount[at] as number) > 0);
}

function messagesOf({ index }: Instant, starts: readonly number[]): MessageIndex[] {
  const { transfers, carried } = index.trace;
  const messages = new Set<MessageIndex>();
  for (const transfer of starts) {
    const from = transfers.carriedFrom[transfer] as number;
    const count = transfers.carriedCount[transfer] as number;
    for (const message of carried.subarray(from, from + count)) messages.add(message);
  }
  return [...messages];
}

const namesAt = ({ index }: Instant, starts: readonly number[], ends: Int32Array): string[] =>
  distinct(starts.map((transfer) => ends[transfer] as number)).map((node) =>
    nameOf(index.trace, node),
  );

/** Each node once, in the order of the legend. */
const distinct = (nodes: readonly number[]): number[] =>
  [...new Set(nodes)].sort((one, other) => one - other);

const CAUSE_WORDS: Readonly<Record<string, string>> = {
  'reader away': 'away',
  'sender away': 'the sender is away',
  'cut on the way': 'cut on the way',
  'server down': 'the server is stopped',
  'before it came': 'sent before',
  'retention passed': 'deleted by age',
  'replay window passed': 'too old for the buffer',
  'not kept': 'not kept',
  'reset past it': 'skipped',
  'never acknowledged': 'never confirmed',
  'lost in the crash': 'lost in the crash',
  'not copied in time': 'not copied in time',
  'its producer gave up': 'its sender gave up',
  'compacted away': 'a newer one replaced it',
  'its transaction was aborted': 'aborted',
  'sent into the cut': 'sent into the cut line',
  'in the kernel when it died': 'still in the sender’s kernel',
  'buffered when it died': 'still buffered',
  'unread when it died': 'there, but not read',
  'not connected': 'not connected',
  'sent after close': 'sent after close',
  'reader was closing': 'the reader was closing',
  'dropped by the sender': 'left out by the sender',
};

function lostPhrases(instant: Instant): Phrase[] {
  const { trace } = instant.index;
  const seqs = ofKind(instant, EntryKind.Lost);
  const [first] = seqs;
  if (first === undefined) return [];
  const readers = distinct(seqs.map((seq) => trace.entries.node[seq] as number)).map((node) =>
    nameOf(trace, node),
  );
  const messages = [...new Set(seqs.map((seq) => messageOf(instant, seq)))];
  const cause = LOSS_CAUSES[trace.entries.value[first] as number] ?? '';
  const verb = readers.length === 1 ? 'misses' : 'miss';
  const who = listText(readers, 'people');
  const why = CAUSE_WORDS[cause] ?? cause;
  return [{ text: `${who} ${verb} ${messageText(trace, messages)} (${why})`, rank: 10 }];
}

const HOLDERS: ReadonlySet<string> = new Set(['participant', 'gateway']);
