// Uniform, computed by the coordinator (KIP-848): even shares, what members held kept if it fits.

import { stickyAssignor } from './round/stickyRound';
import { assignHeterogeneous } from './uniformHeterogeneous';
import { assignHomogeneous } from './uniformHomogeneous';

/**
 * The target that members are led to one by one, each partition given once its old owner has
 * revoked it. Where Kafka goes by topic ids and hash tables, this goes by names.
 */
export const uniform = stickyAssignor((round) => {
  if (round.subscriptions.areEqual) assignHomogeneous(round);
  else assignHeterogeneous(round);
});
