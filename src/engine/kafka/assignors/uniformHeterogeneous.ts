// Uniform when subscriptions differ: keeps all it may, deals the rest, evens out topic by topic.

import type { GroupMember } from './assignor';
import { compareText } from './round/memberOrder';
import { keepOwned, type StickyRound } from './round/stickyRound';

/** Rounds over all topics, after which Kafka takes what there is (MAX_ITERATION_COUNT). */
const MAX_ROUNDS = 16;

export function assignHeterogeneous(round: StickyRound): void {
  const topics = heaviestFirst(round);
  keepOwned(round);
  for (const topic of topics) deal(round, topic);
  for (let count = 0; count < MAX_ROUNDS; count += 1) {
    const moves = topics.map((topic) => evenOut(round, topic));
    if (!moves.includes(true)) return;
  }
}

/** Most partitions for each subscriber first; among equals, fewest subscribers first. */
function heaviestFirst({ subscriptions }: StickyRound): string[] {
  const subscribers = (topic: string) => subscriptions.subscribersOf(topic).length;
  const weight = (topic: string) => subscriptions.partitionsOf(topic).length / subscribers(topic);
  return subscriptions.topics.toSorted(
    (one, other) =>
      weight(other) - weight(one) ||
      subscribers(one) - subscribers(other) ||
      compareText(one, other),
  );
}

/** The topic's subscribers, those with fewest partitions first, as they stand now. */
function lightestFirst({ subscriptions, draft }: StickyRound, topic: string): GroupMember[] {
  return subscriptions
    .subscribersOf(topic)
    .toSorted((one, other) => draft.loadOf(one) - draft.loadOf(other));
}

function deal(round: StickyRound, topic: string): void {
  const { subscriptions, draft } = round;
  const takers = lightestFirst(round, topic);
  for (const each of subscriptions.partitionsOf(topic)) {
    if (draft.ownerOf(each) === undefined) draft.give(each, draft.leastLoaded(takers));
  }
}

/**
 * Moves partitions of the topic, the highest number first, from who has most to who has least,
 * until those differ by one.
 *
 * @returns whether any moved.
 */
function evenOut(round: StickyRound, topic: string): boolean {
  const { subscriptions, draft } = round;
  const takers = lightestFirst(round, topic);
  const movable = [...subscriptions.partitionsOf(topic)];
  let hasMoved = false;
  for (;;) {
    const givers = takers.filter((giver) => movable.some((each) => draft.ownerOf(each) === giver));
    const most = Math.max(...givers.map((member) => draft.loadOf(member)));
    const taker = draft.leastLoaded(takers);
    if (most - draft.loadOf(taker) <= 1) return hasMoved;
    const giver = givers.findLast((member) => draft.loadOf(member) === most);
    const last = movable.findLastIndex((each) => draft.ownerOf(each) === giver);
    for (const each of movable.splice(last, 1)) draft.give(each, taker);
    hasMoved = true;
  }
}
