// What a cluster is built from: machines, lines and the partitions that they hold; builds nothing.

import type { Link } from '../../network/link';
import type { NetworkNode } from '../../network/node';
import type { PartitionIndex } from '../../trace/trace';
import type { BrokerPlace } from '../wire/requests';

export interface PartitionPlan {
  /** Its place in the plan's list. */
  readonly index: PartitionIndex;
  readonly topic: string;
  /** Counted from 0 within its topic. */
  readonly number: number;
  /** In the order of assignment: the first is the preferred leader and leads at the start. */
  readonly replicas: readonly BrokerPlace[];
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
