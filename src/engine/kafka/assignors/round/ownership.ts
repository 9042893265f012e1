// Who held which partition when the round began, members' words weighed; gives nothing.

import type { GroupMember, TopicPartition } from '../assignor';
import type { Subscriptions } from './subscriptions';

/** As Kafka writes it, `orders-2`: the last dash parts topic and number. */
export function partitionName({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}

export class Ownership {
  /** By partition name; in each list the highest generation first, then by `member.id`. */
  readonly #claimants = new Map<string, GroupMember[]>();
  readonly #subscriptions: Subscriptions;
  /** The latest generation that any member belonged to. */
  readonly #generation: number;

  constructor(subscriptions: Subscriptions) {
    const byGeneration = subscriptions.members.toSorted(
      (one, other) => other.generation - one.generation,
    );
    for (const member of byGeneration) {
      for (const name of new Set(member.owned.map(partitionName))) {
        const claimants = this.#claimants.get(name);
        if (claimants === undefined) this.#claimants.set(name, [member]);
        else claimants.push(member);
      }
    }
    this.#subscriptions = subscriptions;
    this.#generation = byGeneration[0]?.generation ?? -1;
  }

  /** Whether any member says that it holds the partition, rightly or not. */
  isClaimed(partition: TopicPartition): boolean {
    return this.#claimants.has(partitionName(partition));
  }

  /**
   * The member that may keep the partition: it alone claims it with the highest generation, and
   * it still subscribes to the topic. Of two with the same generation neither is believed.
   */
  ownerOf(partition: TopicPartition): GroupMember | undefined {
    const [owner, rival] = this.#claimants.get(partitionName(partition)) ?? [];
    if (owner === undefined || owner.generation === rival?.generation) return undefined;
    return this.#subscriptions.subscribersOf(partition.topic).includes(owner) ? owner : undefined;
  }

  /** Of the subscribers that missed the last generation, the latest that held the partition. */
  formerOwnerOf(partition: TopicPartition): GroupMember | undefined {
    const subscribers = this.#subscriptions.subscribersOf(partition.topic);
    return this.#claimants
      .get(partitionName(partition))
      ?.find((member) => member.generation < this.#generation && subscribers.includes(member));
  }

  /** What the member may keep, by topic and number. */
  ownedBy(member: GroupMember): TopicPartition[] {
    return this.#subscriptions.partitions.filter((each) => this.ownerOf(each) === member);
  }
}
