// What a cluster is built from: machines, lines and the partitions that they hold.

import type { Link } from '../../network/link';
import type { NetworkNode } from '../../network/node';
import type { PartitionIndex } from '../../trace/trace';
import type { BrokerPlace } from '../wire/requests';

export interface PartitionPlan {
  /** Counted over all clusters of a run, each of which numbers its own one after the other. */
  readonly index: PartitionIndex;
  readonly topic: string;
  /** Counted from 0 within its topic. */
  readonly number: number;
  /** In the order of assignment: the first is the preferred leader and leads at the start. */
  readonly replicas: readonly BrokerPlace[];
}

/** What each partition has, found by its index; holes for those of other clusters. */
export function byPartition<Part>(
  partitions: readonly PartitionPlan[],
  make: (partition: PartitionPlan) => Part,
): Part[] {
  const made: Part[] = [];
  for (const partition of partitions) made[partition.index] = make(partition);
  return made;
}

export interface ClusterPlan {
  readonly brokers: readonly NetworkNode[];
  readonly controller: NetworkNode;
  /** Between brokers, or a broker and the controller; a pair without one is never cut. */
  readonly links: readonly Link[];
  readonly partitions: readonly PartitionPlan[];
  /** Keys that records bear, by the index that records speak of them with. */
  readonly keys: readonly string[];
}
