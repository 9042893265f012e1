// In which order members are served; strings compare by their code units, as Java's do.

import type { GroupMember } from '../assignor';

export function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

export function byMemberId(one: GroupMember, other: GroupMember): number {
  return compareText(one.id, other.id);
}

/**
 * Static members by `group.instance.id`, then the others by `member.id`, so that a static member
 * that comes back under a new id has the same place (KIP-345).
 */
export function staticMembersFirst(one: GroupMember, other: GroupMember): number {
  if (one.instanceId === null && other.instanceId === null) return byMemberId(one, other);
  if (one.instanceId === null) return 1;
  if (other.instanceId === null) return -1;
  return compareText(one.instanceId, other.instanceId) || byMemberId(one, other);
}
