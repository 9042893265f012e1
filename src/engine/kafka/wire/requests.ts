// What Kafka's requests and responses say; every API is a pair that the client begins.

import type { MessageIndex, PartitionIndex } from '../../trace/trace';
import type { TopicPartition } from '../assignors/assignor';
import type { KafkaError } from '../cluster/errors';

/** Offset of a record: its place in the log, dense from 0 as the leader gives it out. */
export type Offset = number;
/** Place of a broker in the cluster's list, from 0; -1: none. */
export type BrokerPlace = number;
/** Number of a producer session that the cluster has given out; -1: not idempotent. */
export type ProducerId = number;

export type Acks = '0' | '1' | 'all';

/** One record as its producer gives it. */
export interface ProducedRecord {
  readonly message: MessageIndex;
  readonly payloadBytes: number;
  /** Index in the legend's keys; -1: no key. */
  readonly key: number;
  /** A null value: the key is to be forgotten when the log is compacted. */
  readonly isTombstone: boolean;
}

/** Records of one partition that travel together from a producer. */
export interface RecordBatch {
  readonly partition: PartitionIndex;
  readonly producerId: ProducerId;
  readonly producerEpoch: number;
  /** Sequence number of the first record, counted per producer session and partition. */
  readonly baseSequence: number;
  readonly isTransactional: boolean;
  readonly records: readonly ProducedRecord[];
  readonly bytes: number;
}

/** One request carries the batches of every partition that one broker leads. */
export interface ProduceRequest {
  readonly api: 'produce';
  readonly acks: Acks;
  readonly batches: readonly RecordBatch[];
}

export interface ProduceResult {
  readonly batch: RecordBatch;
  readonly error: KafkaError;
  /** -1 when nothing was written. */
  readonly baseOffset: Offset;
  /** With NOT_LEADER_OR_FOLLOWER: who leads, as this broker knows (KIP-951). */
  readonly leader: BrokerPlace;
}

export interface ProduceResponse {
  readonly api: 'produced';
  readonly results: readonly ProduceResult[];
}

export type IsolationLevel = 'read_uncommitted' | 'read_committed';

export interface FetchPosition {
  readonly partition: PartitionIndex;
  readonly offset: Offset;
}

export interface FetchRequest {
  readonly api: 'fetch';
  /** Where to read from; null: go on where the last answer on this connection ended (KIP-227). */
  readonly from: readonly FetchPosition[] | null;
  /** Longest wait at the broker, in microseconds. */
  readonly maxWait: number;
  readonly minBytes: number;
  readonly isolation: IsolationLevel;
  /** Counts the consumer's resets, so that it can tell a stale answer. */
  readonly round: number;
}

/** Records of one partition as a reader gets them; holes and control records are left out. */
export interface FetchedRecords {
  readonly partition: PartitionIndex;
  readonly messages: readonly MessageIndex[];
  /** Offset of each message. */
  readonly offsets: readonly Offset[];
  /** Where this one begins. */
  readonly fromOffset: Offset;
  /** Where the next fetch begins: past the last record looked at, holes and markers included. */
  readonly nextOffset: Offset;
  readonly highWatermark: Offset;
}

export interface FetchFailure {
  readonly partition: PartitionIndex;
  readonly error: KafkaError;
  readonly leader: BrokerPlace;
}

export interface FetchResponse {
  readonly api: 'fetched';
  readonly records: readonly FetchedRecords[];
  readonly failures: readonly FetchFailure[];
  readonly round: number;
}

export interface MetadataRequest {
  readonly api: 'metadata';
}

/** Who leads each partition, as the answering broker knows; by partition index. */
export interface MetadataResponse {
  readonly api: 'metadataAnswer';
  readonly leaders: readonly BrokerPlace[];
  readonly leaderEpochs: readonly number[];
}

/** Where a group or a transaction is coordinated (FindCoordinator). */
export interface CoordinatorRequest {
  readonly api: 'findCoordinator';
  readonly of: 'group' | 'transaction';
  readonly name: string;
}

export interface CoordinatorResponse {
  readonly api: 'coordinator';
  readonly broker: BrokerPlace;
}

export interface InitProducerIdRequest {
  readonly api: 'initProducerId';
  readonly transactionalId: string | null;
}

export interface InitProducerIdResponse {
  readonly api: 'producerId';
  readonly error: KafkaError;
  readonly producerId: ProducerId;
  readonly producerEpoch: number;
}

/** Offsets by partition: the next record to read, not the last one read. */
export type Offsets = ReadonlyMap<PartitionIndex, Offset>;

export interface CommitRequest {
  readonly api: 'commit';
  readonly group: string;
  /** Member id; empty for a consumer that is assigned its partitions by hand. */
  readonly member: string;
  /** Generation (classic) or member epoch (KIP-848); -1 without membership. */
  readonly generation: number;
  readonly offsets: Offsets;
}

export interface CommitResponse {
  readonly api: 'committed';
  readonly error: KafkaError;
}

export interface OffsetsRequest {
  readonly api: 'offsets';
  readonly group: string;
  readonly partitions: readonly PartitionIndex[];
}

export interface OffsetsResponse {
  readonly api: 'offsetsAnswer';
  readonly error: KafkaError;
  /** Without an entry where the group has committed nothing. */
  readonly offsets: Offsets;
}

/** Classic protocol: JoinGroup; with an unknown id and generation -1 from a new member. */
export interface JoinRequest {
  readonly api: 'join';
  readonly group: string;
  readonly member: string;
  readonly topics: readonly string[];
  readonly owned: readonly TopicPartition[];
  readonly generation: number;
  readonly assignor: string;
}

export interface JoinResponse {
  readonly api: 'joined';
  readonly error: KafkaError;
  readonly member: string;
  readonly generation: number;
  /** The member that computes the assignment. */
  readonly leader: string;
  /** Told to the leader alone; empty for the others. */
  readonly members: readonly JoinRequest[];
}

/** Classic protocol: SyncGroup; only the leader's bears assignments. */
export interface SyncRequest {
  readonly api: 'sync';
  readonly group: string;
  readonly member: string;
  readonly generation: number;
  readonly assignments: ReadonlyMap<string, readonly TopicPartition[]>;
}

export interface SyncResponse {
  readonly api: 'synced';
  readonly error: KafkaError;
  readonly assignment: readonly TopicPartition[];
}

export interface HeartbeatRequest {
  readonly api: 'heartbeat';
  readonly group: string;
  readonly member: string;
  readonly generation: number;
}

export interface HeartbeatResponse {
  readonly api: 'heartbeatAnswer';
  readonly error: KafkaError;
}

export interface LeaveRequest {
  readonly api: 'leave';
  readonly group: string;
  readonly member: string;
  /** Said along (KIP-800): closed, or not polled for `max.poll.interval.ms`. */
  readonly reason: 'closed' | 'poll interval';
}

export interface LeaveResponse {
  readonly api: 'left';
}

/** KIP-848: one API for joining, staying, leaving and reconciling. */
export interface GroupHeartbeatRequest {
  readonly api: 'groupHeartbeat';
  readonly group: string;
  readonly member: string;
  /** 0 to join, -1 to leave, else the member's epoch. */
  readonly memberEpoch: number;
  readonly topics: readonly string[];
  /** Null: as the member said last. */
  readonly owned: readonly TopicPartition[] | null;
}

export interface GroupHeartbeatResponse {
  readonly api: 'groupHeartbeatAnswer';
  readonly error: KafkaError;
  readonly memberEpoch: number;
  /** What the member shall own; null: unchanged. */
  readonly assignment: readonly TopicPartition[] | null;
}

export interface AddToTransactionRequest {
  readonly api: 'addToTransaction';
  readonly transactionalId: string;
  readonly producerId: ProducerId;
  readonly producerEpoch: number;
  readonly partitions: readonly PartitionIndex[];
}

/** Offsets that become committed together with the transaction (TxnOffsetCommit). */
export interface TransactionOffsetsRequest {
  readonly api: 'transactionOffsets';
  readonly transactionalId: string;
  readonly producerId: ProducerId;
  readonly producerEpoch: number;
  readonly group: string;
  /** As in a commit: a member that was expelled cannot commit through its producer (KIP-447). */
  readonly member: string;
  readonly generation: number;
  readonly offsets: Offsets;
}

export interface EndTransactionRequest {
  readonly api: 'endTransaction';
  readonly transactionalId: string;
  readonly producerId: ProducerId;
  readonly producerEpoch: number;
  readonly outcome: 'commit' | 'abort';
}

export interface TransactionResponse {
  readonly api: 'transactionAnswer';
  readonly error: KafkaError;
}

export type GroupRequest =
  | CommitRequest
  | OffsetsRequest
  | JoinRequest
  | SyncRequest
  | HeartbeatRequest
  | LeaveRequest
  | GroupHeartbeatRequest;

export type GroupResponse =
  | CommitResponse
  | OffsetsResponse
  | JoinResponse
  | SyncResponse
  | HeartbeatResponse
  | LeaveResponse
  | GroupHeartbeatResponse;

export type TransactionRequest =
  | InitProducerIdRequest
  | AddToTransactionRequest
  | TransactionOffsetsRequest
  | EndTransactionRequest;

export type TransactionAnswer = InitProducerIdResponse | TransactionResponse;

export type KafkaRequest =
  | ProduceRequest
  | FetchRequest
  | MetadataRequest
  | CoordinatorRequest
  | GroupRequest
  | TransactionRequest;

export type KafkaResponse =
  | ProduceResponse
  | FetchResponse
  | MetadataResponse
  | CoordinatorResponse
  | GroupResponse
  | TransactionAnswer;

export type KafkaBody = KafkaRequest | KafkaResponse;
