// Whether Kafka's stage is about a cluster: then the simple picture of one talk does not fit.

import type { StageId, Trace } from '../../engine/index';

/**
 * A cluster: a group of several reads, or a topic has several partitions. A talk between people
 * whose logs one broker leads at the start is none, however many copies there are.
 */
export function isClusterStage({ legend }: Trace, stage: StageId): boolean {
  const nodes = legend.nodes.filter((node) => node.stage === stage);
  if (!nodes.some(({ role }) => role === 'broker')) return false;
  const partitions = legend.partitions.filter((partition) => partition.stage === stage);
  const leaders = new Set(partitions.map(({ replicas }) => replicas[0]));
  return (
    nodes.some(({ role }) => role === 'group') ||
    partitions.some(({ number }) => number > 0) ||
    leaders.size > 1
  );
}
