// Range, computed by the group's leader: each topic on its own is cut into runs of partitions.

import type { Assignor } from './assignor';
import { AssignmentDraft } from './round/assignmentDraft';
import { staticMembersFirst } from './round/memberOrder';
import { Subscriptions } from './round/subscriptions';

/**
 * The first (partitions mod subscribers) members have one more of each topic, so many small topics
 * pile up on them; topics of one size are cut alike (`RangeAssignor`).
 */
export const range: Assignor = (members, partitionsPerTopic) => {
  const subscriptions = new Subscriptions(members, partitionsPerTopic);
  const draft = new AssignmentDraft(subscriptions);
  for (const topic of subscriptions.topics) {
    const subscribers = subscriptions.subscribersOf(topic).toSorted(staticMembersFirst);
    const partitions = subscriptions.partitionsOf(topic);
    const quota = Math.floor(partitions.length / subscribers.length);
    const extras = partitions.length % subscribers.length;
    subscribers.forEach((member, place) => {
      const start = place * quota + Math.min(place, extras);
      const end = start + quota + (place < extras ? 1 : 0);
      for (const each of partitions.slice(start, end)) draft.give(each, member);
    });
  }
  return draft.finish();
};
