// Sticky when all subscribe to the same topics: every member gets its quota, its own ones first.

import { present } from '../../assert';
import type { TopicPartition } from './assignor';
import { compareText } from './round/memberOrder';
import type { StickyRound } from './round/stickyRound';

/**
 * The quota is partitions ÷ members; (partitions mod members) of them have one more, first those
 * that hold so many already.
 */
export function assignConstrained(round: StickyRound): void {
  keepQuota(round);
  dealRest(round);
}

function quotaOf({ subscriptions }: StickyRound): number {
  return Math.floor(subscriptions.partitions.length / subscriptions.members.length);
}

function keepQuota(round: StickyRound): void {
  const { subscriptions, ownership, draft } = round;
  const quota = quotaOf(round);
  let extras = subscriptions.partitions.length % subscriptions.members.length;
  for (const member of subscriptions.members) {
    const owned = ownership.ownedBy(member).sort(byNumber);
    const hasExtra = owned.length > quota && extras > 0;
    if (hasExtra) extras -= 1;
    const kept = owned.slice(0, hasExtra ? quota + 1 : quota);
    for (const each of kept) draft.give(each, member);
  }
}

/** Low numbers first, of all topics, so that no topic is given up before the others. */
function byNumber(one: TopicPartition, other: TopicPartition): number {
  return one.partition - other.partition || compareText(one.topic, other.topic);
}

/** In a circle of those below their quota; the extras go to those that are at it, in turn. */
function dealRest(round: StickyRound): void {
  const { subscriptions, draft } = round;
  const quota = quotaOf(round);
  const below = subscriptions.members.filter((member) => draft.loadOf(member) < quota);
  const full = subscriptions.members.filter((member) => draft.loadOf(member) === quota);
  for (const each of draft.unassigned) {
    const taker = below.shift() ?? present(full.shift(), 'quotas and extras hold all partitions');
    draft.give(each, taker);
    const load = draft.loadOf(taker);
    if (load < quota) below.push(taker);
    else if (load === quota) full.push(taker);
  }
}
