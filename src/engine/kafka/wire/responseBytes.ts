// How many bytes Kafka's responses take on the wire, field by field (Kafka 4.3, message formats);
// encodes nothing.

import {
  assignedBytes,
  memberBytes,
  partitionsBytes,
  subscriptionBytes,
  TOPIC_AND_PARTITION_BYTES,
} from './requestBytes';
import type {
  GroupHeartbeatResponse,
  GroupResponse,
  JoinResponse,
  KafkaResponse,
} from './requests';

/** Size 4, correlation id 4, tags 1 (response header v1). */
const RESPONSE_HEADER_BYTES = 9;
/** Throttle time 4, error 2. */
const THROTTLE_AND_ERROR_BYTES = 6;

/**
 * Bytes above TCP of a response that carries no records; a fetch's is its header, and
 * `fetchedPartitionBytes` for each partition with records.
 */
export function responseBytes(response: Exclude<KafkaResponse, { api: 'fetched' }>): number {
  switch (response.api) {
    case 'produced':
      // Throttle 4, errors 2; error 2, base offset 8, append time 8, log start 8 a partition.
      return RESPONSE_HEADER_BYTES + 6 + 40 * response.results.length;
    case 'metadataAnswer':
      // Throttle 4, three brokers 64, cluster 23, controller 4, a topic 32; 42 a partition.
      // Only those of this cluster: others leave holes in the list.
      return RESPONSE_HEADER_BYTES + 127 + response.leaders.reduce((bytes) => bytes + 42, 0);
    case 'coordinator':
      // Throttle 4, coordinators 1, key 7, node 4, host 11, port 4, error 2, message 1, tags 1.
      return RESPONSE_HEADER_BYTES + 35;
    case 'producerId':
      return RESPONSE_HEADER_BYTES + THROTTLE_AND_ERROR_BYTES + 10;
    case 'transactionAnswer':
      return RESPONSE_HEADER_BYTES + THROTTLE_AND_ERROR_BYTES;
    default:
      return RESPONSE_HEADER_BYTES + groupBytes(response);
  }
}

function groupBytes(response: GroupResponse): number {
  switch (response.api) {
    case 'committed':
      // As many as a produce response's with one partition, as the error comes by partition.
      return TOPIC_AND_PARTITION_BYTES + 32;
    case 'offsetsAnswer':
      // Throttle 4, groups 1, group 7, error 2; offset 8, leader epoch 4, metadata 1, error 2 each.
      return 14 + partitionsBytes(response.offsets.size, 15);
    case 'joined':
      return joinedBytes(response);
    case 'synced':
      // Protocol type 9 and name 6, version 2, user data 4, length 1.
      return THROTTLE_AND_ERROR_BYTES + 22 + assignedBytes(response.assignment);
    case 'heartbeatAnswer':
      return THROTTLE_AND_ERROR_BYTES;
    case 'left':
      // Members 1, member 39, instance 1, error 2, tags 1.
      return THROTTLE_AND_ERROR_BYTES + 44;
    case 'groupHeartbeatAnswer':
      return groupHeartbeatBytes(response);
  }
}

/** Generation 4, protocol type 9 and name 6, skips the assignment 1, leader and member, members 1. */
function joinedBytes({ leader, member, members }: JoinResponse): number {
  let bytes = THROTTLE_AND_ERROR_BYTES + 21 + memberBytes(leader) + memberBytes(member);
  for (const subscription of members) {
    // Instance 1, tags 1.
    bytes += 2 + memberBytes(subscription.member) + subscriptionBytes(subscription);
  }
  return bytes;
}

/** Message 1, member 39, epoch 4, heartbeat interval 4, assignment 1. */
function groupHeartbeatBytes({ assignment }: GroupHeartbeatResponse): number {
  return THROTTLE_AND_ERROR_BYTES + 49 + (assignment === null ? 0 : assignedBytes(assignment));
}

/** Fetch response: throttle 4, error 2, session 4. */
export const FETCH_RESPONSE_HEADER_BYTES = RESPONSE_HEADER_BYTES + 10;

/** What a partition adds to a fetch response beside its batches. */
export const fetchedPartitionBytes = (batches: number): number =>
  TOPIC_AND_PARTITION_BYTES + 36 + batches;
