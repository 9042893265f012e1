// How the trace says by which rule a leader was chosen; chooses none.

import { type Election, NO_LEADER, type PartitionRegistration } from '../election';

const CLEAN = 0;
const PREFERRED = 1;
const UNCLEAN = 2;
const ELIGIBLE = 3;

/** The kind of an election from what was before and after it, as LeaderChanged's detail has it. */
export function electionCode(
  before: PartitionRegistration,
  after: PartitionRegistration,
  election: Election | undefined,
): number {
  const { leader } = after;
  if (election === 'PREFERRED' && leader === after.replicas[0]) return PREFERRED;
  if (before.isr.includes(leader) || leader === NO_LEADER) return CLEAN;
  const isUnclean = after.leaderRecoveryState === 'RECOVERING' || !before.elr.includes(leader);
  return isUnclean ? UNCLEAN : ELIGIBLE;
}
