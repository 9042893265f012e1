// What Kafka's requests and responses say; every API is a pair that the client begins.

import type { MessageIndex, PartitionIndex } from '../trace/trace';
import type { Offset, PartitionLog } from './partitionLog';

/** Records of one partition that travel together. */
export interface RecordBatch {
  readonly log: PartitionLog;
  /** Sequence number of the first record, counted per producer and partition. */
  readonly baseSequence: number;
  readonly messages: readonly MessageIndex[];
  readonly payloadBytes: readonly number[];
}

export interface ProduceRequest {
  readonly api: 'produce';
  readonly batch: RecordBatch;
  readonly acks: '0' | '1' | 'all';
}

export interface FetchRequest {
  readonly api: 'fetch';
  /** Where to read from; null: go on where the last answer on this connection ended. */
  readonly from: ReadonlyMap<PartitionIndex, Offset> | null;
  /** Longest wait at the broker, in microseconds. */
  readonly maxWait: number;
  /** Counts the consumer's resets, so that it can tell a stale answer. */
  readonly round: number;
}

export interface CommitRequest {
  readonly api: 'commit';
  readonly offsets: ReadonlyMap<PartitionIndex, Offset>;
}

export interface ProduceResponse {
  readonly api: 'produced';
  readonly batch: RecordBatch;
}

/** Records of one partition, from `baseOffset` on. */
export interface FetchedRecords {
  readonly log: PartitionLog;
  readonly baseOffset: Offset;
  readonly messages: readonly MessageIndex[];
}

export interface FetchResponse {
  readonly api: 'fetched';
  readonly records: readonly FetchedRecords[];
  /** Partitions whose position was no longer in the log (OFFSET_OUT_OF_RANGE). */
  readonly outOfRange: readonly PartitionLog[];
  readonly round: number;
}

export interface CommitResponse {
  readonly api: 'committed';
}

export type KafkaRequest = ProduceRequest | FetchRequest | CommitRequest;
export type KafkaBody = KafkaRequest | ProduceResponse | FetchResponse | CommitResponse;
