// The ledger of a stage at an instant, worked out from the entries alone, copy by copy, from
// scratch: slow, short and independent of the engine's own.

import { EntryKind, LOSS_CAUSES, type StageId, type Trace } from '../../engine/index';
import { isHeldBeforeLog, isSentOn } from './naiveGateways';
import { type NaiveLogs, naiveLogs } from './naiveLogs';
import { carriedBy, type Row, rowsOf } from './traceColumns';

type NaiveState = 'delivered' | 'waiting' | 'inFlight' | 'missed';

/** One message for one reader: a participant, or a group. */
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
  const copies: NaiveCopy[] = [];
  for (let message = 0; message < messages.count; message += 1) {
    const sender = messages.from[message] as number;
    const sentSeq = messages.sentSeq[message] as number;
    if (sentSeq > past.last || legend.nodes[sender]?.stage !== stage) continue;
    const from = messages.readersFrom[message] as number;
    const first = [...addressees.subarray(from, from + (messages.readersCount[message] as number))];
    const late = past.arrivals
      .filter(({ seq, node }) => seq > sentSeq && node !== sender)
      .filter(({ node }) => legend.nodes[node]?.stage === stage && isFor(past, message, node));
    for (const reader of [...first, ...late.map(({ node }) => node)]) {
      copies.push(copyOf(past, message, reader));
    }
  }
  return copies;
}

export interface Past {
  readonly trace: Trace;
  /** Number of the last entry. */
  readonly last: number;
  readonly rows: readonly Row[];
  readonly logs: NaiveLogs;
  readonly rowsOfMessage: ReadonlyMap<number, readonly Row[]>;
  readonly transfersOfMessage: ReadonlyMap<number, readonly number[]>;
  /** Messages that were acknowledged. */
  readonly acknowledged: ReadonlySet<number>;
  /** Those who came late and read for themselves. */
  readonly arrivals: readonly Row[];
  /** Entries at which a reader's client gets a partition, or loses what it has fetched. */
  readonly holds: readonly Row[];
}

function pastOf(trace: Trace, time: number): Past {
  const rows = rowsOf(trace, time);
  const ofKind = (...kinds: number[]) => rows.filter(({ kind }) => kinds.includes(kind));
  const transfersOfMessage = new Map<number, number[]>();
  for (const { transfer } of ofKind(EntryKind.TransferStarted)) {
    for (const message of carriedBy(trace, transfer)) addTo(transfersOfMessage, message, transfer);
  }
  const rowsOfMessage = new Map<number, Row[]>();
  for (const row of rows) addTo(rowsOfMessage, row.message, row);
  const acknowledged = ofKind(EntryKind.Acknowledged).flatMap(({ transfer, detail, value }) =>
    carriedBy(trace, transfer).slice(detail, detail + value),
  );
  const readsForItself = ({ node }: Row) => readerOf(trace, node) === node;
  return {
    trace,
    rows,
    last: rows.length - 1,
    logs: naiveLogs(trace, rows),
    rowsOfMessage,
    transfersOfMessage,
    acknowledged: new Set(acknowledged),
    arrivals: ofKind(EntryKind.Joined).filter(readsForItself),
    holds: ofKind(
      ...[EntryKind.Crashed, EntryKind.Revoked, EntryKind.Assigned, EntryKind.PositionReset],
    ),
  };
}

function addTo<T>(lists: Map<number, T[]>, key: number, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** A group's member reads for its group. */
function readerOf({ legend }: Trace, node: number): number {
  const group = legend.nodes[node]?.group ?? -1;
  return group < 0 ? node : group;
}

/** Whether somebody reads the topic that a message was written to, or will be. */
function isFor({ trace, logs }: Past, message: number, reader: number): boolean {
  const { legend, messages } = trace;
  const { stage, hears } = legend.nodes[reader] ?? {};
  const from = messages.from[message] as number;
  if (stage !== 'kafka') return hears?.includes(from) ?? true;
  const topic = logs.topicOfSender.get(from);
  return legend.partitions.some((partition) => {
    // Nothing tells where somebody writes of whom no log ever got anything.
    const mayBe = topic === undefined ? partition.sender < 0 : partition.topic === topic;
    return mayBe && partition.readers.includes(reader);
  });
}

function copyOf(past: Past, message: number, reader: number): NaiveCopy {
  const { trace, rowsOfMessage } = past;
  const mine = (rowsOfMessage.get(message) ?? []).filter(
    ({ node }) => readerOf(trace, node) === reader,
  );
  const deliveries = mine.filter(({ kind }) => kind === EntryKind.Delivered).length;
  const copy = { message, reader, deliveries };
  if (deliveries > 0) return { ...copy, state: 'delivered' };
  const kept = mine.findLast(({ kind }) => kind === EntryKind.Held || kind === EntryKind.LetGo);
  const isBuffered = kept?.kind === EntryKind.Held && past.trace.messages.from[message] !== reader;
  const isWithServers = hasReachedFleet(past, message);
  const isBrowsers = trace.legend.nodes[reader]?.isBrowser === true;
  const isSaidLost = mine.some(({ kind }) => kind === EntryKind.Lost);
  const isLost = isSaidLost && (isWithServers || isBrowsers);
  const isRead = isBrowsers && isSentOn(past, message, reader);
  const isStored = !isLost && !isRead && isInLog(past, message, reader);
  if (isBuffered || isStored) return { ...copy, state: 'waiting' };
  const isMoving =
    isOnTheLine(past, message, reader) ||
    isQueued(past, message, reader) ||
    isHeldBySender(past, message) ||
    (isWithServers && !isLost);
  return { ...copy, state: isMoving ? 'inFlight' : 'missed' };
}

/** Servers behind a balancer hold what one of them has got, until an entry says who lost it. */
function hasReachedFleet({ trace, rows, transfersOfMessage }: Past, message: number): boolean {
  const { transfers, messages, legend } = trace;
  const { stage } = legend.nodes[messages.from[message] as number] ?? {};
  if (!legend.nodes.some((node) => node.role === 'balancer' && node.stage === stage)) return false;
  return (transfersOfMessage.get(message) ?? []).some((transfer) => {
    const isFromSender = transfers.from[transfer] === messages.from[message];
    const end = rows[transfers.endSeq[transfer] ?? -1];
    return isFromSender && end?.kind === EntryKind.TransferArrived;
  });
}

/** Whether the reader can still come to it. */
function isInLog({ logs }: Past, message: number, reader: number): boolean {
  return (logs.placesOf.get(message) ?? []).some(
    ({ partition, offset }) => offset >= (logs.positions.get(`${reader} ${partition}`) ?? 0),
  );
}

function isOnTheLine(past: Past, message: number, reader: number): boolean {
  const { trace, last, transfersOfMessage } = past;
  const { transfers, messages, legend } = trace;
  return (transfersOfMessage.get(message) ?? []).some((transfer) => {
    const to = transfers.to[transfer] as number;
    const end = transfers.endSeq[transfer] as number;
    const isToReader = readerOf(trace, to) === reader;
    const from = transfers.from[transfer] as number;
    const isToLog = legend.nodes[from]?.role === 'gateway' && legend.nodes[to]?.role === 'broker';
    const isFirstHop = isToLog || from === messages.from[message];
    const isToMiddle = legend.nodes[to]?.role !== 'participant';
    if (end < 0 || end > last) return isToReader || (isToMiddle && isFirstHop);
    if (past.rows[end]?.kind !== EntryKind.TransferArrived) return false;
    if (isToReader) return isKeptByReader(past, { message, client: to, arrival: end });
    return isFirstHop && isAtBroker(past, message, transfer);
  });
}

/** At an end of a connection, given to it and not sent yet. */
function isQueued(past: Past, message: number, reader: number): boolean {
  const { trace, rowsOfMessage, transfersOfMessage } = past;
  const { transfers } = trace;
  const last = rowsOfMessage.get(message)?.findLast(({ kind, node }) => {
    return node === reader && (kind === EntryKind.Lost || kind === EntryKind.Queued);
  });
  if (last?.kind !== EntryKind.Queued || last.value === 0) return false;
  return !transfersOfMessage.get(message)?.some((transfer) => {
    const start = transfers.startSeq[transfer] as number;
    return transfers.to[transfer] === reader && start > last.seq;
  });
}

/** What has arrived stays with the reader's client until its program takes it, or loses it. */
function isKeptByReader(
  { trace, holds, logs, rowsOfMessage }: Past,
  { message, client, arrival }: { message: number; client: number; arrival: number },
): boolean {
  const isSocket = trace.legend.nodes[client]?.stage !== 'kafka';
  const isDiscarded = rowsOfMessage.get(message)?.some(({ kind, node, seq, value }) => {
    const isGone = kind === EntryKind.Lost || (kind === EntryKind.Queued && value === 0);
    return isGone && node === client && seq > arrival;
  });
  if (isSocket && isDiscarded) return false;
  const partition = logs.partitionOf.get(message);
  const offset = logs.offsetOf.get(message) ?? Number.POSITIVE_INFINITY;
  const mine = holds.filter(({ kind, node, place, value }) => {
    if (node !== client) return false;
    // From where it goes on, it asks anew.
    if (kind === EntryKind.PositionReset && offset < value) return false;
    return kind === EntryKind.Crashed || place === partition;
  });
  if (mine.some(({ seq, kind }) => seq > arrival && kind !== EntryKind.Assigned)) return false;
  // A member throws away what comes for a partition that it has given up.
  const readsForItself = readerOf(trace, client) === client;
  const before = mine.findLast(
    ({ seq, kind }) => seq < arrival && kind !== EntryKind.PositionReset,
  );
  return readsForItself || before?.kind === EntryKind.Assigned;
}

/** Sent with acks=0, and the broker, stalled or at work on others, has not looked at it yet. */
function isAtBroker({ trace, rows, rowsOfMessage }: Past, message: number, transfer: number) {
  const { transfers } = trace;
  const broker = transfers.to[transfer] as number;
  const connection = transfers.connection[transfer] as number;
  const arrival = transfers.endSeq[transfer] as number;
  const mine = rowsOfMessage.get(message) ?? [];
  const isUnanswered = mine.some(
    ({ kind, value }) => kind === EntryKind.LetGo && LOSS_CAUSES[value] === 'never acknowledged',
  );
  const isWritten = mine.some(({ kind, seq }) => kind === EntryKind.Appended && seq > arrival);
  if (!isUnanswered || isWritten) return false;
  return !rows.some(({ kind, node, place, seq }) => {
    if (seq < arrival) return false;
    if (kind === EntryKind.Closed) return place === connection;
    return kind === EntryKind.Crashed && node === broker;
  });
}

/** Kafka's producer keeps a record until it is acknowledged or given up; a socket until it left. */
function isHeldBySender(past: Past, message: number): boolean {
  const { trace, rowsOfMessage, transfersOfMessage, acknowledged } = past;
  const { messages, transfers, legend } = trace;
  const sender = messages.from[message] as number;
  if (legend.nodes[sender]?.stage === 'together') return isHeldBeforeLog(past, message);
  const isKafka = legend.nodes[sender]?.stage === 'kafka';
  const isGone = (rowsOfMessage.get(message) ?? []).some(({ kind, node }) => {
    if (kind === EntryKind.LetGo) return node === sender;
    return !isKafka && (kind === EntryKind.Held || kind === EntryKind.Lost);
  });
  if (isGone) return false;
  if (isKafka) return !acknowledged.has(message);
  const carriers = transfersOfMessage.get(message) ?? [];
  return !carriers.some((transfer) => transfers.from[transfer] === sender);
}
