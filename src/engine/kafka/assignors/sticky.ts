// Sticky: as even as the subscriptions permit, and as little moved as that permits; nobody waits.

import { type StickyRound, stickyAssignor } from './round/stickyRound';
import { assignConstrained } from './stickyConstrained';
import { assignGeneral } from './stickyGeneral';

/** Equal subscriptions have a rule of their own (`AbstractStickyAssignor`). */
export function assignSticky(round: StickyRound): void {
  if (round.subscriptions.areEqual) assignConstrained(round);
  else assignGeneral(round);
}

/** For an eager rebalance: all is revoked before, so what moves goes to its new owner at once. */
export const sticky = stickyAssignor(assignSticky);
