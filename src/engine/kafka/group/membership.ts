// What both group protocols have in common: the plan of a group, its members' comings and goings in
// the trace, and whose commits it takes.

import type { Environment } from '../../network/node';
import { EntryKind } from '../../trace/entryKinds';
import type { NodeIndex, PartitionIndex } from '../../trace/trace';
import type { KafkaError } from '../cluster/errors';
import type { GroupRequest, GroupResponse, Offsets } from '../wire/requests';
import type { CommittedOffsets } from './committedOffsets';
import type { Owner } from './ownership';

export interface GroupPlan {
  /** The node that stands for the group in the legend. */
  readonly node: NodeIndex;
  /** By topic; the place in a list is the partition's number. */
  readonly partitionsOfTopics: ReadonlyMap<string, readonly PartitionIndex[]>;
}

export type GroupAnswer = (response: GroupResponse) => void;

/** Requests that only members send, or who wants to be one. */
export type MemberRequest = Exclude<GroupRequest, { api: 'commit' | 'offsets' }>;

/** As whom somebody commits; an empty member id and generation -1: without membership. */
export interface Committer {
  readonly member: string;
  readonly generation: number;
  readonly offsets: Offsets;
}

/** One of the two protocols, as its coordinator uses it. */
export interface Membership {
  handle(client: NodeIndex, request: MemberRequest, answer: GroupAnswer): void;
  /** NONE, or why a commit is refused. */
  checkCommit(committer: Committer): KafkaError;
  /** Another broker has taken the group over. */
  moved(): void;
}

/** Why a member is no longer one, as `MemberLeft` says it. */
export const LeaveReason = { SaidSo: 0, SessionTimeout: 1, PollInterval: 2 } as const;
export type LeaveReason = (typeof LeaveReason)[keyof typeof LeaveReason];

/** Takes down what happens to a group and its members. */
export class GroupRecord {
  readonly #environment: Environment;
  readonly #group: NodeIndex;
  readonly #offsets: CommittedOffsets;
  #members = 0;

  constructor(environment: Environment, group: NodeIndex, offsets: CommittedOffsets) {
    this.#environment = environment;
    this.#group = group;
    this.#offsets = offsets;
  }

  /** @param value the first generation or epoch that it will take part in. */
  joined({ node }: Owner, value: number): void {
    if (this.#members === 0) this.#offsets.groupFilled();
    this.#members += 1;
    this.#entry(EntryKind.MemberJoined, node, value);
  }

  left({ node }: Owner, reason: LeaveReason): void {
    this.#members -= 1;
    if (this.#members === 0) this.#offsets.groupEmptied();
    this.#entry(EntryKind.MemberLeft, node, reason);
  }

  /** @param value the generation or epoch that it leads to. */
  rebalanceStarted(value: number): void {
    this.#entry(EntryKind.RebalanceStarted, this.#group, value);
  }

  rebalanceEnded(value: number): void {
    this.#entry(EntryKind.RebalanceEnded, this.#group, value);
  }

  #entry(kind: EntryKind, node: NodeIndex, value: number): void {
    this.#environment.recorder.entry(kind, { node, place: this.#group, value });
  }
}
