// Who may have which partition, the subscriptions and the topics laid together; gives nothing.

import type { GroupMember, TopicPartition } from '../assignor';
import { byMemberId, compareText } from './memberOrder';

export class Subscriptions {
  /** By `member.id`. */
  readonly members: readonly GroupMember[];
  /** Those that exist and have a subscriber, by name. */
  readonly topics: readonly string[];
  /** All that can be assigned, by topic and number. */
  readonly partitions: readonly TopicPartition[];
  readonly #subscribers = new Map<string, GroupMember[]>();
  readonly #partitionsOf = new Map<string, readonly TopicPartition[]>();

  constructor(members: readonly GroupMember[], partitionsPerTopic: ReadonlyMap<string, number>) {
    this.members = members.toSorted(byMemberId);
    for (const member of this.members) {
      for (const topic of new Set(member.topics)) {
        if (!partitionsPerTopic.has(topic)) continue;
        const subscribers = this.#subscribers.get(topic);
        if (subscribers === undefined) this.#subscribers.set(topic, [member]);
        else subscribers.push(member);
      }
    }
    this.topics = [...this.#subscribers.keys()].sort(compareText);
    for (const topic of this.topics) {
      const length = partitionsPerTopic.get(topic) ?? 0;
      this.#partitionsOf.set(
        topic,
        Array.from({ length }, (_, partition) => ({ topic, partition })),
      );
    }
    this.partitions = this.topics.flatMap((topic) => this.partitionsOf(topic));
  }

  /** Whether all subscribe to the same topics, also those that do not exist. */
  get areEqual(): boolean {
    const [first, ...rest] = this.members.map(({ topics }) => new Set(topics));
    return rest.every(
      (topics) => topics.size === first?.size && [...topics].every((topic) => first.has(topic)),
    );
  }

  partitionsOf(topic: string): readonly TopicPartition[] {
    return this.#partitionsOf.get(topic) ?? [];
  }

  /** By `member.id`. */
  subscribersOf(topic: string): readonly GroupMember[] {
    return this.#subscribers.get(topic) ?? [];
  }
}
