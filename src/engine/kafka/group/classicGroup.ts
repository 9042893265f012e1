// The classic group protocol at its coordinator: who is in, in which generation, and who owns what;
// the assignment itself is the leading member's work.

import { present } from '../../assert';
import { later } from '../../kernel/simTime';
import type { Environment } from '../../network/node';
import type { NodeIndex, PartitionIndex } from '../../trace/trace';
import type { TopicPartition } from '../assignors/assignor';
import type { KafkaError } from '../cluster/errors';
import type { KafkaSettings } from '../configuration';
import type { JoinRequest, SyncRequest } from '../wire/requests';
import { ClassicMember } from './classicMember';
import type { CommittedOffsets } from './committedOffsets';
import { Deadline } from './deadline';
import { InitialDelay } from './initialDelay';
import {
  type Committer,
  type GroupAnswer,
  type GroupPlan,
  GroupRecord,
  LeaveReason,
  type MemberRequest,
  type Membership,
} from './membership';
import { type Owner, Ownership } from './ownership';
import { TopicPartitions } from './topicPartitions';

export interface GroupParts {
  readonly environment: Environment;
  readonly settings: KafkaSettings;
  readonly plan: GroupPlan;
  readonly offsets: CommittedOffsets;
}

/** As in Kafka; a group is preparing while it waits for joins, completing while for assignments. */
type State = 'empty' | 'preparing' | 'completing' | 'stable';

export class ClassicGroup implements Membership {
  readonly #environment: Environment;
  readonly #settings: KafkaSettings;
  readonly #partitions: TopicPartitions;
  readonly #record: GroupRecord;
  readonly #ownership: Ownership;
  readonly #members = new Map<string, ClassicMember>();
  readonly #initialDelay: InitialDelay;
  /** By then every member must have joined, or have got its assignment. */
  readonly #patience: Deadline;
  #state: State = 'empty';
  #generation = 0;
  /** Member id of the first that joined: it computes the assignment. */
  #leader = '';

  constructor({ environment, settings, plan, offsets }: GroupParts) {
    this.#environment = environment;
    this.#settings = settings;
    this.#partitions = new TopicPartitions(plan.partitionsOfTopics);
    this.#record = new GroupRecord(environment, plan.node, offsets);
    this.#ownership = new Ownership(environment, plan.node);
    this.#initialDelay = new InitialDelay(environment.context, settings, () => this.#allJoined());
    this.#patience = new Deadline(environment.context, () => this.#patienceEnded());
  }

  handle(client: NodeIndex, request: MemberRequest, answer: GroupAnswer): void {
    switch (request.api) {
      case 'join':
        this.#join(client, request, answer);
        break;
      case 'sync':
        this.#sync(request, answer);
        break;
      case 'heartbeat':
        answer({ api: 'heartbeatAnswer', error: this.#heartbeat(request) });
        break;
      case 'leave':
        this.#remove(
          request.member,
          request.reason === 'closed' ? LeaveReason.SaidSo : LeaveReason.PollInterval,
        );
        answer({ api: 'left' });
        break;
      default:
        throw new Error('Engine fault: a member of a classic group speaks KIP-848.');
    }
  }

  checkCommit({ member, generation }: Committer): KafkaError {
    if (generation < 0 && member === '' && this.#state === 'empty') return 'NONE';
    const error = this.#checkMember({ member, generation });
    if (error !== 'NONE') return error;
    if (this.#state === 'completing') return 'REBALANCE_IN_PROGRESS';
    this.#touch(this.#member(member));
    return 'NONE';
  }

  moved(): void {
    for (const member of this.#members.values()) {
      member.refuse('NOT_COORDINATOR');
      this.#touch(member);
    }
    if (this.#patience.isSet) this.#patience.set(this.#patienceTime());
  }

  // Simplified: A member of a classic group brings its own id, as in KIP-848; Kafka gives it one
  // and has it join again.
  #join(client: NodeIndex, request: JoinRequest, answer: GroupAnswer): void {
    const member = this.#members.get(request.member);
    if (!member) {
      if (request.generation >= 0) answer(refusedJoin(request.member, 'UNKNOWN_MEMBER_ID'));
      else this.#add(client, request, answer);
      return;
    }
    const isUnchanged = member.joinedAs(request);
    const isSettled = this.#state === 'stable' && member.id !== this.#leader;
    if (isUnchanged && (isSettled || this.#state === 'completing')) {
      answer(this.#joinResponse(member));
      return;
    }
    const kept = new Set(this.#partitions.indicesOf(request.owned));
    for (const partition of this.#ownership.heldBy(member.id)) {
      if (!kept.has(partition)) this.#ownership.free(partition, this.#generation);
    }
    member.waitsToJoin(request, answer);
    this.#rebalance();
  }

  #add(client: NodeIndex, request: JoinRequest, answer: GroupAnswer): void {
    const session = new Deadline(this.#environment.context, () =>
      this.#sessionEnded(request.member),
    );
    const member = new ClassicMember({ id: request.member, node: client, session });
    this.#members.set(member.id, member);
    if (this.#members.size === 1) this.#leader = member.id;
    this.#record.joined(member, this.#generation + 1);
    member.waitsToJoin(request, answer);
    this.#initialDelay.memberAdded();
    this.#rebalance();
  }

  /** Makes members join again, or looks whether they all have. */
  #rebalance(): void {
    if (this.#state === 'preparing') {
      this.#completeIfAllJoined();
      return;
    }
    for (const member of this.#members.values()) member.refuseSync('REBALANCE_IN_PROGRESS');
    const isFirst = this.#state === 'empty';
    this.#state = 'preparing';
    this.#record.rebalanceStarted(this.#generation + 1);
    this.#patience.clear();
    if (isFirst) {
      this.#initialDelay.begin();
      return;
    }
    this.#patience.set(this.#patienceTime());
    this.#completeIfAllJoined();
  }

  #completeIfAllJoined(): void {
    if (this.#initialDelay.isRunning) return;
    for (const member of this.#members.values()) if (!member.isJoining) return;
    this.#allJoined();
  }

  #patienceEnded(): void {
    if (this.#state === 'preparing') this.#allJoined();
    else {
      const silent = [...this.#members.values()].filter(({ hasSynced }) => !hasSynced);
      for (const { id } of silent) this.#forget(id, LeaveReason.PollInterval);
      if (silent.length > 0) this.#rebalance();
    }
  }

  /** The next generation begins with those who have joined. */
  #allJoined(): void {
    this.#patience.clear();
    const absent = [...this.#members.values()].filter(({ isJoining }) => !isJoining);
    for (const { id } of absent) this.#forget(id, LeaveReason.PollInterval);
    this.#generation += 1;
    if (this.#members.size === 0) {
      this.#state = 'empty';
      this.#record.rebalanceEnded(this.#generation);
      return;
    }
    this.#state = 'completing';
    this.#patience.set(this.#patienceTime());
    for (const member of this.#members.values()) {
      this.#touch(member);
      member.joined(this.#joinResponse(member));
    }
  }

  #joinResponse(member: ClassicMember) {
    const isLeader = member.id === this.#leader;
    return {
      api: 'joined',
      error: 'NONE',
      member: member.id,
      generation: this.#generation,
      leader: this.#leader,
      members: isLeader ? [...this.#members.values()].map(({ request }) => request) : [],
    } as const;
  }

  #sync(request: SyncRequest, answer: GroupAnswer): void {
    const error = this.#checkMember(request);
    const isTooLate = this.#state === 'preparing';
    if (error !== 'NONE' || isTooLate) {
      const refusal = error === 'NONE' ? 'REBALANCE_IN_PROGRESS' : error;
      answer({ api: 'synced', error: refusal, assignment: [] });
      return;
    }
    const member = this.#member(request.member);
    member.waitsForAssignment(answer);
    if (this.#state === 'completing' && member.id === this.#leader)
      this.#assign(request.assignments);
    if (this.#state !== 'stable') return;
    for (const each of this.#members.values()) {
      if (each.isSyncing) this.#touch(each);
      each.assign();
    }
  }

  #assign(assignments: ReadonlyMap<string, readonly TopicPartition[]>): void {
    const owners = new Map<PartitionIndex, Owner>();
    for (const member of this.#members.values()) {
      member.assignment = assignments.get(member.id) ?? [];
      for (const partition of this.#partitions.indicesOf(member.assignment)) {
        owners.set(partition, member);
      }
    }
    this.#ownership.deal(owners, this.#generation);
    this.#state = 'stable';
    this.#record.rebalanceEnded(this.#generation);
  }

  #heartbeat(request: { readonly member: string; readonly generation: number }): KafkaError {
    const error = this.#checkMember(request);
    if (error !== 'NONE') return error;
    this.#touch(this.#member(request.member));
    return this.#state === 'preparing' ? 'REBALANCE_IN_PROGRESS' : 'NONE';
  }

  #checkMember(who: { readonly member: string; readonly generation: number }): KafkaError {
    if (!this.#members.has(who.member)) return 'UNKNOWN_MEMBER_ID';
    return who.generation === this.#generation ? 'NONE' : 'ILLEGAL_GENERATION';
  }

  /** Who waits for the group cannot send heartbeats: its channel is mute until it is answered. */
  #sessionEnded(id: string): void {
    const member = this.#member(id);
    if (member.isJoining || member.isSyncing) this.#touch(member);
    else this.#remove(id, LeaveReason.SessionTimeout);
  }

  #remove(id: string, reason: LeaveReason): void {
    if (!this.#members.has(id)) return;
    this.#forget(id, reason);
    this.#rebalance();
  }

  #forget(id: string, reason: LeaveReason): void {
    const member = this.#member(id);
    member.session.clear();
    this.#members.delete(id);
    this.#record.left(member, reason);
    this.#ownership.freeAllOf(id, this.#generation);
    if (id === this.#leader) this.#leader = this.#members.keys().next().value ?? '';
  }

  #touch({ session }: ClassicMember): void {
    session.set(later(this.#environment.context.now, this.#settings.sessionTimeout));
  }

  /** The rebalance timeout of Java's consumer is its `max.poll.interval.ms`. */
  #patienceTime() {
    return later(this.#environment.context.now, this.#settings.maxPollInterval);
  }

  #member(id: string): ClassicMember {
    return present(this.#members.get(id), `the group has no member ${id}`);
  }
}

const refusedJoin = (member: string, error: KafkaError) =>
  ({ api: 'joined', error, member, generation: -1, leader: '', members: [] }) as const;
