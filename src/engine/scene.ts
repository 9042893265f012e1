// What a scenario gives the engine: who is there, on which stages, at which distances, and what
// happens to them.

import type { ProgramSettings, SceneProtocols } from './actors/kafkaProgram';
import type { Workload } from './actors/talk';
import type { WebSocketSettings } from './actors/websocketStage';
import type { HttpSettings } from './http/settings';
import type { SimDuration, SimTime } from './kernel/simTime';
import type { DuplexMode } from './network/duplex';
import type { World } from './raise';
import type { StageId } from './trace/trace';
import type { SocketScene } from './websocket/socketScene';

export interface Participant {
  /** The name that interventions use: `A`, `B`, … */
  readonly id: string;
  readonly name: string;
  readonly writes: boolean;
  readonly reads: boolean;
  /** Null: there from the start. */
  readonly joinsAt: SimTime | null;
  /** Kafka topic that it writes; null: one of its own, named after it. */
  readonly writesTo: string | null;
  /** Kafka topics that it reads; null: every topic that others write. */
  readonly readsFrom: readonly string[] | null;
  /**
   * Assigned by hand, the number of the one partition that it reads of each of its topics, and to
   * which its questions ask for replies; null: it reads all of them.
   */
  readonly readsPartition: number | null;
  /** Consumer group that it is a member of; null: it reads for itself, assigned by hand. */
  readonly group: string | null;
  /** `transactional.id`; null: it sends without transactions. */
  readonly transactionalId: string | null;
}

/** A topic that is set up before the scene begins. */
export interface TopicScene {
  readonly id: string;
  readonly partitions: number;
  /** Place of the broker that leads the first partition, from 0. */
  readonly firstBroker: number;
}

/** How Kafka is set up for a scene. */
export interface KafkaScene {
  /** 1–6. */
  readonly brokers: number;
  /** 1–3, and never more than there are brokers. */
  readonly replicationFactor: number;
  /** One way between two brokers, and between a broker and the controller. */
  readonly brokerDistance: SimDuration;
  /** Topics with more than one partition or writer; the others have one partition, led by the first. */
  readonly topics: readonly TopicScene[];
  /** Keys that messages may bear; they speak of them by their places. */
  readonly keys: readonly string[];
  /**
   * What groups, transactions, partitioners and the compactor are made of; null: nobody is in a
   * group or has transactions, no log is compacted, and each topic has one partition.
   */
  readonly groups: SceneProtocols | null;
}

/** All that a reader may change while the scene runs; each stage reads what concerns it. */
export type Settings = ProgramSettings & WebSocketSettings & HttpSettings;

/** Names of the settings, in the order in which the trace numbers them. */
export const SETTING_NAMES: readonly (keyof Settings)[] = [
  'durability',
  'replayWindow',
  'retention',
  'linger',
  'acks',
  'autoOffsetReset',
  'fetchMaxWait',
  'pollTimeout',
  'prefetch',
  'batchSize',
  'enableIdempotence',
  'retries',
  'deliveryTimeout',
  'requestTimeout',
  'fetchMinBytes',
  'maxPollRecords',
  'maxPollInterval',
  'enableAutoCommit',
  'autoCommitInterval',
  'commit',
  'isolationLevel',
  'minInsyncReplicas',
  'uncleanLeaderElection',
  'replicaLagTimeMax',
  'retentionBytes',
  'segmentBytes',
  'segmentTime',
  'append',
  'pingInterval',
  'pongTimeout',
  'reconnectDelay',
  'reconnectMax',
  'reconnectJitter',
  'sendPolicy',
  'bufferLimit',
  'pollInterval',
  'longPollTimeout',
  'eventWindow',
];

export interface Distances {
  /** One way between two people who share a connection. */
  readonly direct: SimDuration;
  /** One way from a person to the relay or the broker: half of `direct` in a fair race. */
  readonly half: SimDuration;
}

/** A bare line between two people. */
export interface BareLine {
  readonly latency: SimDuration;
  readonly rateBytesPerSecond: number;
  readonly turnaround: SimDuration;
}

export const ACTION_KINDS = [
  'disconnect',
  'reconnect',
  'cut',
  'restore',
  'crash',
  'restart',
  'shutdown',
  'stall',
  'resume',
  'isolate',
  'drop',
  'fillDisk',
  'set',
] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

/**
 * Something that happens to the model from outside: a fault of the script, or a reader's
 * intervention.
 */
export interface Action {
  readonly at: SimTime;
  readonly kind: ActionKind;
  /** A node, a link, or (for `set`) a setting. */
  readonly target: string;
  readonly value?: string | number | boolean;
}

export interface Scene {
  readonly stages: readonly StageId[];
  readonly participants: readonly Participant[];
  /**
   * On the WebSocket stage a relay stands half-way; without it each two people who have anything
   * to say have a connection, the earlier one's program being its server end.
   */
  readonly hasRelay: boolean;
  readonly mode: 'loop' | 'threads';
  readonly workload: Workload;
  readonly settings: Settings;
  readonly kafka: KafkaScene;
  readonly sockets: SocketScene;
  readonly distances: Distances;
  readonly bareLine: BareLine;
  readonly script: readonly Action[];
  readonly horizon: SimTime;
  /** What raises the stages that few scenes have; a scene brings it, as the first view needs none. */
  readonly raisers: Partial<Readonly<Record<StageId, StageRaiser>>>;
}

/** Puts a scene on one of its stages. */
export type StageRaiser = (world: World, scene: Scene, stage: StageId) => void;

/** How a bare stage's medium works. */
export const bareDuplex = (stage: StageId): DuplexMode =>
  stage === 'half-duplex' ? 'half-duplex' : 'full-duplex';

/** The Kafka topic that someone writes. */
export const topicOf = ({ id, writesTo }: Participant): string => writesTo ?? `from-${id}`;

/** Whether one participant reads what another one writes. */
export const hears = (reader: Participant, writer: Participant): boolean =>
  reader !== writer &&
  reader.reads &&
  writer.writes &&
  (reader.readsFrom === null || reader.readsFrom.includes(topicOf(writer)));

/** Every topic of a scene: those that it sets up, and one for each other writer. */
export function topicsOf({ participants, kafka }: Scene): TopicScene[] {
  const own = participants
    .filter(({ writes }) => writes)
    .map((writer) => ({ id: topicOf(writer), partitions: 1, firstBroker: 0 }))
    .filter(({ id }) => kafka.topics.every((topic) => topic.id !== id));
  return [...kafka.topics, ...own];
}
