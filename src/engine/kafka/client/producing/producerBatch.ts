// A batch in its producer's hands, from its first record until it is settled; sends nothing.

import { withOne } from '../../../kernel/shortList';
import type { SimTime } from '../../../kernel/simTime';
import type { PartitionIndex } from '../../../trace/trace';
import { BATCH_HEADER_BYTES, recordBytes } from '../../wire/recordBatch';
import type { Acks, BrokerPlace, ProducedRecord, RecordBatch } from '../../wire/requests';

export class ProducerBatch {
  readonly partition: PartitionIndex;
  readonly createdAt: SimTime;
  records: ProducedRecord[] = [];
  bytes = BATCH_HEADER_BYTES;
  /** No record fits any more. */
  isFull = false;
  /** It need not wait for company. */
  isFlushed = false;
  /** As it left last; null: it never did. */
  wire: RecordBatch | null = null;
  /** As they were when it left first; a retry asks for the same. */
  acks: Acks = 'all';
  /** How often it came back without having been written. */
  attempts = 0;
  /** Not to leave again before then, unless another broker leads. */
  retryAt = 0;
  sentTo: BrokerPlace = -1;
  /** Acknowledged or given up: whatever is answered now is of no interest. */
  isSettled = false;

  constructor(partition: PartitionIndex, createdAt: SimTime) {
    this.partition = partition;
    this.createdAt = createdAt;
  }

  /** Takes a record if it fits; the first always does. @returns the bytes that it takes, or 0. */
  add(record: ProducedRecord, keyBytes: number, batchSize: number): number {
    const bytes = recordBytes(record.payloadBytes, this.records.length, keyBytes);
    if (this.records.length > 0 && this.bytes + bytes > batchSize) {
      this.isFull = true;
      return 0;
    }
    this.records = withOne(this.records, record);
    this.bytes += bytes;
    this.isFull = this.bytes >= batchSize;
    return bytes;
  }
}
