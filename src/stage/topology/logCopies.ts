// Who keeps the log at an instant: whether somebody leads it, and how many copies stand behind.

import { clusterAt, type World } from '../../engine/index';
import type { TopologyLayout } from './topologyLayout';

export interface LogCopies {
  /** Its leader is there. */
  readonly isUp: boolean;
  /** Brokers that keep it besides the leader. */
  readonly copies: number;
  /** How many of them are in sync in every partition. */
  readonly inSync: number;
}

/** Of the partitions that the log on the stage is made of. */
export function logCopies({ index, stage, log }: TopologyLayout, world: World): LogCopies {
  const { partitions } = index.trace.legend;
  const own = clusterAt(index, world.time).partitions.filter(
    ({ partition }) => partitions[partition]?.stage === stage,
  );
  const [first] = own;
  if (first === undefined) {
    return { isUp: world.nodes[log?.node ?? -1]?.up !== false, copies: 0, inSync: 0 };
  }
  const behind = first.replicas.filter(({ broker }) => broker !== first.leader);
  return {
    isUp: own.every(({ leader }) => leader >= 0 && world.nodes[leader]?.up !== false),
    copies: Math.max(0, first.replicas.length - 1),
    inSync: behind.filter(({ broker }) =>
      own.every(({ replicas }) => replicas.find((one) => one.broker === broker)?.inSync),
    ).length,
  };
}
