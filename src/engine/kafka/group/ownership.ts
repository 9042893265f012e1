// Who owns each partition in the coordinator's eyes: at any instant one member at most.

import { assert } from '../../assert';
import type { Environment } from '../../network/node';
import { EntryKind } from '../../trace/entryKinds';
import type { NodeIndex, PartitionIndex } from '../../trace/trace';

/** A member as an owner. */
export interface Owner {
  readonly id: string;
  readonly node: NodeIndex;
}

interface Holding {
  readonly owner: Owner;
  /** Generation or member epoch in which it was given. */
  readonly since: number;
}

export class Ownership {
  readonly #environment: Environment;
  readonly #group: NodeIndex;
  readonly #holdings = new Map<PartitionIndex, Holding>();

  constructor(environment: Environment, group: NodeIndex) {
    this.#environment = environment;
    this.#group = group;
  }

  isFree(partition: PartitionIndex): boolean {
    return !this.#holdings.has(partition);
  }

  isHeldBy(partition: PartitionIndex, member: string): boolean {
    return this.#holdings.get(partition)?.owner.id === member;
  }

  /** Generation or epoch in which the member was given it; null: it does not hold it. */
  heldSince(partition: PartitionIndex, member: string): number | null {
    const holding = this.#holdings.get(partition);
    return holding?.owner.id === member ? holding.since : null;
  }

  heldBy(member: string): PartitionIndex[] {
    return [...this.#holdings.keys()].filter((partition) => this.isHeldBy(partition, member));
  }

  /** Gives a free partition; what the owner has already it keeps since when it had it. */
  give(partition: PartitionIndex, owner: Owner, generation: number): void {
    if (this.isHeldBy(partition, owner.id)) return;
    assert(this.isFree(partition), `partition ${partition} would have two owners`);
    this.#holdings.set(partition, { owner, since: generation });
    this.#record(partition, owner.node, generation);
  }

  free(partition: PartitionIndex, generation: number): void {
    if (this.#holdings.delete(partition)) this.#record(partition, -1, generation);
  }

  freeAllOf(member: string, generation: number): void {
    for (const partition of this.heldBy(member)) this.free(partition, generation);
  }

  /** Deals all out anew, in one step: first what somebody loses becomes free. */
  deal(owners: ReadonlyMap<PartitionIndex, Owner>, generation: number): void {
    for (const [partition, { owner }] of [...this.#holdings]) {
      if (owners.get(partition)?.id !== owner.id) this.free(partition, generation);
    }
    for (const [partition, owner] of owners) this.give(partition, owner, generation);
  }

  #record(partition: PartitionIndex, node: NodeIndex, detail: number): void {
    this.#environment.recorder.entry(EntryKind.OwnerSet, {
      node: this.#group,
      place: partition,
      value: node,
      detail,
    });
  }
}
