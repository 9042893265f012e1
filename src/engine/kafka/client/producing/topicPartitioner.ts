// Which partition of a topic a record goes to: by its key, or for a while to the same one; gathers
// no batches.

import { partitionForKey, utf8Bytes } from '../murmur2';
import {
  BuiltInPartitioner,
  type PartitionQueue as QueueLength,
  type TopicPartitions,
} from '../partitioner';
import type { Partitioner, PartitionerParts, ProducerTopic } from './onlyPartition';
import type { PartitionQueue } from './partitionQueue';

export class TopicPartitioner implements Partitioner {
  readonly #topic: ProducerTopic;
  readonly #parts: PartitionerParts;
  readonly #sticky: BuiltInPartitioner;
  /** By key; a key always goes to the same partition. */
  readonly #ofKey: number[] = [];
  /** Every partition has had a batch. */
  #isWarm = false;
  /** Some record had no key: only such records ask how long the queues are. */
  #hasKeyless = false;
  readonly #used = new Set<number>();
  #view: TopicPartitions | null = null;

  constructor(parts: PartitionerParts) {
    this.#topic = parts.topic;
    this.#parts = parts;
    this.#sticky = new BuiltInPartitioner(parts.random, parts.batchSize);
  }

  partition(key: number): number {
    const count = this.#count;
    if (count === 1) return 0;
    if (key >= 0) {
      this.#ofKey[key] ??= partitionForKey(utf8Bytes(this.#parts.keys[key] as string), count);
      return this.#ofKey[key] as number;
    }
    if (!this.#hasKeyless) {
      this.#hasKeyless = true;
      this.updateLoad();
    }
    const topic = this.#topicPartitions();
    const current = this.#sticky.partition(topic);
    // Looks again before each record whether it is time to switch, if no batch waits for more.
    if (!(this.#parts.queues[current] as PartitionQueue).allFull) return current;
    this.#sticky.appended(0, true, topic);
    return this.#sticky.partition(topic);
  }

  appended(number: number, key: number, bytes: number): void {
    if (this.#count === 1) return;
    this.#used.add(number);
    if (key >= 0) return;
    const isFull = (this.#parts.queues[number] as PartitionQueue).allFull;
    this.#sticky.appended(bytes, isFull, this.#topicPartitions());
  }

  updateLoad(): void {
    this.#isWarm ||= this.#used.size === this.#count;
    if (!this.#isWarm || !this.#hasKeyless || this.#count === 1) return;
    const { queues, hasLeader } = this.#parts;
    const lengths: QueueLength[] = [];
    for (let number = 0; number < queues.length; number += 1) {
      const { partition, waiting } = queues[number] as PartitionQueue;
      if (hasLeader(partition)) lengths.push({ partition: number, batches: waiting.length });
    }
    this.#sticky.updateLoad(lengths, this.#count);
  }

  get #count(): number {
    return this.#topic.partitions.length;
  }

  leadersChanged(): void {
    this.#view = null;
  }

  #topicPartitions(): TopicPartitions {
    this.#view ??= { count: this.#count, available: this.#available() };
    return this.#view;
  }

  #available(): number[] {
    const { hasLeader } = this.#parts;
    const available: number[] = [];
    this.#topic.partitions.forEach((partition, number) => {
      if (hasLeader(partition)) available.push(number);
    });
    return available;
  }
}
