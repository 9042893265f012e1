// A group whose readers take their partitions by hand (`assign()`): it has no members, and whoever
// commits need not be one.

import type { Membership } from './membership';

export const ASSIGNED_BY_HAND: Membership = {
  handle: (_client, { api }) => {
    throw new Error(`Engine fault: ${api} was asked of a group that can have no members.`);
  },
  checkCommit: () => 'NONE',
  moved: () => undefined,
};
