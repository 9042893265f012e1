// Round robin: all partitions of all topics are dealt in one circle of members.

import type { Assignor } from './assignor';
import { AssignmentDraft } from './round/assignmentDraft';
import { staticMembersFirst } from './round/memberOrder';
import { Subscriptions } from './round/subscriptions';

/** A member that does not subscribe to the topic is passed over (`RoundRobinAssignor`). */
export const roundRobin: Assignor = (members, partitionsPerTopic) => {
  const subscriptions = new Subscriptions(members, partitionsPerTopic);
  const draft = new AssignmentDraft(subscriptions);
  const circle = subscriptions.members.toSorted(staticMembersFirst);
  let turn = 0;
  for (const each of subscriptions.partitions) {
    const subscribers = subscriptions.subscribersOf(each.topic);
    for (;;) {
      const member = circle[turn % circle.length];
      turn += 1;
      if (member === undefined || !subscribers.includes(member)) continue;
      draft.give(each, member);
      break;
    }
  }
  return draft.finish();
};
