// Gathers a producer's records into batches, partition by partition, and says which may leave;
// sends nothing.

import { instant } from '../../../kernel/simTime';
import type { Environment } from '../../../network/node';
import type { MessageIndex, PartitionIndex } from '../../../trace/trace';
import type { KafkaSettings } from '../../configuration';
import type { BrokerPlace, ProducedRecord } from '../../wire/requests';
import { PartitionQueue } from './partitionQueue';
import { ProducerBatch } from './producerBatch';

export class RecordAccumulator {
  /** Of the partitions that the producer writes. */
  readonly queues: readonly PartitionQueue[];
  readonly #queueOf: PartitionQueue[] = [];
  readonly #environment: Environment;
  readonly #settings: KafkaSettings;
  readonly #keyBytes: readonly number[];

  /** @param keyBytes lengths of the keys that records may bear. */
  constructor(
    environment: Environment,
    settings: KafkaSettings,
    contents: {
      readonly partitions: readonly PartitionIndex[];
      readonly keyBytes: readonly number[];
    },
  ) {
    this.#environment = environment;
    this.#settings = settings;
    this.#keyBytes = contents.keyBytes;
    this.queues = contents.partitions.map((partition) => new PartitionQueue(partition));
    for (const queue of this.queues) this.#queueOf[queue.partition] = queue;
  }

  queueOf(partition: PartitionIndex): PartitionQueue {
    return this.#queueOf[partition] as PartitionQueue;
  }

  get isIdle(): boolean {
    return this.queues.every((queue) => queue.isIdle);
  }

  /**
   * Adds a record to the partition's last batch, or to a new one.
   *
   * @returns the bytes that it takes, the header of a new batch included.
   */
  append(queue: PartitionQueue, record: ProducedRecord): number {
    const { batchSize } = this.#settings;
    const keyBytes = record.key < 0 ? -1 : (this.#keyBytes[record.key] as number);
    const last = queue.waiting.at(-1);
    // A batch that has left once stays as it is.
    if (last !== undefined && last.wire === null && !last.isFull) {
      const bytes = last.add(record, keyBytes, batchSize);
      if (bytes > 0) return bytes;
    }
    const batch = new ProducerBatch(queue.partition, this.#environment.context.now);
    batch.add(record, keyBytes, batchSize);
    queue.comes(batch);
    return batch.bytes;
  }

  /** Nothing that is gathered now waits for company any more. */
  flush(): void {
    for (const { waiting } of this.queues) for (const batch of waiting) batch.isFlushed = true;
  }

  /** When the partition's first batch may leave; Infinity: there is none. */
  readyAt(queue: PartitionQueue, leader: BrokerPlace): number {
    const batch = queue.waiting[0];
    if (batch === undefined) return Number.POSITIVE_INFINITY;
    if (batch.attempts > 0) return batch.sentTo === leader ? batch.retryAt : batch.createdAt;
    if (batch.isFull || batch.isFlushed || queue.waiting.length > 1) return batch.createdAt;
    return batch.createdAt + this.#settings.linger;
  }

  /** Whether the first batch may go along in a request that leaves now: lingering ones may. */
  goesAlong(queue: PartitionQueue, leader: BrokerPlace): boolean {
    const batch = queue.waiting[0];
    if (batch === undefined) return false;
    return batch.attempts === 0 || this.readyAt(queue, leader) <= this.#environment.context.now;
  }

  /** Batches that are older than `delivery.timeout.ms`, the oldest of each partition first. */
  expired(): ProducerBatch[] {
    const { now } = this.#environment.context;
    const limit = instant(now - this.#settings.deliveryTimeout);
    return this.#unsettled().filter(({ createdAt }) => createdAt <= limit);
  }

  /** When the oldest batch was begun; Infinity: there is none. */
  oldest(): number {
    let oldest = Number.POSITIVE_INFINITY;
    for (const { createdAt } of this.#unsettled()) oldest = Math.min(oldest, createdAt);
    return oldest;
  }

  /** Everything that it held is gone. @returns the messages, what had left first. */
  clear(): MessageIndex[] {
    const held = this.#unsettled();
    for (const batch of held) batch.isSettled = true;
    for (const queue of this.queues) queue.clear();
    return held.flatMap(({ records }) => records.map(({ message }) => message));
  }

  /** Every batch once: what has left, then what has not. */
  #unsettled(): ProducerBatch[] {
    const batches = this.queues.flatMap(({ unacknowledged }) => unacknowledged);
    for (const { waiting } of this.queues) {
      for (const batch of waiting) if (batch.wire === null) batches.push(batch);
    }
    return batches;
  }
}
