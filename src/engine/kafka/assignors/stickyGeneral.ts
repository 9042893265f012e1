// Sticky when subscriptions differ: keeps all it may, deals the rest, then moves what evens out.

import { present } from '../../assert';
import type { GroupMember, TopicPartition } from './assignor';
import { keepOwned, type StickyRound } from './round/stickyRound';

/**
 * Ends when no partition has a subscriber with two fewer than its owner. What takes a chain of
 * moves to even out stays uneven, as in Kafka.
 */
export function assignGeneral(round: StickyRound): void {
  const { subscriptions, draft } = round;
  keepOwned(round);
  const dealt = hardestFirst(round, draft.unassigned);
  for (const each of dealt) {
    draft.give(each, draft.leastLoaded(subscriptions.subscribersOf(each.topic)));
  }
  // What was just dealt moves at no cost, so it moves first.
  evenOut(round, dealt);
  evenOut(round, hardestFirst(round, subscriptions.partitions));
  undoSwaps(round);
}

/** Topics with few subscribers first: there is the least choice. */
function hardestFirst({ subscriptions }: StickyRound, partitions: readonly TopicPartition[]) {
  const choice = ({ topic }: TopicPartition) => subscriptions.subscribersOf(topic).length;
  return partitions.toSorted((one, other) => choice(one) - choice(other));
}

function evenOut(round: StickyRound, partitions: readonly TopicPartition[]): void {
  let hasMoved = true;
  while (hasMoved) {
    hasMoved = false;
    for (const each of partitions) {
      const taker = takerOf(round, each);
      if (taker === undefined) continue;
      round.draft.give(each, taker);
      hasMoved = true;
    }
  }
}

/** Who should have the partition instead: its former owner, or else who has least. */
function takerOf(round: StickyRound, partition: TopicPartition): GroupMember | undefined {
  const { subscriptions, ownership, draft } = round;
  const owner = present(draft.ownerOf(partition), 'every partition was dealt');
  const isLighter = (member: GroupMember) => draft.loadOf(member) + 1 < draft.loadOf(owner);
  const former = ownership.formerOwnerOf(partition);
  if (former !== undefined && isLighter(former)) return former;
  const least = draft.leastLoaded(subscriptions.subscribersOf(partition.topic));
  return isLighter(least) ? least : undefined;
}

interface Move {
  readonly partition: TopicPartition;
  readonly from: GroupMember;
  readonly to: GroupMember;
}

/** Two partitions of a topic that changed places may as well stay: the loads are the same. */
function undoSwaps({ subscriptions, ownership, draft }: StickyRound): void {
  for (const topic of subscriptions.topics) {
    const moves: Move[] = [];
    for (const partition of subscriptions.partitionsOf(topic)) {
      const [from, to] = [ownership.ownerOf(partition), draft.ownerOf(partition)];
      if (from === undefined || to === undefined || from === to) continue;
      const opposite = moves.findIndex((move) => move.from === to && move.to === from);
      if (opposite < 0) {
        moves.push({ partition, from, to });
        continue;
      }
      for (const move of moves.splice(opposite, 1)) draft.give(move.partition, move.from);
      draft.give(partition, from);
    }
  }
}
