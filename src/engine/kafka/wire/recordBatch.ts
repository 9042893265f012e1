// How many bytes records and record batches take on the wire; encodes nothing.

/** Record batch header, magic 2: base offset to record count (Kafka 4.3, DefaultRecordBatch). */
export const BATCH_HEADER_BYTES = 61;

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

/**
 * One record without headers, at place `offsetDelta` of its batch.
 *
 * @param keyBytes length of its key; -1: it has none.
 */
export function recordBytes(payloadBytes: number, offsetDelta: number, keyBytes = -1): number {
  const key = keyBytes < 0 ? 1 : varintBytes(keyBytes) + keyBytes;
  // Attributes, timestamp delta and header count take a byte each.
  const body = 3 + key + varintBytes(offsetDelta) + varintBytes(payloadBytes) + payloadBytes;
  return varintBytes(body) + body;
}

/** A batch of records without keys, uncompressed. */
export function recordBatchBytes(payloadBytes: readonly number[]): number {
  return payloadBytes.reduce(
    (bytes, payload, offsetDelta) => bytes + recordBytes(payload, offsetDelta),
    BATCH_HEADER_BYTES,
  );
}
