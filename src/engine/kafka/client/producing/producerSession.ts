// Numbers batches so that a broker recognises a retry and keeps the order (KIP-98); sends nothing.

import type { PartitionIndex } from '../../../trace/trace';
import type { KafkaSettings } from '../../configuration';
import { sequenceAfter } from '../../log/producerStates';
import type { ProducerId, RecordBatch } from '../../wire/requests';
import { idempotenceOf } from '../idempotenceSetting';
import type { PartitionQueue } from './partitionQueue';
import type { ProducerBatch } from './producerBatch';

/** The transaction that a producer's batches belong to; the transaction's client has it. */
export interface TransactionHooks {
  /** -1 until the coordinator has given one. */
  readonly producerId: ProducerId;
  readonly producerEpoch: number;
  /** Whether the partition is in the transaction; if not, it is made so, and the producer woken. */
  maySend(partition: PartitionIndex): boolean;
  /** A broker has seen a newer instance of this producer. */
  producerFenced(): void;
}

export class ProducerSession {
  /** Given by the cluster; -1: not asked for yet. */
  producerId: ProducerId = -1;
  producerEpoch = 0;
  transaction: TransactionHooks | null = null;
  readonly #settings: KafkaSettings;

  constructor(settings: KafkaSettings) {
    this.#settings = settings;
  }

  /** Whether the next batch will be numbered. */
  get isIdempotent(): boolean {
    if (this.transaction !== null) return true;
    const { acks, retries, maxInFlight } = this.#settings;
    const enableIdempotence = this.#settings.enableIdempotence === 'on' ? null : false;
    return idempotenceOf({ acks, retries, maxInFlight, enableIdempotence }) === 'on';
  }

  /** Whether batches wait for a producer id that somebody must ask for. */
  get lacksId(): boolean {
    return this.transaction === null && this.producerId < 0 && this.isIdempotent;
  }

  /** Whether the first waiting batch may leave without breaking the order of the numbers. */
  allows(queue: PartitionQueue, batch: ProducerBatch): boolean {
    if (batch.wire !== null) {
      // A retry waits until all before it are settled; a second one would only be refused again.
      return batch.wire.producerId < 0 || queue.unacknowledged[0] === batch;
    }
    if (!this.isIdempotent) return true;
    if (queue.isUnresolved && this.#isNumberedOn(queue)) return false;
    const { transaction } = this;
    if (transaction === null) return this.producerId >= 0;
    return transaction.producerId >= 0 && transaction.maySend(queue.partition);
  }

  /** The batch as it goes on the wire: numbered when it first leaves, and the same ever after. */
  stamp(queue: PartitionQueue, batch: ProducerBatch): RecordBatch {
    batch.wire ??= this.#number(queue, batch);
    return batch.wire;
  }

  /**
   * The broker cannot go on from the numbers that it knows: all that is not settled is numbered
   * anew, from 0, under the next epoch (KIP-360).
   */
  beginAnew(queue: PartitionQueue): void {
    queue.epoch += 1;
    queue.nextSequence = 0;
    queue.isUnresolved = false;
    for (const batch of queue.unacknowledged) {
      if ((batch.wire?.producerId ?? -1) >= 0) batch.wire = this.#numbered(queue, batch);
    }
  }

  /** The process died: its successor is another producer. */
  loseMemory(): void {
    this.producerId = -1;
    this.producerEpoch = 0;
  }

  #number(queue: PartitionQueue, batch: ProducerBatch): RecordBatch {
    if (!this.isIdempotent) {
      const { partition, records, bytes } = batch;
      const noNumber = { producerId: -1, producerEpoch: -1, baseSequence: -1 };
      return { partition, ...noNumber, isTransactional: false, records, bytes };
    }
    if (!this.#isNumberedOn(queue)) {
      const { producerId, producerEpoch } = this.transaction ?? this;
      queue.producerId = producerId;
      queue.epoch = producerEpoch;
      queue.nextSequence = 0;
      queue.isUnresolved = false;
    }
    return this.#numbered(queue, batch);
  }

  /** Whether the queue's numbers go on; a new producer id or epoch begins at 0. */
  #isNumberedOn({ producerId, epoch }: PartitionQueue): boolean {
    const session = this.transaction ?? this;
    return producerId === session.producerId && epoch >= session.producerEpoch;
  }

  #numbered(queue: PartitionQueue, { partition, records, bytes }: ProducerBatch): RecordBatch {
    const baseSequence = queue.nextSequence;
    queue.nextSequence = sequenceAfter(baseSequence, records.length);
    return {
      partition,
      producerId: queue.producerId,
      producerEpoch: queue.epoch,
      baseSequence,
      isTransactional: this.transaction !== null,
      records,
      bytes,
    };
  }
}
