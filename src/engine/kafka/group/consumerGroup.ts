// A KIP-848 group at its coordinator: members, epochs, the target assignment, and how each member
// is led to its part of it.

import { present } from '../../assert';
import { later, type SimTime, seconds } from '../../kernel/simTime';
import type { Environment } from '../../network/node';
import type { NodeIndex, PartitionIndex } from '../../trace/trace';
import { ASSIGNORS } from '../assignors/assignors';
import type { KafkaError } from '../cluster/errors';
import type { KafkaSettings } from '../configuration';
import type { GroupHeartbeatRequest, GroupHeartbeatResponse } from '../wire/requests';
import type { GroupParts } from './classicGroup';
import { ConsumerGroupMember } from './consumerGroupMember';
import { Deadline } from './deadline';
import {
  type Committer,
  type GroupAnswer,
  GroupRecord,
  LeaveReason,
  type MemberRequest,
  type Membership,
} from './membership';
import { Ownership } from './ownership';
import { nextStanding } from './reconciliation';
import { TopicPartitions } from './topicPartitions';

/** `group.consumer.assignment.interval.ms`: least time from one target assignment to the next. */
const ASSIGNMENT_INTERVAL = seconds(1);
/** Epoch of a heartbeat that joins, and of one that leaves. */
const JOINS = 0;
const LEAVES = -1;

export class ConsumerGroup implements Membership {
  readonly #environment: Environment;
  readonly #settings: KafkaSettings;
  readonly #partitions: TopicPartitions;
  readonly #record: GroupRecord;
  readonly #ownership: Ownership;
  readonly #members = new Map<string, ConsumerGroupMember>();
  /** Raised by every change of the membership; Kafka begins at 1. */
  #epoch = 1;
  /** The epoch that the target is for. */
  #targetEpoch = 1;
  #lastAssigned: SimTime | null = null;
  #isSettled = true;

  constructor({ environment, settings, plan, offsets }: GroupParts) {
    this.#environment = environment;
    this.#settings = settings;
    this.#partitions = new TopicPartitions(plan.partitionsOfTopics);
    this.#record = new GroupRecord(environment, plan.node, offsets);
    this.#ownership = new Ownership(environment, plan.node);
  }

  handle(client: NodeIndex, request: MemberRequest, answer: GroupAnswer): void {
    if (request.api !== 'groupHeartbeat') {
      throw new Error('Engine fault: a member of a KIP-848 group speaks the classic protocol.');
    }
    if (request.memberEpoch === LEAVES) {
      this.#remove(request.member, LeaveReason.SaidSo);
      answer(response(LEAVES));
      return;
    }
    const error = this.#checkEpoch(request);
    if (error === 'NONE') answer(this.#heartbeat(client, request));
    else answer({ ...response(LEAVES), error });
  }

  /** An older epoch will do for what the member has had since then (KIP-1251). */
  checkCommit({ member, generation, offsets }: Committer): KafkaError {
    if (generation < 0 && this.#members.size === 0) return 'NONE';
    const known = this.#members.get(member);
    if (!known) return 'UNKNOWN_MEMBER_ID';
    const { epoch } = known.standing;
    if (generation === epoch) return 'NONE';
    if (generation > epoch) return 'STALE_MEMBER_EPOCH';
    const isHeld = (partition: PartitionIndex) => {
      const since = this.#ownership.heldSince(partition, member);
      return since !== null && since <= generation;
    };
    return [...offsets.keys()].every(isHeld) ? 'NONE' : 'STALE_MEMBER_EPOCH';
  }

  moved(): void {
    for (const member of this.#members.values()) {
      this.#touch(member);
      if (member.revocation.isSet) this.#limitRevocation(member);
    }
  }

  #heartbeat(client: NodeIndex, request: GroupHeartbeatRequest): GroupHeartbeatResponse {
    const member = this.#members.get(request.member) ?? this.#add(client, request);
    this.#updateTarget();
    const owned = request.owned && new Set(this.#partitions.indicesOf(request.owned));
    const before = member.standing.assigned;
    this.#reconcile(member, owned);
    this.#touch(member);
    this.#settle();
    const { assigned, epoch } = member.standing;
    const isKnown = isSameSet(assigned, before) && (owned === null || isSameSet(assigned, owned));
    const isNew = request.memberEpoch === JOINS || !isKnown;
    return { ...response(epoch), assignment: isNew ? this.#partitions.namesOf(assigned) : null };
  }

  #checkEpoch({ member, memberEpoch, owned }: GroupHeartbeatRequest): KafkaError {
    if (memberEpoch === JOINS) return 'NONE';
    const known = this.#members.get(member);
    if (!known) return 'UNKNOWN_MEMBER_ID';
    const { epoch, assigned } = known.standing;
    if (memberEpoch === epoch) return 'NONE';
    // It may not have got the answer that raised its epoch.
    const isOneBehind = memberEpoch < epoch && memberEpoch === known.previousEpoch;
    const isWithin =
      owned !== null &&
      this.#partitions.indicesOf(owned).every((partition) => assigned.includes(partition));
    return isOneBehind && isWithin ? 'NONE' : 'FENCED_MEMBER_EPOCH';
  }

  #add(client: NodeIndex, { member: id, topics }: GroupHeartbeatRequest): ConsumerGroupMember {
    const { context } = this.#environment;
    const remove = (reason: LeaveReason) => () => this.#remove(id, reason);
    const member = new ConsumerGroupMember({
      ...{ id, node: client, topics },
      session: new Deadline(context, remove(LeaveReason.SessionTimeout)),
      revocation: new Deadline(context, remove(LeaveReason.PollInterval)),
    });
    this.#members.set(id, member);
    this.#record.joined(member, this.#epoch + 1);
    this.#raiseEpoch();
    return member;
  }

  #remove(id: string, reason: LeaveReason): void {
    const member = this.#members.get(id);
    if (!member) return;
    member.session.clear();
    member.revocation.clear();
    this.#members.delete(id);
    this.#record.left(member, reason);
    this.#ownership.freeAllOf(id, this.#epoch);
    this.#raiseEpoch();
    this.#settle();
  }

  #raiseEpoch(): void {
    this.#epoch += 1;
    this.#isSettled = false;
    this.#record.rebalanceStarted(this.#epoch);
  }

  // Simplified: A KIP-848 coordinator computes a target assignment in no time, inside a heartbeat;
  // Kafka 4.3 does it on another thread, and a later heartbeat brings it.
  #updateTarget(): void {
    if (this.#targetEpoch === this.#epoch) return;
    const { now } = this.#environment.context;
    if (this.#lastAssigned !== null && now < later(this.#lastAssigned, ASSIGNMENT_INTERVAL)) return;
    const assignor = ASSIGNORS[this.#settings.assignor === 'range' ? 'server-range' : 'uniform'];
    const members = [...this.#members.values()].map(({ id, topics, target }) => {
      const owned = this.#partitions.namesOf(target);
      return { id, instanceId: null, topics, owned, generation: this.#targetEpoch };
    });
    for (const [id, partitions] of assignor(members, this.#partitions.counts)) {
      const member = present(this.#members.get(id), `no member ${id} to assign to`);
      member.target = this.#partitions.indicesOf(partitions);
    }
    this.#targetEpoch = this.#epoch;
    this.#lastAssigned = now;
  }

  #reconcile(member: ConsumerGroupMember, owned: ReadonlySet<PartitionIndex> | null): void {
    const before = member.standing;
    const destination = { epoch: this.#targetEpoch, partitions: member.target };
    const isFree = (partition: PartitionIndex) => this.#ownership.isFree(partition);
    const next = nextStanding(before, destination, { owned, isFree });
    if (next === before) return;
    member.moveTo(next);
    const held = new Set([...next.assigned, ...next.revoking]);
    for (const partition of this.#ownership.heldBy(member.id)) {
      if (!held.has(partition)) this.#ownership.free(partition, next.epoch);
    }
    for (const partition of next.assigned) this.#ownership.give(partition, member, next.epoch);
    if (next.state === 'unrevoked') this.#limitRevocation(member);
    else member.revocation.clear();
  }

  #settle(): void {
    if (this.#isSettled) return;
    const isThere = ({ standing }: ConsumerGroupMember) =>
      standing.state === 'stable' && standing.epoch === this.#epoch;
    if (![...this.#members.values()].every(isThere)) return;
    this.#isSettled = true;
    this.#record.rebalanceEnded(this.#epoch);
  }

  #touch({ session }: ConsumerGroupMember): void {
    session.set(later(this.#environment.context.now, this.#settings.sessionTimeout));
  }

  /** A member that does not revoke within its rebalance timeout is fenced. */
  #limitRevocation({ revocation }: ConsumerGroupMember): void {
    revocation.set(later(this.#environment.context.now, this.#settings.maxPollInterval));
  }
}

const response = (memberEpoch: number) =>
  ({ api: 'groupHeartbeatAnswer', error: 'NONE', memberEpoch, assignment: null }) as const;

function isSameSet(some: readonly PartitionIndex[], others: Iterable<PartitionIndex>): boolean {
  const set = new Set(others);
  return set.size === some.length && some.every((each) => set.has(each));
}
