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
  const past = pastOf(trace, time);
  const { messages, addressees, legend } = trace;
  const isReader = (node: number) =>
    legend.nodes[node]?.stage === stage && legend.nodes[node]?.group === -1;
  const joined = past.rows.filter(({ kind, node }) => kind === EntryKind.Joined && isReader(node));
  const copies: NaiveCopy[] = [];
  for (let message = 0; message < messages.count; message += 1) {
    const sender = messages.from[message] as number;
    const sentSeq = messages.sentSeq[message] as number;
    if (sentSeq >= past.rows.length || legend.nodes[sender]?.stage !== stage) continue;
    const from = messages.readersFrom[message] as number;
    const first = [...addressees.subarray(from, from + (messages.readersCount[message] as number))];
    const late = joined
      .filter(({ seq, node }) => seq > sentSeq && node !== sender && reads(trace, node, sender))
      .map(({ node }) => node);
    for (const reader of [...first, ...late]) copies.push(copyOf(past, message, reader));
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

/** The entries up to an instant, sorted by what they are about. */
interface Past {
  readonly trace: Trace;
  readonly rows: readonly Row[];
  /** By message: the entries that name it. */
  readonly about: readonly (readonly Row[])[];
  /** By message: the transfers that carry it, of those that have left. */
  readonly carriers: readonly (readonly number[])[];
  /** By message: whether an answer has told its sender that it is safe. */
  readonly acknowledged: ReadonlySet<number>;
  readonly logs: readonly NaiveLog[];
  /** By reader and log. */
  readonly positions: ReadonlyMap<string, number>;
}

interface NaiveLog {
  readonly records: number[];
  start: number;
  leader: number;
}

/** A control record, or what compaction has removed. */
const NO_MESSAGE = -1;

function pastOf(trace: Trace, time: number): Past {
  const rows = rowsOf(trace, time);
  const about: Row[][] = Array.from({ length: trace.messages.count }, () => []);
  const carriers: number[][] = about.map(() => []);
  const acknowledged = new Set<number>();
  const positions = new Map<string, number>();
  for (const row of rows) {
    const { kind, message, transfer, detail, value } = row;
    if (message >= 0) about[message]?.push(row);
    const carried = transfer < 0 ? [] : carriedBy(trace, transfer);
    if (kind === EntryKind.TransferStarted) {
      for (const each of carried) carriers[each]?.push(transfer);
    }
    if (kind === EntryKind.Acknowledged) {
      for (const each of carried.slice(detail, detail + value)) acknowledged.add(each);
    }
    const position = positionAfter(row);
    if (position >= 0) positions.set(`${readerFor(trace, row.node)} ${row.place}`, position);
  }
  return { trace, rows, about, carriers, acknowledged, logs: logsOf(trace, rows), positions };
}

const MOVES: readonly EntryKind[] = [
  EntryKind.PositionReset,
  EntryKind.Assigned,
  EntryKind.Skipped,
];

/** Where an entry leaves its reader; -1: where it was. */
function positionAfter({ kind, value }: Row): number {
  if (MOVES.includes(kind)) return value;
  return kind === EntryKind.Delivered && value >= 0 ? value + 1 : -1;
}

/** Rebuilds each log as its leaders have it. */
function logsOf({ legend }: Trace, rows: readonly Row[]): NaiveLog[] {
  const logs = legend.partitions.map(({ replicas }): NaiveLog => {
    return { records: [], start: 0, leader: replicas[0] ?? -1 };
  });
  for (const { kind, place, value, node, message } of rows) {
    const log = logs[place];
    if (!log) continue;
    if (kind === EntryKind.LeaderChanged && value >= 0) log.leader = value;
    else if (kind === EntryKind.RecordRemoved) log.records[value] = NO_MESSAGE;
    if (log.leader !== node) continue;
    if (kind === EntryKind.Appended) log.records.push(message);
    else if (kind === EntryKind.MarkerAppended) log.records.push(NO_MESSAGE);
    else if (kind === EntryKind.Truncated) log.records.length = value;
    else if (kind === EntryKind.LogStartMoved) log.start = value;
  }
  return logs;
}

/** Who a node reads for: its group, or itself. */
function readerFor({ legend }: Trace, node: number): number {
  const group = legend.nodes[node]?.group ?? -1;
  return group < 0 ? node : group;
}

function copyOf(past: Past, message: number, reader: number): NaiveCopy {
  const { trace } = past;
  const mine = (past.about[message] ?? []).filter(({ node }) => readerFor(trace, node) === reader);
  const deliveries = mine.filter(({ kind }) => kind === EntryKind.Delivered).length;
  const copy = { message, reader, deliveries };
  if (deliveries > 0) return { ...copy, state: 'delivered' };
  const kept = mine.findLast(({ kind }) => kind === EntryKind.Held || kind === EntryKind.LetGo);
  const isBuffered = kept?.kind === EntryKind.Held && trace.messages.from[message] !== reader;
  const isWithServers = hasReachedFleet(past, message);
  const isLost = isWithServers && mine.some(({ kind }) => kind === EntryKind.Lost);
  const isStored = !isLost && isInLog(past, message, reader);
  if (isBuffered || isStored) return { ...copy, state: 'waiting' };
  const isMoving =
    isOnTheLine(past, message, reader) ||
    isHeldBySender(past, message) ||
    (isWithServers && !isLost);
  return { ...copy, state: isMoving ? 'inFlight' : 'missed' };
}

/** Servers behind a balancer hold what one of them has got, until an entry says who lost it. */
function hasReachedFleet({ trace, rows, carriers }: Past, message: number): boolean {
  const { transfers, messages, legend } = trace;
  const { stage } = legend.nodes[messages.from[message] as number] ?? {};
  if (!legend.nodes.some((node) => node.role === 'balancer' && node.stage === stage)) return false;
  return (carriers[message] ?? []).some((transfer) => {
    const isFromSender = transfers.from[transfer] === messages.from[message];
    return isFromSender && rows[transfers.endSeq[transfer] ?? -1]?.kind === ARRIVED;
  });
}

const ARRIVED = EntryKind.TransferArrived;

/** Whether the reader can still come to the message in its log. */
function isInLog({ logs, positions }: Past, message: number, reader: number): boolean {
  return logs.some(({ records, start }, log) => {
    const offset = records.lastIndexOf(message);
    return offset >= start && offset >= (positions.get(`${reader} ${log}`) ?? 0);
  });
}

function isOnTheLine(past: Past, message: number, reader: number): boolean {
  const { trace, rows, carriers } = past;
  const { transfers, messages, legend } = trace;
  return (carriers[message] ?? []).some((transfer) => {
    const to = transfers.to[transfer] as number;
    const end = transfers.endSeq[transfer] as number;
    const isMine = readerFor(trace, to) === reader;
    const isFirstHop = transfers.from[transfer] === messages.from[message];
    if (end >= 0 && end < rows.length) {
      const arrival = { message, at: to, end };
      return isMine ? isKept(past, arrival) : isFirstHop && waitsAtBroker(past, arrival);
    }
    const isToMiddle = legend.nodes[to]?.role !== 'participant';
    return isMine || (isToMiddle && isFirstHop);
  });
}

interface Arrival {
  readonly message: number;
  readonly at: number;
  readonly end: number;
}

/** A broker writes one record after the other; what dies meanwhile shows when anything closes. */
function waitsAtBroker({ trace, rows, about }: Past, { message, at, end }: Arrival): boolean {
  if (rows[end]?.kind !== EntryKind.TransferArrived) return false;
  if (trace.legend.nodes[at]?.role !== 'broker') return false;
  const isWritten = about[message]?.some(({ kind, seq }) => {
    return kind === EntryKind.Appended && seq > end;
  });
  return (
    !isWritten &&
    rows.slice(end).every(({ kind }) => kind !== EntryKind.Closed && kind !== EntryKind.Crashed)
  );
}

/**
 * What has arrived stays with the reader's client until its program takes it, crashes, or gives the
 * partition up.
 */
function isKept({ rows, about }: Past, { message, at, end }: Arrival): boolean {
  if (rows[end]?.kind !== EntryKind.TransferArrived) return false;
  const log = about[message]?.find(({ kind }) => kind === EntryKind.Appended)?.place;
  return !rows.slice(end).some(({ kind, node, place }) => {
    if (node !== at) return false;
    return kind === EntryKind.Crashed || (kind === EntryKind.Revoked && place === log);
  });
}

/** Kafka's producer keeps a record until it is acknowledged or given up; a socket until it left. */
function isHeldBySender({ trace, about, carriers, acknowledged }: Past, message: number): boolean {
  const { messages, transfers, legend } = trace;
  const sender = messages.from[message] as number;
  const isKafka = legend.nodes[sender]?.stage === 'kafka';
  const hasLetGo = (about[message] ?? []).some(({ kind, node }) => {
    if (kind === EntryKind.LetGo) return node === sender;
    return !isKafka && (kind === EntryKind.Held || kind === EntryKind.Lost);
  });
  if (hasLetGo) return false;
  if (isKafka) return !acknowledged.has(message);
  return !(carriers[message] ?? []).some((transfer) => transfers.from[transfer] === sender);
}
