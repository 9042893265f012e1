// A member of a classic group, at its client: joins, computes the assignment if it leads, sends
// heartbeats, and gives up what a rebalance takes from it.

import { later } from '../../../kernel/simTime';
import type { TopicPartition } from '../../assignors/assignor';
import { ASSIGNORS } from '../../assignors/assignors';
import type { KafkaError } from '../../cluster/errors';
import { Deadline } from '../../group/deadline';
import type {
  CommitResponse,
  GroupRequest,
  GroupResponse,
  HeartbeatResponse,
  JoinRequest,
  JoinResponse,
  Offsets,
  SyncResponse,
} from '../../wire/requests';
import { CoordinatorTalk } from '../coordinatorTalk';
import type { GroupIdentity, GroupMember, MemberParts } from './groupMember';
import { OwnedPartitions } from './ownedPartitions';

/** `left`: not subscribed. Preparing: it commits before it joins again. */
type State = 'left' | 'unjoined' | 'preparing' | 'joining' | 'syncing' | 'stable';

const NO_GENERATION = -1;

export class ClassicMembership implements GroupMember {
  readonly #parts: MemberParts;
  readonly #talk: CoordinatorTalk<GroupRequest, GroupResponse>;
  readonly #owned: OwnedPartitions;
  readonly #heartbeat: Deadline;
  readonly #pollLimit: Deadline;
  #state: State = 'left';
  #incarnation = 0;
  #generation = NO_GENERATION;
  #mustJoin = false;
  /** Whether it has given up and committed what it must before it joins. */
  #isPrepared = false;
  /** Synced, and to be taken at the next poll. */
  #assignment: readonly TopicPartition[] | null = null;
  #isInPoll = false;
  #isPollOverdue = false;

  constructor(parts: MemberParts) {
    const { context } = parts.environment;
    this.#parts = parts;
    this.#talk = new CoordinatorTalk(parts.ask);
    this.#owned = new OwnedPartitions(parts, this.#talk);
    this.#heartbeat = new Deadline(context, () => this.#sendHeartbeat(), parts.process);
    this.#pollLimit = new Deadline(context, () => this.#pollOverdue(), parts.process);
  }

  get identity(): GroupIdentity {
    // Ids sort as their nodes do: assignors go by member ids.
    const node = `${this.#parts.process.node.index}`.padStart(4, '0');
    const member = `member-${node}-${this.#incarnation}`;
    return { group: this.#parts.group, member, generation: this.#generation };
  }

  start(): void {
    this.#resetId();
    this.#proceed();
  }

  polled(): void {
    this.#isInPoll = true;
    this.#isPollOverdue = false;
    this.#pollLimit.clear();
    this.#proceed();
  }

  working(): void {
    this.#isInPoll = false;
    const { environment, settings } = this.#parts;
    this.#pollLimit.set(later(environment.context.now, settings.maxPollInterval));
  }

  commit(offsets: Offsets, done: (error: KafkaError) => void): void {
    // Without a generation, or while the next one is made, Java's consumer does not even ask.
    if (this.#generation === NO_GENERATION) done('UNKNOWN_MEMBER_ID');
    else if (this.#state === 'stable') this.#commit(offsets, done);
    else done('REBALANCE_IN_PROGRESS');
  }

  stop(): void {
    if (this.#state === 'left') return;
    const offsets = this.#parts.listener.offsetsToCommit();
    if (this.#state === 'stable' && offsets.size > 0) this.#commit(offsets, () => {});
    this.#owned.giveUp(this.#owned.all, 'revoked');
    if (this.#state !== 'unjoined') this.#leave('closed');
    this.#state = 'left';
    this.#heartbeat.clear();
    this.#pollLimit.clear();
  }

  crash(): void {
    this.#talk.forget();
    this.#owned.forget();
    this.#heartbeat.forget();
    this.#pollLimit.forget();
    this.#state = 'left';
    this.#isInPoll = false;
  }

  coordinatorLost(): void {
    this.#talk.lost();
  }

  /** What is to do and may be done inside poll(). */
  #proceed(): void {
    if (!this.#isInPoll) return;
    if (this.#assignment) this.#take(this.#assignment);
    const mayJoin = this.#state === 'unjoined' || this.#state === 'stable';
    if (!this.#mustJoin || !mayJoin) return;
    if (this.#isPrepared) this.#join();
    else this.#prepare();
  }

  /** Java's onJoinPrepare: eager members give all up, all commit what they have read. */
  #prepare(): void {
    const { settings, listener } = this.#parts;
    this.#heartbeat.clear();
    this.#isPrepared = true;
    if (this.#generation === NO_GENERATION) {
      this.#owned.giveUp(this.#owned.all, 'lost');
      this.#join();
      return;
    }
    this.#state = 'preparing';
    const offsets = listener.offsetsToCommit();
    if (settings.assignor !== 'cooperative-sticky') {
      this.#owned.giveUp(this.#owned.all, 'revoked');
    }
    const join = () => {
      if (this.#state === 'preparing') this.#join();
    };
    if (offsets.size > 0) this.#commit(offsets, join);
    else join();
  }

  #join(): void {
    const { settings, topics } = this.#parts;
    this.#state = 'joining';
    this.#mustJoin = false;
    this.#heartbeat.clear();
    const { assignor } = settings;
    const request = { ...this.identity, topics, owned: this.#owned.names, assignor };
    this.#askToJoin({ api: 'join', ...request });
  }

  #askToJoin(request: JoinRequest): void {
    this.#talk.ask<JoinResponse>(request, {
      answered: (response) => {
        if (this.#state === 'joining') this.#joined(response);
      },
      lost: () => this.#askToJoin(request),
    });
  }

  #joined({ error, generation, leader, members }: JoinResponse): void {
    if (error !== 'NONE') {
      this.#joinAgain(error);
      return;
    }
    this.#generation = generation;
    this.#state = 'syncing';
    const isLeader = leader === this.identity.member;
    this.#sync(isLeader ? this.#assign(members) : new Map());
  }

  #assign(members: readonly JoinRequest[]): ReadonlyMap<string, readonly TopicPartition[]> {
    const { assignor } = this.#parts.settings;
    const described = members.map(({ member, topics, owned, generation }) => {
      return { id: member, instanceId: null, topics, owned, generation };
    });
    return ASSIGNORS[assignor](described, this.#owned.counts);
  }

  #sync(assignments: ReadonlyMap<string, readonly TopicPartition[]>): void {
    const request = { api: 'sync', ...this.identity, assignments } as const;
    this.#talk.ask<SyncResponse>(request, {
      answered: (response) => {
        if (this.#state === 'syncing') this.#synced(response);
      },
      lost: () => {
        if (this.#state === 'syncing') this.#sync(assignments);
      },
    });
  }

  #synced({ error, assignment }: SyncResponse): void {
    if (error !== 'NONE') {
      this.#joinAgain(error);
      return;
    }
    this.#state = 'stable';
    this.#assignment = assignment;
    this.#beatAfterInterval();
    if (this.#isPollOverdue) this.#pollOverdue();
    else this.#proceed();
  }

  #take(assignment: readonly TopicPartition[]): void {
    this.#assignment = null;
    this.#isPrepared = false;
    const { added, gone } = this.#owned.compare(assignment);
    this.#owned.giveUp(gone, 'revoked');
    // Somebody waits for what was given up: a second round hands it over (KIP-429).
    if (gone.length > 0) this.#mustJoin = true;
    this.#owned.take(added);
  }

  #beatAfterInterval(): void {
    const { environment, settings } = this.#parts;
    this.#heartbeat.set(later(environment.context.now, settings.heartbeatInterval));
  }

  #sendHeartbeat(): void {
    if (this.#state !== 'stable') return;
    this.#beatAfterInterval();
    const { generation } = this.identity;
    this.#talk.ask<HeartbeatResponse>(
      { api: 'heartbeat', ...this.identity },
      {
        answered: ({ error }) => {
          const isCurrent = this.#state === 'stable' && this.#generation === generation;
          if (isCurrent) this.#heed(error);
        },
        lost: () => this.#sendHeartbeat(),
      },
    );
  }

  /** What the coordinator's answer to a heartbeat or a commit says about the membership. */
  #heed(error: KafkaError): void {
    if (error === 'REBALANCE_IN_PROGRESS') this.#mustJoin = true;
    else if (isExpulsion(error)) this.#resetId();
    this.#proceed();
  }

  #joinAgain(error: KafkaError): void {
    this.#state = 'unjoined';
    this.#mustJoin = true;
    this.#heed(error);
  }

  /** It is no member any more; it believes to own what it owned until its next poll. */
  #resetId(): void {
    this.#state = 'unjoined';
    this.#generation = NO_GENERATION;
    this.#incarnation += 1;
    this.#mustJoin = true;
    this.#isPrepared = false;
    this.#assignment = null;
    this.#heartbeat.clear();
  }

  #commit(offsets: Offsets, done: (error: KafkaError) => void): void {
    const { identity } = this;
    this.#talk.ask<CommitResponse>(
      { api: 'commit', ...identity, offsets },
      {
        answered: ({ error }) => {
          const isCurrent = this.#state !== 'left' && this.identity.member === identity.member;
          if (isCurrent && this.#generation === identity.generation) this.#heed(error);
          done(error);
        },
        lost: () => done('COORDINATOR_NOT_AVAILABLE'),
      },
    );
  }

  /** The background thread leaves in the name of an application that does not poll. */
  #pollOverdue(): void {
    this.#isPollOverdue = true;
    if (this.#state !== 'stable') return;
    this.#leave('poll interval');
    this.#resetId();
  }

  #leave(reason: 'closed' | 'poll interval'): void {
    const { group, member } = this.identity;
    this.#talk.ask({ api: 'leave', group, member, reason }, { answered: () => {}, lost: () => {} });
  }
}

const isExpulsion = (error: KafkaError): boolean =>
  error === 'UNKNOWN_MEMBER_ID' || error === 'ILLEGAL_GENERATION';
