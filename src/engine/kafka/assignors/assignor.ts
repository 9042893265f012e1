// What every assignor takes and gives; assigns nothing.

/** One partition of a topic; partitions are numbered from 0. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** A member as it stands when the round begins. */
export interface GroupMember {
  /** `member.id`: unique in its group. */
  readonly id: string;
  /** `group.instance.id` of a static member, null for a dynamic one. */
  readonly instanceId: string | null;
  readonly topics: readonly string[];
  /** What it holds, by its own word; for server-side assignors its part of the last target. */
  readonly owned: readonly TopicPartition[];
  /** In which generation it was given that; -1 when it belonged to none. */
  readonly generation: number;
}

/** Member id → its partitions, by topic and number; every member is there, in the order of ids. */
export type Assignment = ReadonlyMap<string, readonly TopicPartition[]>;

/**
 * One round: a function of the members, in whatever order, and of topic → number of partitions.
 * A topic without a number does not exist, and a subscription to it gives nothing.
 */
export type Assignor = (
  members: readonly GroupMember[],
  partitionsPerTopic: ReadonlyMap<string, number>,
) => Assignment;

/** As in `partition.assignment.strategy` and `group.remote.assignor`; the server has a range too. */
export type AssignorName =
  | 'range'
  | 'roundrobin'
  | 'sticky'
  | 'cooperative-sticky'
  | 'uniform'
  | 'server-range';
