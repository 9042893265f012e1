// Where a member of a KIP-848 group stands on its way to its target, and its next step; a pure
// rule.

import type { PartitionIndex } from '../../trace/trace';

/**
 * Unrevoked: it has to give partitions up first. Unreleased: it waits until others have given up
 * what it shall get.
 */
export type ReconciliationState = 'stable' | 'unrevoked' | 'unreleased';

export interface Standing {
  readonly state: ReconciliationState;
  readonly epoch: number;
  readonly assigned: readonly PartitionIndex[];
  /** Still the member's, until it no longer says that it owns them. */
  readonly revoking: readonly PartitionIndex[];
}

export interface Destination {
  readonly epoch: number;
  readonly partitions: readonly PartitionIndex[];
}

/** What the coordinator knows when the member's heartbeat arrives. */
export interface Situation {
  /** By the member's word; null: it says nothing new, so what it was given it may own. */
  readonly owned: ReadonlySet<PartitionIndex> | null;
  readonly isFree: (partition: PartitionIndex) => boolean;
}

/** `CurrentAssignmentBuilder` of Kafka 4.3. @returns the standing itself if nothing changes. */
export function nextStanding(
  standing: Standing,
  target: Destination,
  { owned, isFree }: Situation,
): Standing {
  if (standing.state === 'stable' && standing.epoch === target.epoch) return standing;
  const ownsAnyOf = (partitions: readonly PartitionIndex[]) =>
    owned === null || partitions.some((partition) => owned.has(partition));
  if (standing.state === 'unrevoked' && ownsAnyOf(standing.revoking)) return standing;
  const wanted = new Set(target.partitions);
  const kept = standing.assigned.filter((partition) => wanted.has(partition));
  const revoking = standing.assigned.filter((partition) => !wanted.has(partition));
  if (revoking.length > 0 && ownsAnyOf(revoking)) {
    return { state: 'unrevoked', epoch: standing.epoch, assigned: kept, revoking };
  }
  const missing = target.partitions.filter((partition) => !kept.includes(partition));
  const isMine = (partition: PartitionIndex) => standing.revoking.includes(partition);
  const free = missing.filter((partition) => isFree(partition) || isMine(partition));
  const state = free.length < missing.length ? 'unreleased' : 'stable';
  return { state, epoch: target.epoch, assigned: [...kept, ...free], revoking: [] };
}
