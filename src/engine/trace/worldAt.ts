// The whole picture at one instant: who is there, what is open, what each log holds, what is on the
// line.

import type { SimTime } from '../kernel/simTime';
import { EntryKind, TRANSFER_TYPES, type TransferType } from './entryKinds';
import { openAt } from './series/openSpans';
import { ConnectionColumn, LogColumn, NodeColumn, ReaderColumn } from './standing';
import type {
  ConnectionIndex,
  EntrySeq,
  MessageIndex,
  NodeIndex,
  PartitionIndex,
  StageId,
  TransferIndex,
} from './trace';
import { lastSeqAt, type TraceIndex } from './traceIndex';

export interface NodeState {
  readonly up: boolean;
  readonly away: boolean;
  readonly joined: boolean;
  /** One of its messages is on its first hop. */
  readonly sending: boolean;
  /** A message is on its last hop to it. */
  readonly getting: boolean;
}

export interface ConnectionState {
  /** As its client has it. */
  readonly state: 'closed' | 'connecting' | 'open';
  /** Each end's own view; after a cut one may be open and the other not. */
  readonly client: EndState;
  readonly server: EndState;
}

export type EndState = 'closed' | 'connecting' | 'open' | 'closing';

/** A log's offsets; all but `logStart` are exclusive ends. */
export interface PartitionState {
  readonly logStart: number;
  readonly highWatermark: number;
  readonly logEnd: number;
}

export interface ReaderPosition {
  readonly partition: PartitionIndex;
  readonly reader: NodeIndex;
  /** Offset that it gets next. */
  readonly position: number;
  /** Offset that it would start from after a crash; -1 if it never committed. */
  readonly committed: number;
}

export interface TransferInFlight {
  readonly transfer: TransferIndex;
  readonly connection: ConnectionIndex;
  readonly from: NodeIndex;
  readonly to: NodeIndex;
  readonly type: TransferType;
  readonly messages: readonly MessageIndex[];
  readonly startedAt: number;
  /** When it ended, or was due if the horizon came first. */
  readonly endsAt: number;
  /** False: it is dropped at `endsAt`. */
  readonly delivered: boolean;
  /** When it was due as it left. */
  readonly dueAt: number;
}

/** Lists parallel to the legend's. */
export interface World {
  readonly time: SimTime;
  readonly nodes: readonly NodeState[];
  readonly links: readonly { readonly cut: boolean }[];
  readonly connections: readonly ConnectionState[];
  readonly partitions: readonly PartitionState[];
  readonly readers: readonly ReaderPosition[];
  readonly transfers: readonly TransferInFlight[];
}

const CONNECTION_STATES = ['closed', 'connecting', 'open'] as const;
const END_STATES = ['closed', 'connecting', 'open', 'closing'] as const;

/**
 * The world once everything at `time` has happened. Its cost does not grow with the length of the
 * run.
 */
export function worldAt(index: TraceIndex, time: SimTime): World {
  const { standing } = index;
  const seq = lastSeqAt(index, time);
  const transfers = openAt(index.onTheLine, seq).map((transfer) => inFlight(index, transfer));
  const sending = new Set<NodeIndex>();
  const getting = new Set<NodeIndex>();
  for (const { messages, from, to } of transfers) {
    if (messages.length === 0) continue;
    sending.add(from);
    getting.add(to);
  }
  return {
    time,
    nodes: standing.nodes.map((series, node) => {
      const row = series.rowAt(seq);
      return {
        up: series.valueIn(row, NodeColumn.Down) === 0,
        away: series.valueIn(row, NodeColumn.Away) === 1,
        joined: series.valueIn(row, NodeColumn.Absent) === 0,
        sending: sending.has(node),
        getting: getting.has(node),
      };
    }),
    links: standing.links.map((series) => ({ cut: series.valueAt(seq) === 1 })),
    connections: standing.connections.map((series) => {
      const row = series.rowAt(seq);
      const endState = (column: number): EndState =>
        END_STATES[series.valueIn(row, column)] ?? 'closed';
      return {
        state: CONNECTION_STATES[series.valueIn(row, ConnectionColumn.State)] ?? 'closed',
        client: endState(ConnectionColumn.Client),
        server: endState(ConnectionColumn.Server),
      };
    }),
    partitions: standing.logs.map((series) => {
      const row = series.rowAt(seq);
      return {
        logStart: series.valueIn(row, LogColumn.Start),
        highWatermark: series.valueIn(row, LogColumn.HighWatermark),
        logEnd: series.valueIn(row, LogColumn.End),
      };
    }),
    readers: standing.readers.map(({ partition, reader, series }) => {
      const row = series.rowAt(seq);
      return {
        partition,
        reader,
        position: series.valueIn(row, ReaderColumn.Position),
        committed: series.valueIn(row, ReaderColumn.CommittedPlusOne) - 1,
      };
    }),
    transfers,
  };
}

/** Messages that a replay buffer of this stage holds at `time`, oldest first. */
export function heldAt(index: TraceIndex, stage: StageId, time: number): MessageIndex[] {
  const { entries, legend, messages } = index.trace;
  const held = new Map<MessageIndex, number>();
  for (const seq of index.bufferEntries) {
    if ((entries.time[seq] as number) > time) break;
    const node = entries.node[seq] as number;
    const message = entries.message[seq] as number;
    if (legend.nodes[node]?.stage !== stage || messages.from[message] === node) continue;
    const change = entries.kind[seq] === EntryKind.Held ? 1 : -1;
    held.set(message, (held.get(message) ?? 0) + change);
  }
  return [...held].filter(([, holders]) => holders > 0).map(([message]) => message);
}

/** Messages that their sender has handed over and that are not on the line yet, oldest first. */
export function waitingInAccumulatorAt(
  index: TraceIndex,
  stage: StageId,
  time: number,
): MessageIndex[] {
  const { messages, legend } = index.trace;
  return openAt(index.unsent, lastSeqAt(index, time)).filter(
    (message) => legend.nodes[messages.from[message] as number]?.stage === stage,
  );
}

function inFlight(index: TraceIndex, transfer: TransferIndex): TransferInFlight {
  const { transfers, entries, carried } = index.trace;
  const from = transfers.carriedFrom[transfer] as number;
  const end = transfers.endSeq[transfer] as EntrySeq;
  const dueAt = transfers.dueAt[transfer] as number;
  return {
    transfer,
    connection: transfers.connection[transfer] as number,
    from: transfers.from[transfer] as number,
    to: transfers.to[transfer] as number,
    type: TRANSFER_TYPES[transfers.type[transfer] as number] ?? 'message',
    messages: [...carried.subarray(from, from + (transfers.carriedCount[transfer] as number))],
    startedAt: entries.time[transfers.startSeq[transfer] as number] as number,
    endsAt: end < 0 ? dueAt : (entries.time[end] as number),
    delivered: end < 0 || entries.kind[end] === EntryKind.TransferArrived,
    dueAt,
  };
}
