// Looks up the entries, transfers and messages of one stage for the checks; judges nothing.
import type {
  ConnectionIndex,
  EntrySeq,
  LegendConnection,
  LegendNode,
  Measures,
  MessageIndex,
  NodeIndex,
  StageId,
  TransferType,
} from '../../engine/index';
import { EntryKind, measuresAt, TRANSFER_TYPES } from '../../engine/index';
import type { Run } from '../runScenario';

/**
 * Bytes that travelled from one node to another; -1 as `endSeq`: still on the way at the horizon.
 */
export interface Transfer {
  readonly connection: ConnectionIndex;
  readonly from: NodeIndex;
  readonly to: NodeIndex;
  readonly type: TransferType;
  readonly bytes: number;
  readonly payloadBytes: number;
  readonly messages: readonly MessageIndex[];
  readonly startSeq: EntrySeq;
  readonly endSeq: EntrySeq;
}

/** One message; its wish, its sending and its first hand-over to each of its readers. */
export interface Message {
  readonly index: MessageIndex;
  readonly from: NodeIndex;
  readonly wantedAt: number;
  /** The message that this one answers, or -1. */
  readonly replyTo: MessageIndex;
  readonly readers: readonly NodeIndex[];
  readonly sentSeq: EntrySeq;
  /** The first hand-over to each reader that got it. */
  readonly deliveries: readonly EntrySeq[];
}

export const atEnd = (run: Run, stage: StageId): Measures =>
  measuresAt(run.index, stage, run.horizon);

export const timeOf = (run: Run, seq: EntrySeq): number =>
  run.index.trace.entries.time[seq] ?? Number.NaN;

/** All entries of one kind on one stage, in order. */
export function entriesOf(run: Run, stage: StageId, kind: EntryKind): EntrySeq[] {
  const { entries, legend } = run.index.trace;
  const found: EntrySeq[] = [];
  for (let seq = 0; seq < entries.count; seq += 1) {
    if (entries.kind[seq] !== kind) continue;
    if (legend.nodes[entries.node[seq] ?? -1]?.stage === stage) found.push(seq);
  }
  return found;
}

export function nodesOf(run: Run, stage: StageId): readonly LegendNode[] {
  return run.index.trace.legend.nodes.filter((node) => node.stage === stage);
}

export function connectionsOf(run: Run, stage: StageId): readonly LegendConnection[] {
  return run.index.trace.legend.connections.filter((connection) => connection.stage === stage);
}

export const roleOf = (run: Run, node: NodeIndex): LegendNode['role'] | undefined =>
  run.index.trace.legend.nodes[node]?.role;

/** Every transfer of the stage, in the order of departure. */
export function transfersOf(run: Run, stage: StageId): Transfer[] {
  const { transfers, carried, legend } = run.index.trace;
  const found: Transfer[] = [];
  for (let row = 0; row < transfers.count; row += 1) {
    const connection = transfers.connection[row] ?? -1;
    if (legend.connections[connection]?.stage !== stage) continue;
    const first = transfers.carriedFrom[row] ?? 0;
    const messages = carried.subarray(first, first + (transfers.carriedCount[row] ?? 0));
    found.push({
      connection,
      from: transfers.from[row] ?? -1,
      to: transfers.to[row] ?? -1,
      type: TRANSFER_TYPES[transfers.type[row] ?? 0] ?? 'message',
      bytes: transfers.bytes[row] ?? 0,
      payloadBytes: transfers.payloadBytes[row] ?? 0,
      messages: [...messages],
      startSeq: transfers.startSeq[row] ?? -1,
      endSeq: transfers.endSeq[row] ?? -1,
    });
  }
  return found;
}

/** The transfers that carry what people say. */
export const carriersOf = (run: Run, stage: StageId): Transfer[] =>
  transfersOf(run, stage).filter((transfer) => transfer.messages.length > 0);

/** Every message that was sent on the stage. */
export function messagesOf(run: Run, stage: StageId): Message[] {
  const { messages, addressees, legend } = run.index.trace;
  const deliveries = firstDeliveries(run, stage);
  const found: Message[] = [];
  for (let index = 0; index < messages.count; index += 1) {
    const from = messages.from[index] ?? -1;
    if (legend.nodes[from]?.stage !== stage) continue;
    const first = messages.readersFrom[index] ?? 0;
    found.push({
      index,
      from,
      wantedAt: messages.wantedAt[index] ?? 0,
      replyTo: messages.replyTo[index] ?? -1,
      readers: [...addressees.subarray(first, first + (messages.readersCount[index] ?? 0))],
      sentSeq: messages.sentSeq[index] ?? -1,
      deliveries: deliveries.get(index) ?? [],
    });
  }
  return found;
}

function firstDeliveries(run: Run, stage: StageId): Map<MessageIndex, EntrySeq[]> {
  const { entries } = run.index.trace;
  const seen = new Set<string>();
  const found = new Map<MessageIndex, EntrySeq[]>();
  for (const seq of entriesOf(run, stage, EntryKind.Delivered)) {
    const message = entries.message[seq] ?? -1;
    const copy = `${message}>${entries.node[seq]}`;
    if (seen.has(copy)) continue;
    seen.add(copy);
    found.set(message, [...(found.get(message) ?? []), seq]);
  }
  return found;
}

/**
 * The first hand-over of each sender's words: one entry per direction in which anything arrived.
 */
export function firstArrivalPerSender(run: Run, stage: StageId): EntrySeq[] {
  const bySender = new Map<NodeIndex, EntrySeq>();
  for (const message of messagesOf(run, stage)) {
    const [first] = message.deliveries;
    if (first !== undefined && !bySender.has(message.from)) bySender.set(message.from, first);
  }
  return [...bySender.values()];
}

/** The entry at which each message is first written into a log; empty where nothing writes. */
export function writesOf(run: Run, stage: StageId): Map<MessageIndex, EntrySeq> {
  const { entries } = run.index.trace;
  const writes = new Map<MessageIndex, EntrySeq>();
  for (const seq of entriesOf(run, stage, EntryKind.Appended)) {
    const message = entries.message[seq] ?? -1;
    if (!writes.has(message)) writes.set(message, seq);
  }
  return writes;
}

/** A duration parameter in milliseconds; 0 when the scenario has none of that name. */
export function durationMs(run: Run, name: string): number {
  const value = run.parameters[name];
  return typeof value === 'number' ? value / 1_000 : 0;
}

/** The stage to compare with: WebSocket against Kafka, half-duplex against full-duplex. */
export function otherStage(stage: StageId): StageId {
  if (stage === 'websocket') return 'kafka';
  if (stage === 'half-duplex') return 'full-duplex';
  return stage === 'full-duplex' ? 'half-duplex' : 'websocket';
}

/** What copying a record to the followers takes: there, and back with their next fetch. */
export function copyingMs(run: Run): number {
  const hasCopies = Number(run.parameters['default.replication.factor'] ?? 1) > 1;
  return hasCopies ? 2 * durationMs(run, 'brokerDistance') : 0;
}
