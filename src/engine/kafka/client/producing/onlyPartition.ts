// What a producer asks of a partitioner, and the choice where a topic has one partition; a scene
// with more brings topicPartitioner.ts.

import { assert } from '../../../assert';
import type { RandomStream } from '../../../kernel/random';
import type { PartitionIndex } from '../../../trace/trace';
import type { PartitionQueue } from './partitionQueue';

/** A topic as its producers see it. */
export interface ProducerTopic {
  readonly name: string;
  /** By their number in the topic. */
  readonly partitions: readonly PartitionIndex[];
  readonly createPartitioner: PartitionerMaker;
}

/** What a partitioner must know of its producer. */
export interface PartitionerParts {
  readonly topic: ProducerTopic;
  /** The queues of the topic's partitions, by their number. */
  readonly queues: readonly PartitionQueue[];
  readonly keys: readonly string[];
  readonly random: RandomStream;
  readonly batchSize: number;
  readonly hasLeader: (partition: PartitionIndex) => boolean;
}

export interface Partitioner {
  /** The number of the partition that a record with this key goes to; -1: without a key. */
  partition(key: number): number;
  /** A record without a key was added to the present partition, or one with a key to any. */
  appended(number: number, key: number, bytes: number): void;
  /** The producer looks for batches that are ready: their numbers weigh the next choice. */
  updateLoad(): void;
  /** Other partitions have a leader than before. */
  leadersChanged(): void;
}

export type PartitionerMaker = (parts: PartitionerParts) => Partitioner;

export const onlyPartition: PartitionerMaker = ({ topic: { name, partitions } }) => {
  assert(partitions.length === 1, `nobody chooses among the partitions of ${name}`);
  return ONLY_PARTITION;
};

const nothing = (): void => undefined;
const ONLY_PARTITION: Partitioner = {
  partition: () => 0,
  appended: nothing,
  updateLoad: nothing,
  leadersChanged: nothing,
};
