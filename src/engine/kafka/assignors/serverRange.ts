// Range, computed by the coordinator (KIP-848): the rule is range's, what members held counts not.

import type { Assignor } from './assignor';
import { range } from './range';

/**
 * Since Kafka 4.0 the server's range keeps no partition for its owner's sake, as the client's never
 * did: a join or a leave cuts each topic anew.
 */
export const serverRange: Assignor = (members, partitionsPerTopic) =>
  range(members, partitionsPerTopic);
