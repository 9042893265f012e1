// An assignment in the making: who has which partition, and how many; decides nothing.

import { present } from '../../../assert';
import type { Assignment, GroupMember, TopicPartition } from '../assignor';
import { partitionName } from './ownership';
import type { Subscriptions } from './subscriptions';

export class AssignmentDraft {
  readonly #subscriptions: Subscriptions;
  readonly #owners = new Map<string, GroupMember>();
  readonly #loads = new Map<GroupMember, number>();

  constructor(subscriptions: Subscriptions) {
    this.#subscriptions = subscriptions;
  }

  ownerOf(partition: TopicPartition): GroupMember | undefined {
    return this.#owners.get(partitionName(partition));
  }

  /** How many partitions the member has. */
  loadOf(member: GroupMember): number {
    return this.#loads.get(member) ?? 0;
  }

  /** Of these members one with the fewest partitions, the first of equals. */
  leastLoaded(members: readonly GroupMember[]): GroupMember {
    const fewest = Math.min(...members.map((member) => this.loadOf(member)));
    const found = members.find((member) => this.loadOf(member) === fewest);
    return present(found, 'a partition is given to one of its topic’s subscribers');
  }

  /** By topic and number. */
  get unassigned(): TopicPartition[] {
    return this.#subscriptions.partitions.filter((each) => this.ownerOf(each) === undefined);
  }

  /** Whoever had the partition has it no more. */
  give(partition: TopicPartition, member: GroupMember): void {
    this.withhold(partition);
    this.#owners.set(partitionName(partition), member);
    this.#loads.set(member, this.loadOf(member) + 1);
  }

  withhold(partition: TopicPartition): void {
    const owner = this.ownerOf(partition);
    if (owner === undefined) return;
    this.#owners.delete(partitionName(partition));
    this.#loads.set(owner, this.loadOf(owner) - 1);
  }

  finish(): Assignment {
    const { members, partitions } = this.#subscriptions;
    const assignment = new Map<string, TopicPartition[]>(members.map(({ id }) => [id, []]));
    for (const each of partitions) {
      const owner = this.ownerOf(each);
      if (owner !== undefined) assignment.get(owner.id)?.push(each);
    }
    return assignment;
  }
}
