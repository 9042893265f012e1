// The shape of a finished run: one list of entries in columns, with a legend of the names that they
// use.

import type { SimDuration, SimTime } from '../kernel/simTime';

/** Every stage that a scenario can set; a scenario uses some of them. */
export const STAGE_IDS = [
  'websocket',
  'kafka',
  'half-duplex',
  'full-duplex',
  'polling',
  'long-polling',
  'sse',
  'together',
] as const;
export type StageId = (typeof STAGE_IDS)[number];

/** Index into one of the legend's lists. */
export type NodeIndex = number;
export type LinkIndex = number;
export type ConnectionIndex = number;
export type PartitionIndex = number;
export type MessageIndex = number;
export type TransferIndex = number;
/** Position of an entry in the trace, from 0. */
export type EntrySeq = number;

export interface LegendNode {
  /** The name that interventions use; a participant bears the same one on every stage. */
  readonly id: string;
  readonly stage: StageId;
  readonly name: string;
  /** A group is no machine: it stands for the members that read in its name. */
  readonly role:
    | 'participant'
    | 'relay'
    | 'server'
    | 'balancer'
    | 'backplane'
    | 'gateway'
    | 'broker'
    | 'controller'
    | 'group';
  /** The group that this node reads for; -1: it reads for itself. */
  readonly group: NodeIndex;
  /** Without logs: whose messages are meant for it; absent: everybody's. */
  readonly hears?: readonly NodeIndex[];
  /** It runs in a browser: what a log holds for it, a gateway reads and sends on. */
  readonly isBrowser?: true;
}

export interface LegendLink {
  readonly id: string;
  readonly stage: StageId;
  readonly ends: readonly [NodeIndex, NodeIndex];
  /** The node half-way through which it passes, if there is one; that node keeps nothing of it. */
  readonly via?: NodeIndex;
  readonly duplex: 'simplex' | 'half-duplex' | 'full-duplex';
  readonly latency: SimDuration;
  /** Infinity: a message leaves in no time. */
  readonly rateBytesPerSecond: number;
}

/** What the two ends of a connection bring to its opening handshake. */
export interface HandshakeTerms {
  /** `Sec-WebSocket-Version` of the client; servers know 13 alone. */
  readonly version: number;
  /** `Sec-WebSocket-Protocol` of the client, dearest first; empty: none. */
  readonly subprotocols: readonly string[];
  /** Those that the server speaks. */
  readonly serverSubprotocols: readonly string[];
  /** What both offer and take. */
  readonly extension: 'none' | 'permessage-deflate';
  /** A proxy between them may forward no `Upgrade`. */
  readonly proxy: 'none' | 'dropsUpgrade';
}

export interface LegendConnection {
  readonly id: string;
  readonly stage: StageId;
  readonly link: LinkIndex;
  readonly client: NodeIndex;
  readonly server: NodeIndex;
  readonly purpose:
    | 'websocket'
    | 'producer'
    | 'consumer'
    | 'coordinator'
    | 'channel'
    /** HTTP that asks and sends in turn, that sends alone, that asks alone. */
    | 'http'
    | 'post'
    | 'get'
    | 'backplane';
  /** Of a WebSocket whose handshake asks for something; absent: plain. */
  readonly handshake?: HandshakeTerms;
}

export interface LegendPartition {
  readonly id: string;
  readonly stage: StageId;
  readonly topic: string;
  /** Counted from 0 within its topic. */
  readonly number: number;
  /** Brokers in the order of assignment; the first leads at the start, all in sync. */
  readonly replicas: readonly NodeIndex[];
  /** The participant whose messages this log holds; -1: several write it. */
  readonly sender: NodeIndex;
  /** Those who read it: groups, and participants that are a group of their own. */
  readonly readers: readonly NodeIndex[];
}

export interface Legend {
  readonly stages: readonly StageId[];
  readonly nodes: readonly LegendNode[];
  readonly links: readonly LegendLink[];
  readonly connections: readonly LegendConnection[];
  readonly partitions: readonly LegendPartition[];
  /** Names of the parameters that an intervention may set. */
  readonly parameters: readonly string[];
  /** Keys that records bear; messages speak of them by their places. */
  readonly keys: readonly string[];
}

/**
 * Columns of equal length, one row an entry; -1 where a column has no meaning. See
 * `entryMeanings.ts`.
 */
export interface EntryColumns {
  readonly count: number;
  readonly time: Float64Array;
  readonly kind: Uint8Array;
  readonly node: Int32Array;
  readonly place: Int32Array;
  readonly message: Int32Array;
  readonly transfer: Int32Array;
  readonly value: Float64Array;
  readonly detail: Int32Array;
  readonly cause: Int32Array;
}

/** Columns of equal length, one row a transfer: bytes that travel from one node to another. */
export interface TransferColumns {
  readonly count: number;
  readonly connection: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly type: Uint8Array;
  /** Bytes above TCP, payload included. */
  readonly bytes: Float64Array;
  readonly payloadBytes: Float64Array;
  /** Its messages stand in `Trace.carried`, from here … */
  readonly carriedFrom: Int32Array;
  /** … this many; 0 for control traffic. */
  readonly carriedCount: Int32Array;
  readonly startSeq: Int32Array;
  /** The entry at which it arrived or was dropped; -1: in flight at the horizon. */
  readonly endSeq: Int32Array;
  /** When its last byte was due to arrive as it left; a cut or a retransmission can belie it. */
  readonly dueAt: Float64Array;
}

/** Columns of equal length, one row a message of one stage. */
export interface MessageColumns {
  readonly count: number;
  readonly from: Int32Array;
  /** Counted per sender and stage from 0. */
  readonly number: Int32Array;
  readonly wantedAt: Float64Array;
  readonly payloadBytes: Float64Array;
  /** The message that this one answers, or -1. */
  readonly replyTo: Int32Array;
  /** Index in the legend's keys; -1: no key. */
  readonly key: Int32Array;
  /** Its readers stand in `Trace.addressees`, from here … */
  readonly readersFrom: Int32Array;
  readonly readersCount: Int32Array;
  readonly sentSeq: Int32Array;
}

/** Columns of equal length, one row a record batch that a producer has sent (Kafka). */
export interface BatchColumns {
  readonly count: number;
  readonly transfer: Int32Array;
  readonly partition: Int32Array;
  /** Its messages are this many of the transfer's, batch after batch. */
  readonly records: Int32Array;
  /** -1: not idempotent. */
  readonly producerId: Int32Array;
  readonly producerEpoch: Int32Array;
  readonly baseSequence: Int32Array;
  /** 1: part of a transaction. */
  readonly transactional: Uint8Array;
}

/** Columns of equal length, one row a stretch of a log that an answer to a fetch brought. */
export interface RangeColumns {
  readonly count: number;
  readonly transfer: Int32Array;
  readonly partition: Int32Array;
  /** Offsets from here … */
  readonly from: Int32Array;
  /** … up to before this one. */
  readonly to: Int32Array;
}

/**
 * A run from its start to its horizon. Frozen: every view, counter and sentence reads it, nothing
 * writes it.
 */
export interface Trace {
  /** What every draw of the run came from; bytes that are rebuilt draw from it as well. */
  readonly seed: number;
  readonly start: SimTime;
  readonly horizon: SimTime;
  readonly legend: Legend;
  readonly entries: EntryColumns;
  readonly transfers: TransferColumns;
  readonly carried: Int32Array;
  readonly messages: MessageColumns;
  readonly addressees: Int32Array;
  readonly batches: BatchColumns;
  readonly ranges: RangeColumns;
}
