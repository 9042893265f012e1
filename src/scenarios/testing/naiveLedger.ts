// The ledger of a stage at an instant, worked out from the entries alone, copy by copy, from
// scratch: slow, short and independent of the engine's own.

import { EntryKind, type StageId, type Trace } from '../../engine/index';
import { carriedBy, type Row, rowsOf } from './traceColumns';

type NaiveState = 'delivered' | 'waiting' | 'inFlight' | 'missed';

/** One message for one reader. */
export interface NaiveCopy {
  readonly message: number;
  readonly reader: number;
  readonly state: NaiveState;
  readonly deliveries: number;
}

/** Every copy of a stage that exists at `time`, with its state. */
export function naiveCopies(trace: Trace, stage: StageId, time: number): NaiveCopy[] {
  const rows = rowsOf(trace, time);
  const last = rows.length - 1;
  const past = { trace, rows, last };
  const { messages, addressees, legend } = trace;
  const copies: NaiveCopy[] = [];
  for (let message = 0; message < messages.count; message += 1) {
    const sender = messages.from[message] as number;
    const sentSeq = messages.sentSeq[message] as number;
    if (sentSeq > last || legend.nodes[sender]?.stage !== stage) continue;
    const from = messages.readersFrom[message] as number;
    const first = [...addressees.subarray(from, from + (messages.readersCount[message] as number))];
    const late = rows.filter(
      ({ kind, seq, node }) =>
        kind === EntryKind.Joined &&
        seq > sentSeq &&
        legend.nodes[node]?.stage === stage &&
        legend.nodes[node]?.group === -1 &&
        node !== sender &&
        reads(trace, node, sender),
    );
    for (const reader of [...first, ...late.map(({ node }) => node)]) {
      copies.push(copyOf(past, message, reader));
    }
  }
  return copies;
}

/** Whether a reader reads any log that a sender writes, or without logs hears the sender. */
function reads({ legend }: Trace, reader: number, sender: number): boolean {
  const { stage, hears } = legend.nodes[reader] ?? {};
  if (stage !== 'kafka') return hears?.includes(sender) ?? true;
  return legend.partitions.some(
    (log) => log.readers.includes(reader) && (log.sender < 0 || log.sender === sender),
  );
}

/** Who a node reads for: its group, or itself. */
function readerFor({ legend }: Trace, node: number): number {
  const group = legend.nodes[node]?.group ?? -1;
  return group < 0 ? node : group;
}

interface Past {
  readonly trace: Trace;
  readonly rows: readonly Row[];
  readonly last: number;
}

function copyOf(past: Past, message: number, reader: number): NaiveCopy {
  const { rows, trace } = past;
  const mine = rows.filter(
    (row) => row.message === message && readerFor(trace, row.node) === reader,
  );
  const deliveries = mine.filter(({ kind }) => kind === EntryKind.Delivered).length;
  const copy = { message, reader, deliveries };
  if (deliveries > 0) return { ...copy, state: 'delivered' };
  const kept = mine.findLast(({ kind }) => kind === EntryKind.Held || kind === EntryKind.LetGo);
  const isBuffered = kept?.kind === EntryKind.Held && past.trace.messages.from[message] !== reader;
  if (isBuffered || isInLog(past, message, reader)) return { ...copy, state: 'waiting' };
  const isMoving = isOnTheLine(past, message, reader) || isHeldBySender(past, message);
  return { ...copy, state: isMoving ? 'inFlight' : 'missed' };
}

/** Rebuilds the log that the message is in, and looks whether the reader can still come to it. */
function isInLog({ rows, trace }: Past, message: number, reader: number): boolean {
  const { partitions } = trace.legend;
  const leaders = partitions.map(({ replicas }) => replicas[0] ?? -1);
  const logs = partitions.map(() => ({ records: [] as number[], start: 0, position: 0 }));
  for (const { kind, place, value, node, message: record } of rows) {
    const log = logs[place];
    if (kind === EntryKind.LeaderChanged && value >= 0) leaders[place] = value;
    if (!log) continue;
    const isLeaders = leaders[place] === node;
    const isReaders = readerFor(trace, node) === reader;
    if (kind === EntryKind.Appended && isLeaders) log.records.push(record);
    else if (kind === EntryKind.MarkerAppended && isLeaders) log.records.push(NO_MESSAGE);
    else if (kind === EntryKind.Truncated && isLeaders) log.records.length = value;
    else if (kind === EntryKind.LogStartMoved && isLeaders) log.start = value;
    else if (kind === EntryKind.RecordRemoved) log.records[value] = NO_MESSAGE;
    else if (kind === EntryKind.PositionReset && isReaders) log.position = value;
    else if (kind === EntryKind.Assigned && isReaders) log.position = value;
    else if (kind === EntryKind.Delivered && isReaders) log.position = value + 1;
  }
  return logs.some(({ records, start, position }) => {
    const offset = records.lastIndexOf(message);
    return offset >= 0 && offset >= start && offset >= position;
  });
}

/** A control record, or what compaction has removed. */
const NO_MESSAGE = -1;

function isOnTheLine({ trace, rows, last }: Past, message: number, reader: number): boolean {
  const { transfers, messages, legend } = trace;
  for (let transfer = 0; transfer < transfers.count; transfer += 1) {
    if ((transfers.startSeq[transfer] as number) > last) continue;
    if (!carriedBy(trace, transfer).includes(message)) continue;
    const to = transfers.to[transfer] as number;
    const end = transfers.endSeq[transfer] as number;
    if (end >= 0 && end <= last) {
      const arrival = { rows, message, seq: end, at: to };
      if (readerFor(trace, to) === reader && isKeptByReader(arrival)) return true;
      continue;
    }
    const isToMiddle = legend.nodes[to]?.role !== 'participant';
    const isFirstHop = transfers.from[transfer] === messages.from[message];
    if (readerFor(trace, to) === reader || (isToMiddle && isFirstHop)) return true;
  }
  return false;
}

interface Arrival {
  readonly rows: readonly Row[];
  readonly message: number;
  readonly seq: number;
  readonly at: number;
}

/**
 * What has arrived stays with the reader's client until its program takes it, crashes, or gives the
 * partition up.
 */
function isKeptByReader({ rows, message, seq, at }: Arrival): boolean {
  if (rows[seq]?.kind !== EntryKind.TransferArrived) return false;
  const log = rows.find((row) => row.kind === EntryKind.Appended && row.message === message)?.place;
  return !rows.some((row) => {
    if (row.node !== at || row.seq < seq) return false;
    return row.kind === EntryKind.Crashed || (row.kind === EntryKind.Revoked && row.place === log);
  });
}

/** Kafka's producer keeps a record until it is acknowledged or given up; a socket until it left. */
function isHeldBySender({ trace, rows }: Past, message: number): boolean {
  const { messages, transfers, legend } = trace;
  const sender = messages.from[message] as number;
  const isKafka = legend.nodes[sender]?.stage === 'kafka';
  return !rows.some((row) => {
    const isMine = row.message === message;
    if (row.kind === EntryKind.LetGo && isMine && row.node === sender) return true;
    if (isKafka) {
      const isAck = row.kind === EntryKind.Acknowledged;
      if (!isAck) return false;
      const { detail, value, transfer } = row;
      return carriedBy(trace, transfer)
        .slice(detail, detail + value)
        .includes(message);
    }
    if (row.kind === EntryKind.Held && isMine) return true;
    if (row.kind === EntryKind.Lost && isMine) return true;
    return (
      row.kind === EntryKind.TransferStarted &&
      transfers.from[row.transfer] === sender &&
      carriedBy(trace, row.transfer).includes(message)
    );
  });
}
