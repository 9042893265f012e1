// A member of a KIP-848 group as its coordinator keeps it.

import type { NodeIndex, PartitionIndex } from '../../trace/trace';
import type { Deadline } from './deadline';
import type { Standing } from './reconciliation';

export class ConsumerGroupMember {
  readonly id: string;
  readonly node: NodeIndex;
  readonly topics: readonly string[];
  readonly session: Deadline;
  /** By then it must have given up what it has to revoke. */
  readonly revocation: Deadline;
  /** What it is led to. */
  target: readonly PartitionIndex[] = [];
  standing: Standing = { state: 'stable', epoch: 0, assigned: [], revoking: [] };
  previousEpoch = -1;

  constructor(member: {
    readonly id: string;
    readonly node: NodeIndex;
    readonly topics: readonly string[];
    readonly session: Deadline;
    readonly revocation: Deadline;
  }) {
    this.id = member.id;
    this.node = member.node;
    this.topics = member.topics;
    this.session = member.session;
    this.revocation = member.revocation;
  }

  moveTo(standing: Standing): void {
    if (standing.epoch !== this.standing.epoch) this.previousEpoch = this.standing.epoch;
    this.standing = standing;
  }
}
