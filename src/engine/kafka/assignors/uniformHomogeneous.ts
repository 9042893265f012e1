// Uniform when all subscribe to the same topics: everybody keeps up to its share, then is filled.

import type { GroupMember, TopicPartition } from './assignor';
import type { StickyRound } from './round/stickyRound';

interface OpenPlace {
  readonly member: GroupMember;
  /** How many partitions the member still gets. */
  room: number;
}

/** (Partitions mod members) members have one more: those that hold so many, then the last ones. */
export function assignHomogeneous(round: StickyRound): void {
  const { subscriptions, ownership, draft } = round;
  const free = subscriptions.partitions.filter((each) => ownership.ownerOf(each) === undefined);
  const { open, revoked } = keepShares(round);
  const rest = [...free, ...revoked];
  for (const { member, room } of open) {
    for (const each of rest.splice(0, room)) draft.give(each, member);
  }
}

function keepShares({ subscriptions, ownership, draft }: StickyRound) {
  const { members, partitions } = subscriptions;
  const share = Math.floor(partitions.length / members.length);
  let extras = partitions.length % members.length;
  const open: OpenPlace[] = [];
  const revoked: TopicPartition[] = [];
  for (const member of members) {
    const owned = ownership.ownedBy(member);
    const kept = owned.splice(0, extras > 0 ? share + 1 : share);
    revoked.push(...owned);
    for (const each of kept) draft.give(each, member);
    if (kept.length > share) extras -= 1;
    else open.push({ member, room: share - kept.length });
  }
  // Who might take an extra leaves it to later members that hold one, so the last get what is left.
  for (const place of open.slice(open.length - extras)) place.room += 1;
  return { open, revoked };
}
