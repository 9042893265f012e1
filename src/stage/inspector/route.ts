// The way of one message to one reader: the transfers that took it there, found backwards from
// where its story ends.

import {
  EntryKind,
  type EntrySeq,
  type MessageIndex,
  type NodeIndex,
  type StageId,
  type TraceIndex,
  type TransferIndex,
} from '../../engine/index';
import type { Stay } from '../spacetime/story/logStays';
import type { Loss } from '../spacetime/story/losses';
import { stageStory } from '../spacetime/story/stageStory';
import { isDropped, messagesIn } from '../spacetime/story/travels';

/** One message on one stage for one reader. */
export interface Subject {
  readonly index: TraceIndex;
  readonly stage: StageId;
  readonly message: MessageIndex;
  /** A person, or the group that they read for. */
  readonly reader: NodeIndex;
}

/** Everybody a message is for, those included who came late. */
export function readersOf({ copies }: TraceIndex, message: MessageIndex): NodeIndex[] {
  const readers: NodeIndex[] = [];
  for (let copy = 0; copy < copies.count; copy += 1) {
    if (copies.messageOf[copy] === message) readers.push(copies.readerOf[copy] as number);
  }
  return readers;
}

export interface Route {
  /** Those that brought it on, one after the other. */
  readonly hops: readonly TransferIndex[];
  /** Earlier tries, and others that came to nothing. */
  readonly vain: readonly TransferIndex[];
  /** Its stay in a log; null: in none. */
  readonly stay: Stay | null;
  /** The entry at which its reader has it; -1: never in this run. */
  readonly deliveredSeq: EntrySeq;
  /** Why it was missed in the end; null: it was not. */
  readonly loss: Loss | null;
}

export function routeOf(subject: Subject): Route {
  const { index, stage, message, reader } = subject;
  const story = stageStory(index, stage);
  const all = [...story.messages.transfers].filter((transfer) =>
    messagesIn(index, transfer).includes(message),
  );
  const stay = story.stays.find((candidate) => candidate.message === message) ?? null;
  const deliveredSeq = deliveryOf(subject);
  const loss =
    deliveredSeq >= 0
      ? null
      : (story.losses.findLast(
          (one) => one.message === message && one.reader === reader && !one.cameLater,
        ) ?? null);
  const hops = hopsOf(subject, { all, stay, deliveredSeq, loss });
  const last = hops.at(-1) ?? -1;
  const vain = all.filter((transfer) => isDropped(index, transfer) && transfer !== last);
  return { hops, vain: vain.filter((one) => isOnWay(subject, one)), stay, deliveredSeq, loss };
}

/** When the reader, or the first of its group, took it. */
function deliveryOf({ index, message, reader }: Subject): EntrySeq {
  const { entries, messages } = index.trace;
  for (let seq = messages.sentSeq[message] as number; seq < entries.count; seq += 1) {
    if (entries.kind[seq] !== EntryKind.Delivered || entries.message[seq] !== message) continue;
    if (index.copies.readerFor[entries.node[seq] as number] === reader) return seq;
  }
  return -1;
}

interface Known {
  readonly all: readonly TransferIndex[];
  readonly stay: Stay | null;
  readonly deliveredSeq: EntrySeq;
  readonly loss: Loss | null;
}

function hopsOf(subject: Subject, { all, stay, deliveredSeq, loss }: Known): TransferIndex[] {
  const { transfers } = subject.index.trace;
  const hops: TransferIndex[] = [];
  let last = lastHop(subject, { all, stay, deliveredSeq, loss });
  while (last >= 0 && !hops.includes(last)) {
    hops.unshift(last);
    const node = transfers.from[last] as number;
    const start = transfers.startSeq[last] as number;
    last = arrivalBefore(subject, { all, stay, node, until: start });
  }
  return hops;
}

/** The transfer with which it reached its reader, or the one that came furthest. */
function lastHop(subject: Subject, { all, stay, deliveredSeq, loss }: Known): TransferIndex {
  const { index, reader } = subject;
  const { entries, transfers } = index.trace;
  if (deliveredSeq >= 0) {
    const node = entries.node[deliveredSeq] as number;
    return arrivalBefore(subject, { all, stay, node, until: deliveredSeq });
  }
  if (loss !== null && loss.transfer >= 0) return loss.transfer;
  const towards = all.filter((transfer) => isOnWay(subject, transfer));
  const reached = towards.filter((transfer) => !isDropped(index, transfer));
  const own = reached.filter(
    (one) => index.copies.readerFor[transfers.to[one] as number] === reader,
  );
  return own.at(-1) ?? reached.at(-1) ?? -1;
}

/** Whether a transfer goes to this reader, or to somebody who passes it on. */
function isOnWay({ index, reader }: Subject, transfer: TransferIndex): boolean {
  const to = index.trace.transfers.to[transfer] as number;
  const isPerson = index.trace.legend.nodes[to]?.role === 'participant';
  return !isPerson || index.copies.readerFor[to] === reader;
}

interface Place {
  readonly all: readonly TransferIndex[];
  readonly stay: Stay | null;
  readonly node: NodeIndex;
  readonly until: EntrySeq;
}

/** The latest transfer that had brought it to a node; any broker will do, for they copy. */
function arrivalBefore({ index }: Subject, { all, stay, node, until }: Place): TransferIndex {
  const { transfers, entries, legend } = index.trace;
  const isBroker = legend.nodes[node]?.role === 'broker';
  const found = all.findLast((transfer) => {
    const end = transfers.endSeq[transfer] as number;
    if (end < 0 || end > until || isDropped(index, transfer)) return false;
    const to = transfers.to[transfer] as number;
    if (!isBroker || stay === null) return to === node;
    return legend.nodes[to]?.role === 'broker' && (entries.time[end] as number) <= stay.from;
  });
  return found ?? -1;
}
