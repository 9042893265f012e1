// How many bytes Kafka's requests, responses and record batches take on the wire; encodes nothing.

/** Record batch header, magic 2: base offset to record count (Kafka 4.3, DefaultRecordBatch). */
const BATCH_HEADER_BYTES = 61;
/** Size 4, API key 2, version 2, correlation id 4, client id 2 + 8, tags 1 (request header v2). */
const REQUEST_HEADER_BYTES = 23;
/** Size 4, correlation id 4, tags 1 (response header v1). */
const RESPONSE_HEADER_BYTES = 9;
/** Compact topic name of six letters, one partition, tags. */
const TOPIC_AND_PARTITION_BYTES = 14;

/** Bytes of a zigzag varint, as used inside records. */
function varintBytes(value: number): number {
  let rest = value * 2;
  let bytes = 1;
  while (rest >= 128) {
    rest = Math.floor(rest / 128);
    bytes += 1;
  }
  return bytes;
}

/** One record without key and headers, at place `offsetDelta` of its batch. */
export function recordBytes(payloadBytes: number, offsetDelta: number): number {
  // Attributes, timestamp delta, key length -1 and header count take a byte each.
  const body = 4 + varintBytes(offsetDelta) + varintBytes(payloadBytes) + payloadBytes;
  return varintBytes(body) + body;
}

/** A batch of records, uncompressed. */
export function recordBatchBytes(payloadBytes: readonly number[]): number {
  return payloadBytes.reduce(
    (bytes, payload, offsetDelta) => bytes + recordBytes(payload, offsetDelta),
    BATCH_HEADER_BYTES,
  );
}

/** How many of these records, from the first on, one batch may hold; at least one. */
export function recordsThatFit(payloadBytes: readonly number[], limitBytes: number): number {
  let bytes = BATCH_HEADER_BYTES;
  for (let count = 0; count < payloadBytes.length; count += 1) {
    bytes += recordBytes(payloadBytes[count] as number, count);
    if (bytes > limitBytes && count > 0) return count;
  }
  return payloadBytes.length;
}

/** Produce request with one batch: acks 2, timeout 4, transactional id 1, batch length 2. */
export const produceRequestBytes = (batchBytes: number): number =>
  REQUEST_HEADER_BYTES + TOPIC_AND_PARTITION_BYTES + 9 + batchBytes;

/** Produce response: error 2, base offset 8, append time 8, log start 8, throttle 4, errors 2. */
export const PRODUCE_RESPONSE_BYTES = RESPONSE_HEADER_BYTES + TOPIC_AND_PARTITION_BYTES + 32;

/**
 * Fetch request: max wait 4, min and max bytes 8, session 8, isolation 1, positions 24 a partition.
 */
export const fetchRequestBytes = (partitions: number): number =>
  REQUEST_HEADER_BYTES + 21 + partitions * (TOPIC_AND_PARTITION_BYTES + 24);

/**
 * Fetch response: throttle 4, error 2, session 4; a partition with records adds 36 and its batch.
 */
export const fetchResponseBytes = (batches: readonly number[]): number =>
  batches.reduce(
    (bytes, batch) => bytes + TOPIC_AND_PARTITION_BYTES + 36 + batch,
    RESPONSE_HEADER_BYTES + 10,
  );

/** Offset commit: group 6, member 38, epoch 4, offset 8, leader epoch 4, metadata 1. */
export const OFFSET_COMMIT_BYTES = REQUEST_HEADER_BYTES + TOPIC_AND_PARTITION_BYTES + 61;
