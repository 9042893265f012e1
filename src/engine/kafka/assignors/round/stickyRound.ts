// One round of the assignors that look at what members held: where it begins; decides nothing.

import type { Assignor } from '../assignor';
import { AssignmentDraft } from './assignmentDraft';
import { Ownership } from './ownership';
import { Subscriptions } from './subscriptions';

export interface StickyRound {
  readonly subscriptions: Subscriptions;
  readonly ownership: Ownership;
  /** Empty at first. */
  readonly draft: AssignmentDraft;
}

/** The assignor that `assign` makes by filling the draft of a round. */
export function stickyAssignor(assign: (round: StickyRound) => void): Assignor {
  return (members, partitionsPerTopic) => {
    const subscriptions = new Subscriptions(members, partitionsPerTopic);
    const draft = new AssignmentDraft(subscriptions);
    assign({ subscriptions, ownership: new Ownership(subscriptions), draft });
    return draft.finish();
  };
}

/** Everybody has again what it may keep. */
export function keepOwned({ subscriptions, ownership, draft }: StickyRound): void {
  for (const each of subscriptions.partitions) {
    const owner = ownership.ownerOf(each);
    if (owner !== undefined) draft.give(each, owner);
  }
}
