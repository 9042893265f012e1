// What the controller has decided, as a whole and at one version: brokers learn it by messages, and
// what a broker knows may be old.

import type { EntrySeq } from '../../../trace/trace';
import type { PartitionRegistration } from '../election';

export interface PartitionImage {
  readonly registration: PartitionRegistration;
  /** The entry that the latest change follows from; -1: none. */
  readonly cause: EntrySeq;
}

/** Lists are by partition, or by broker. */
export interface ClusterImage {
  readonly version: number;
  readonly partitions: readonly PartitionImage[];
  /** Whether the broker is registered and not fenced. */
  readonly isLive: readonly boolean[];
  /** Whether it may lead and join an ISR: neither fenced nor shutting down, its disk at work. */
  readonly isEligible: readonly boolean[];
}
