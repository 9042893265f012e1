// How many replicas must be in sync for a partition to be safe to write; who is, others know.

/**
 * `min.insync.replicas`, capped at the replication factor: a topic with fewer replicas than that
 * could never be written to with acks=all (Kafka 4.3, Partition.effectiveMinIsr).
 */
export function effectiveMinIsr(minInsyncReplicas: number, replicationFactor: number): number {
  return Math.min(minInsyncReplicas, replicationFactor);
}
