// What happened on one stage at one instant, as short phrases; the most telling come first.

import type { EntrySeq, MessageIndex, StageId, TraceIndex } from '../../engine/index';
import { EntryKind, entriesAt, LOSS_CAUSES, recordAt } from '../../engine/index';
import { nameOf } from '../people';
import { changePhrases } from './changePhrases';
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
    ...lostPhrases(instant),
    ...arrivalPhrases(instant),
    ...writtenPhrases(instant),
    ...leavingPhrases(instant),
    ...sentPhrases(instant),
    ...safePhrases(instant),
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
  const senders = [...new Set(sent.map((message) => messages.from[message] as number))];
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
  const readers = [...new Set(seqs.map((seq) => nameOf(trace, trace.entries.node[seq] as number)))];
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

/** Messages that start on a further hop: out of the log, or on from the relay. */
function leavingPhrases(instant: Instant): Phrase[] {
  const { trace } = instant.index;
  const { transfers, carried, entries } = trace;
  const starts = ofKind(instant, EntryKind.TransferStarted)
    .map((seq) => entries.transfer[seq] as number)
    .filter((transfer) => isFurtherHop(instant, transfer));
  if (starts.length === 0) return [];
  const messages = new Set<MessageIndex>();
  for (const transfer of starts) {
    const from = transfers.carriedFrom[transfer] as number;
    const count = transfers.carriedCount[transfer] as number;
    for (const message of carried.subarray(from, from + count)) messages.add(message);
  }
  const readers = [...new Set(starts.map((at) => nameOf(trace, transfers.to[at] as number)))];
  const place = instant.stage === 'kafka' ? 'log' : 'relay';
  const verb = messages.size === 1 ? 'leaves' : 'leave';
  const text = `${messageText(trace, [...messages])} ${verb} the ${place} for ${listText(readers, 'people')}`;
  return [{ text, rank: 34 }];
}

function isFurtherHop({ index }: Instant, transfer: number): boolean {
  const { transfers, legend } = index.trace;
  const isMessage = transfer >= 0 && (transfers.carriedCount[transfer] as number) > 0;
  return isMessage && legend.nodes[transfers.from[transfer] as number]?.role !== 'participant';
}

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
};

function lostPhrases(instant: Instant): Phrase[] {
  const { trace } = instant.index;
  const seqs = ofKind(instant, EntryKind.Lost);
  const [first] = seqs;
  if (first === undefined) return [];
  const readers = [...new Set(seqs.map((seq) => nameOf(trace, trace.entries.node[seq] as number)))];
  const messages = [...new Set(seqs.map((seq) => messageOf(instant, seq)))];
  const cause = LOSS_CAUSES[trace.entries.value[first] as number] ?? '';
  const verb = readers.length === 1 ? 'misses' : 'miss';
  const who = listText(readers, 'people');
  const why = CAUSE_WORDS[cause] ?? cause;
  return [{ text: `${who} ${verb} ${messageText(trace, messages)} (${why})`, rank: 10 }];
}
