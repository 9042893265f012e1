// What a broker answers to a produce request, before and after the append; it neither appends nor
// sends.

import type { KafkaError } from './errors';

/** What of a leader decides over a produce request: LeaderReplica has it. */
export interface Leadership {
  readonly isr: readonly number[];
  readonly maximalIsr: readonly number[];
  readonly effectiveMinIsr: number;
  readonly highWatermark: number;
}

/** `max.message.bytes`: the largest batch that a topic takes. */
export const MAX_MESSAGE_BYTES = 1_048_588;

/** What a request for all replicas is answered with when `request.timeout.ms` is over. */
export const EXPIRED_PRODUCE: KafkaError = 'REQUEST_TIMED_OUT';

/**
 * Why a batch is not written at all; NONE: it is to be appended. The size of the ISR matters to
 * acks=all alone (Kafka 4.3, ReplicaManager and Partition.appendRecordsToLeader).
 *
 * @param acks `acks` as the producer says it; anything but 0, 1 and all is refused.
 * @param leader null when this broker does not lead the partition.
 */
export function refusalBeforeAppend(
  acks: string,
  leader: Leadership | null,
  batchBytes: number,
): KafkaError {
  if (acks !== '0' && acks !== '1' && acks !== 'all') return 'INVALID_REQUIRED_ACKS';
  if (leader === null) return 'NOT_LEADER_OR_FOLLOWER';
  if (acks === 'all' && leader.isr.length < leader.effectiveMinIsr) return 'NOT_ENOUGH_REPLICAS';
  return batchBytes > MAX_MESSAGE_BYTES ? 'MESSAGE_TOO_LARGE' : 'NONE';
}

/**
 * How an appended batch ends; null: not yet. With acks 0 and 1 it ends with the leader's own
 * append, with acks=all when the high watermark has passed it. An ISR that shrank after that makes
 * an error of a batch that is in the log (Kafka 4.3, Partition.checkEnoughReplicasReachOffset).
 *
 * @param endOffset offset after the batch's last record.
 * @param leader null when this broker no longer leads the partition.
 */
export function outcomeAfterAppend(
  acks: string,
  leader: Leadership | null,
  endOffset: number,
): KafkaError | null {
  if (acks !== 'all') return 'NONE';
  if (leader === null) return 'NOT_LEADER_OR_FOLLOWER';
  if (leader.highWatermark < endOffset) return null;
  const isEnough = leader.maximalIsr.length >= leader.effectiveMinIsr;
  return isEnough ? 'NONE' : 'NOT_ENOUGH_REPLICAS_AFTER_APPEND';
}

/**
 * How the broker tells the producer. With acks 0 nothing is ever sent, so that a closed connection
 * is its one way to say that something went wrong (Kafka 4.3, KafkaApis.handleProduceRequest).
 */
export function produceAnswer(acks: string, error: KafkaError): 'response' | 'silence' | 'close' {
  if (acks !== '0') return 'response';
  return error === 'NONE' ? 'silence' : 'close';
}

/** Whether the response names the partition's new leader, which saves a look-up (KIP-951). */
export function namesLeader(error: KafkaError): boolean {
  return error === 'NOT_LEADER_OR_FOLLOWER';
}

/** What a metadata response says of a partition that `leader` leads; -1: nobody. */
export function metadataError(leader: number): KafkaError {
  return leader < 0 ? 'LEADER_NOT_AVAILABLE' : 'NONE';
}
