// A record batch of magic 2 as bytes (Kafka 4.3, DefaultRecordBatch and DefaultRecord); knows no
// trace.

import { ByteWriter } from './byteWriter';
import { crc32c } from './crc32c';

/** What stands in the header of a batch; 61 bytes. */
export interface BatchHeader {
  /** 0 from a producer; the leader writes the true one over it. */
  readonly baseOffset: number;
  /** -1 from a producer. */
  readonly leaderEpoch: number;
  readonly isTransactional: boolean;
  /** It ends a transaction and holds no message. */
  readonly isControl: boolean;
  readonly lastOffsetDelta: number;
  /** Milliseconds. */
  readonly timestamp: number;
  /** -1: not idempotent, and the next two as well. */
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
}

export interface WireRecord {
  readonly offsetDelta: number;
  readonly key: Uint8Array | null;
  /** Null: a tombstone. */
  readonly value: Uint8Array | null;
}

const MAGIC = 2;
const TRANSACTIONAL_BIT = 0x10;
const CONTROL_BIT = 0x20;
/** Leader epoch 4, magic 1, CRC 4: what lies between the length and the bytes of the checksum. */
const UNSUMMED_BYTES = 9;

export function encodeBatch(header: BatchHeader, records: readonly WireRecord[]): Uint8Array {
  const { isTransactional, isControl, timestamp } = header;
  const attributes = (isTransactional ? TRANSACTIONAL_BIT : 0) | (isControl ? CONTROL_BIT : 0);
  const summed = new ByteWriter()
    .int(attributes, 2)
    .int(header.lastOffsetDelta, 4)
    .int(timestamp, 8)
    .int(timestamp, 8)
    .int(header.producerId, 8)
    .int(header.producerEpoch, 2)
    .int(header.baseSequence, 4)
    .int(records.length, 4);
  for (const record of records) summed.raw(encodeRecord(record));
  const rest = summed.done();
  return new ByteWriter()
    .int(header.baseOffset, 8)
    .int(rest.length + UNSUMMED_BYTES, 4)
    .int(header.leaderEpoch, 4)
    .int(MAGIC, 1)
    .int(crc32c(rest), 4)
    .raw(rest)
    .done();
}

// Simplified: The records of a batch bear one timestamp, that of its first, counted from the
// beginning of the scene.
function encodeRecord({ offsetDelta, key, value }: WireRecord): Uint8Array {
  const body = new ByteWriter()
    .int(0, 1)
    .varint(0)
    .varint(offsetDelta)
    .counted(key)
    .counted(value)
    .varint(0)
    .done();
  return new ByteWriter().counted(body).done();
}
