// Chooses the partition of records without a key, a batch at a time; gathers no batches.

import type { RandomStream } from '../../kernel/random';

/** Kafka draws a 31-bit number and takes the rest of a division. */
const LARGEST_DRAW = 0x7fffffff;

/** A topic as the producer's metadata has it. */
export interface TopicPartitions {
  /** All partitions of the topic. */
  readonly count: number;
  /** Those that have a leader. */
  readonly available: readonly number[];
}

/** How many batches wait in the accumulator for a partition that has a leader. */
export interface PartitionQueue {
  readonly partition: number;
  readonly batches: number;
}

/** Partitions with running sums of their weights: shorter queues weigh more. */
export interface LoadTable {
  readonly partitions: readonly number[];
  /** A draw belongs to the first partition whose sum is above it. */
  readonly cumulative: readonly number[];
}

/**
 * The weights of KIP-794: longest queue + 1 − own queue.
 *
 * @param queues of the partitions that may be chosen, in any order.
 * @param count of all partitions of the topic, whether they may be chosen or not.
 * @returns undefined where weighing would change nothing: then all are equally likely.
 */
export function loadTable(queues: readonly PartitionQueue[], count: number): LoadTable | undefined {
  if (queues.length === 0 || count < 2) return undefined;
  const sizes = queues.map(({ batches }) => batches);
  const longest = Math.max(...sizes);
  const areEqual = sizes.every((size) => size === longest);
  if (areEqual && queues.length === count) return undefined;
  let sum = 0;
  const cumulative = sizes.map((size) => {
    sum += longest + 1 - size;
    return sum;
  });
  return { partitions: queues.map(({ partition }) => partition), cumulative };
}

/** The partition that a draw from 0 on leads to; draws beyond the last sum begin anew. */
export function weighedPartition({ partitions, cumulative }: LoadTable, draw: number): number {
  const within = draw % (cumulative.at(-1) as number);
  return partitions[cumulative.findIndex((sum) => sum > within)] as number;
}

/** The partition that a draw from 0 on leads to when nothing is known of the queues. */
export function uniformPartition({ count, available }: TopicPartitions, draw: number): number {
  // Without any leader the record waits anyway, so it may wait for any partition.
  if (available.length === 0) return draw % count;
  return available[draw % available.length] as number;
}

/** What has gone to the present partition, and whether its batch may be left as it is. */
export interface Stickiness {
  readonly producedBytes: number;
  /** `batch.size` */
  readonly batchSizeBytes: number;
  /**
   * Whether no batch of the partition waits for more records: each is full, or sent since its
   * linger was over. Leaving one that waits would leave it small.
   */
  readonly enableSwitch: boolean;
}

/** Whether it is another partition's turn: after `batch.size` bytes, at the latest after twice. */
export function isTimeToSwitch(stickiness: Stickiness): boolean {
  const { producedBytes, batchSizeBytes, enableSwitch } = stickiness;
  return producedBytes >= (enableSwitch ? batchSizeBytes : 2 * batchSizeBytes);
}

/** One topic's choice of partitions in one producer (KIP-480, KIP-794; `BuiltInPartitioner`). */
export class BuiltInPartitioner {
  readonly #random: RandomStream;
  readonly #batchSizeBytes: number;
  #current: number | undefined;
  #producedBytes = 0;
  #table: LoadTable | undefined;

  constructor(random: RandomStream, batchSizeBytes: number) {
    this.#random = random;
    this.#batchSizeBytes = batchSizeBytes;
  }

  /** Where the next record without a key goes. */
  partition(topic: TopicPartitions): number {
    this.#current ??= this.#draw(topic);
    return this.#current;
  }

  /**
   * A record without a key was added to the present partition. With no bytes it only looks again
   * whether to switch, which Kafka does before each record if no batch waits for more.
   */
  appended(bytes: number, enableSwitch: boolean, topic: TopicPartitions): void {
    this.#producedBytes += bytes;
    const batchSizeBytes = this.#batchSizeBytes;
    if (!isTimeToSwitch({ producedBytes: this.#producedBytes, batchSizeBytes, enableSwitch })) {
      return;
    }
    this.#current = this.#draw(topic);
    this.#producedBytes = 0;
  }

  /**
   * The lengths of the queues, each time the sender looks for batches that are ready; from the
   * moment on at which every partition has had a batch
   * (`partitioner.adaptive.partitioning.enable`).
   */
  updateLoad(queues: readonly PartitionQueue[], count: number): void {
    this.#table = loadTable(queues, count);
  }

  #draw(topic: TopicPartitions): number {
    const draw = this.#random.integer(0, LARGEST_DRAW);
    if (this.#table === undefined) return uniformPartition(topic, draw);
    return weighedPartition(this.#table, draw);
  }
}
