// Cooperative sticky: sticky, but what somebody else still holds waits for the next round.

import { stickyAssignor } from './round/stickyRound';
import { assignSticky } from './sticky';

/**
 * Members go on reading what they keep while they revoke the rest; they join again, and the
 * partitions that nobody holds any more find their owners then (KIP-429).
 */
export const cooperativeSticky = stickyAssignor((round) => {
  const { subscriptions, ownership, draft } = round;
  assignSticky(round);
  for (const each of subscriptions.partitions) {
    const isHeldElsewhere =
      ownership.isClaimed(each) && ownership.ownerOf(each) !== draft.ownerOf(each);
    if (isHeldElsewhere) draft.withhold(each);
  }
});
