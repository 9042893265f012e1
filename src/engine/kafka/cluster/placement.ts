// Which brokers hold a new partition's replicas; knows nothing of racks and of who is alive.

import { assert } from '../../assert';

export interface Placement {
  /** The brokers to choose from, in ascending order. */
  readonly brokers: readonly number[];
  readonly replicationFactor: number;
  /** The broker that is the first partition's preferred leader. */
  readonly startBroker: number;
}

// Simplified: Replicas are placed round the brokers from a named one on; Kafka starts at a random
// one, and shuffles the brokers after each round.
/**
 * The replicas of a topic's `partition`, the preferred leader first: each partition starts one
 * broker further on than the one before it (Kafka 4.3, StripedReplicaPlacer).
 */
export function placeReplicas(partition: number, placement: Placement): number[] {
  const { brokers, replicationFactor, startBroker } = placement;
  assert(
    replicationFactor <= brokers.length,
    'more replicas than brokers (INVALID_REPLICATION_FACTOR)',
  );
  const start = brokers.indexOf(startBroker);
  assert(start >= 0, `broker ${startBroker} is not there to start at`);
  return Array.from(
    { length: replicationFactor },
    (_, place) => brokers[(start + partition + place) % brokers.length] as number,
  );
}
