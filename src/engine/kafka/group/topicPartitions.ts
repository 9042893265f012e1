// Partitions by topic and number, as groups speak of them, and by index, as the trace does.

import { present } from '../../assert';
import type { PartitionIndex } from '../../trace/trace';
import type { TopicPartition } from '../assignors/assignor';

export class TopicPartitions {
  /** Topic → number of its partitions. */
  readonly counts: ReadonlyMap<string, number>;
  readonly #indices: ReadonlyMap<string, readonly PartitionIndex[]>;
  readonly #names = new Map<PartitionIndex, TopicPartition>();

  /** @param indices the place in a topic's list is the partition's number. */
  constructor(indices: ReadonlyMap<string, readonly PartitionIndex[]>) {
    this.#indices = indices;
    this.counts = new Map([...indices].map(([topic, list]) => [topic, list.length]));
    for (const [topic, list] of indices) {
      list.forEach((index, partition) => {
        this.#names.set(index, { topic, partition });
      });
    }
  }

  indexOf({ topic, partition }: TopicPartition): PartitionIndex {
    return present(this.#indices.get(topic)?.[partition], `no partition ${topic}-${partition}`);
  }

  indicesOf(names: readonly TopicPartition[]): PartitionIndex[] {
    return names.map((name) => this.indexOf(name));
  }

  namesOf(indices: Iterable<PartitionIndex>): TopicPartition[] {
    return [...indices].map((index) => present(this.#names.get(index), `no partition ${index}`));
  }
}
