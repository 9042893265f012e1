// How the trace says by which rule a leader was chosen; chooses none.

import type { ElectionKind } from '../../../trace/entryKinds';
import { type Election, NO_LEADER, type PartitionRegistration } from '../election';

/** The kind of an election from what was before and after it. */
export function electionKind(
  before: PartitionRegistration,
  after: PartitionRegistration,
  election: Election | undefined,
): ElectionKind {
  const { leader } = after;
  if (election === 'PREFERRED' && leader === after.replicas[0]) return 'preferred';
  if (before.isr.includes(leader) || leader === NO_LEADER) return 'online';
  const isUnclean = after.leaderRecoveryState === 'RECOVERING' || !before.elr.includes(leader);
  return isUnclean ? 'unclean' : 'eligible';
}
