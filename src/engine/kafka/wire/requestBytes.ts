// How many bytes Kafka's requests take on the wire, field by field (Kafka 4.3, message formats);
// encodes nothing.

import type { TopicPartition } from '../assignors/assignor';
import type {
  GroupHeartbeatRequest,
  GroupRequest,
  JoinRequest,
  KafkaRequest,
  ProduceRequest,
  SyncRequest,
  TransactionRequest,
} from './requests';

/** Size 4, API key 2, version 2, correlation id 4, client id 2 + 8, tags 1 (request header v2). */
const REQUEST_HEADER_BYTES = 23;
/** Compact topic name of six letters, one partition, tags. */
export const TOPIC_AND_PARTITION_BYTES = 14;
/** A further partition of a topic: its number, and tags. */
const FURTHER_PARTITION_BYTES = 5;
/** Producer id 8, producer epoch 2. */
const PRODUCER_BYTES = 10;
/** Member ids are UUIDs behind a client id, here 38 letters; -1 and empty ids take one byte. */
const MEMBER_ID_BYTES = 39;
/** `consumer`, the protocol type of consumer groups. */
const PROTOCOL_TYPE_BYTES = 9;

/** A compact string: its length plus one as a varint, then its letters (all of them ASCII). */
export const textBytes = (text: string): number => 1 + text.length;

/** Partitions of one topic or of several, each with so many bytes of its own beyond its number. */
export function partitionsBytes(count: number, each = 0): number {
  if (count === 0) return 1;
  return TOPIC_AND_PARTITION_BYTES + (count - 1) * FURTHER_PARTITION_BYTES + count * each;
}

/** Bytes above TCP of a request; whatever has a list counts its entries. */
export function requestBytes(request: KafkaRequest): number {
  switch (request.api) {
    case 'produce':
      return REQUEST_HEADER_BYTES + produceBytes(request);
    case 'fetch':
      // Max wait 4, min and max bytes 8, session 8, isolation 1; a session repeats no positions.
      return REQUEST_HEADER_BYTES + 21 + 38 * (request.from?.length ?? 1);
    case 'metadata':
      // Topics 1 + 24, two flags.
      return REQUEST_HEADER_BYTES + 27;
    case 'findCoordinator':
      // Key type 1, keys 1.
      return REQUEST_HEADER_BYTES + 2 + textBytes(request.name);
    case 'initProducerId':
    case 'addToTransaction':
    case 'transactionOffsets':
    case 'endTransaction':
      return REQUEST_HEADER_BYTES + transactionBytes(request);
    default:
      return REQUEST_HEADER_BYTES + textBytes(request.group) + groupBytes(request);
  }
}

/** Acks 2, timeout 4, transactional id 1, and for each partition the batch with its length 2. */
function produceBytes({ batches }: ProduceRequest): number {
  let bytes = 7;
  for (const batch of batches) bytes += TOPIC_AND_PARTITION_BYTES + 2 + batch.bytes;
  return bytes;
}

function groupBytes(request: GroupRequest): number {
  switch (request.api) {
    case 'commit':
      // Member, generation 4, instance 1; offset 8, leader epoch 4, metadata 1 a partition.
      return MEMBER_ID_BYTES + 3 + partitionsBytes(request.offsets.size, 13);
    case 'offsets':
      // Groups 1, member and epoch 5, requires stable 1.
      return 7 + partitionsBytes(request.partitions.length);
    case 'join':
      return joinBytes(request);
    case 'sync':
      return syncBytes(request);
    case 'heartbeat':
      // Member, generation 4, instance 1.
      return MEMBER_ID_BYTES + 5;
    case 'leave':
      // Members 1, member, instance 1, reason 30, tags 1.
      return MEMBER_ID_BYTES + 33;
    case 'groupHeartbeat':
      return groupHeartbeatBytes(request);
  }
}

/** Two timeouts 8, member, instance 1, protocol type, protocols 1, reason 1, and the subscription. */
function joinBytes(request: JoinRequest): number {
  const header = 11 + memberBytes(request.member) + PROTOCOL_TYPE_BYTES;
  return header + textBytes(request.assignor) + subscriptionBytes(request);
}

/** Version 2, topics 4, user data 4, owned 4, generation 4, rack 2, length 1, tags 1. */
export function subscriptionBytes({ topics, owned }: JoinRequest): number {
  const names = topics.reduce((bytes, topic) => bytes + 2 + topic.length, 0);
  return 22 + names + assignedBytes(owned ?? []);
}

/** Generation 4, member, instance 1, protocol type and name 6, assignments 1. */
function syncBytes({ assignments }: SyncRequest): number {
  let bytes = MEMBER_ID_BYTES + 12 + PROTOCOL_TYPE_BYTES;
  for (const partitions of assignments.values()) {
    // Member, version 2, length 1, user data 4, tags 1.
    bytes += MEMBER_ID_BYTES + 8 + assignedBytes(partitions);
  }
  return bytes;
}

/** Member, epoch 4, instance, rack, expression and topics 4, rebalance timeout 4, assignor 8. */
function groupHeartbeatBytes({ topics, owned, memberEpoch }: GroupHeartbeatRequest): number {
  // What has not changed since the last heartbeat is left out.
  const isJoining = memberEpoch === 0;
  const names = isJoining ? topics.reduce((bytes, topic) => bytes + textBytes(topic), 8) : 0;
  return MEMBER_ID_BYTES + 12 + names + assignedBytes(owned ?? []);
}

/** A list of partitions by topic: count 1, name 8, count 4, and 4 each. */
export function assignedBytes(partitions: readonly TopicPartition[]): number {
  const topics = new Set(partitions.map(({ topic }) => topic)).size;
  return 1 + topics * 12 + partitions.length * 4;
}

/** Empty until the coordinator has given one. */
export const memberBytes = (member: string): number => (member === '' ? 1 : MEMBER_ID_BYTES);

function transactionBytes(request: TransactionRequest): number {
  const name = textBytes(request.transactionalId ?? '');
  switch (request.api) {
    case 'initProducerId':
      // Timeout 4.
      return name + 4 + PRODUCER_BYTES;
    case 'addToTransaction':
      return name + PRODUCER_BYTES + 1 + partitionsBytes(request.partitions.length);
    case 'transactionOffsets':
      // Generation 4, member, instance 1; offset 8, leader epoch 4, metadata 1 a partition.
      return (
        name +
        textBytes(request.group) +
        PRODUCER_BYTES +
        MEMBER_ID_BYTES +
        5 +
        partitionsBytes(request.offsets.size, 13)
      );
    case 'endTransaction':
      return name + PRODUCER_BYTES + 1;
  }
}
