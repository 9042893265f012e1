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
        node !== sender,
    );
    for (const reader of [...first, ...late.map(({ node }) => node)]) {
      copies.push(copyOf(past, message, reader));
    }
  }
  return copies;
}

interface Past {
  readonly trace: Trace;
  readonly rows: readonly Row[];
  readonly last: number;
}

function copyOf(past: Past, message: number, reader: number): NaiveCopy {
  const { rows } = past;
  const mine = rows.filter((row) => row.message === message && row.node === reader);
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
function isInLog({ rows }: Past, message: number, reader: number): boolean {
  const appended = rows.findLast(
    (row) => row.kind === EntryKind.Appended && row.message === message,
  );
  if (!appended) return false;
  let records: number[] = [];
  let logStart = 0;
  let position = 0;
  for (const { kind, place, value, node, message: record } of rows) {
    if (place !== appended.place) continue;
    if (kind === EntryKind.Appended) records.push(record);
    else if (kind === EntryKind.Truncated) records = records.slice(0, value);
    else if (kind === EntryKind.LogStartMoved) logStart = value;
    else if (kind === EntryKind.PositionReset && node === reader) position = value;
    else if (kind === EntryKind.Delivered && node === reader) position = value + 1;
  }
  const offset = records.indexOf(message);
  return offset >= 0 && offset >= logStart && offset >= position;
}

function isOnTheLine({ trace, rows, last }: Past, message: number, reader: number): boolean {
  const { transfers, messages, legend } = trace;
  for (let transfer = 0; transfer < transfers.count; transfer += 1) {
    if ((transfers.startSeq[transfer] as number) > last) continue;
    if (!carriedBy(trace, transfer).includes(message)) continue;
    const to = transfers.to[transfer] as number;
    const end = transfers.endSeq[transfer] as number;
    if (end >= 0 && end <= last) {
      if (to === reader && isKeptByReader(rows, reader, end)) return true;
      continue;
    }
    const isToMiddle = legend.nodes[to]?.role !== 'participant';
    const isFirstHop = transfers.from[transfer] === messages.from[message];
    if (to === reader || (isToMiddle && isFirstHop)) return true;
  }
  return false;
}

/** What has arrived stays with the reader's client until its program takes it, or crashes. */
function isKeptByReader(rows: readonly Row[], reader: number, arrival: number): boolean {
  if (rows[arrival]?.kind !== EntryKind.TransferArrived) return false;
  return !rows.some(
    ({ kind, node, seq }) => kind === EntryKind.Crashed && node === reader && seq > arrival,
  );
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
      return isAck && carriedBy(trace, row.transfer).includes(message);
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
