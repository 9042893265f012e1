// A member of a KIP-848 group, at its client: one heartbeat for joining, staying and leaving, and
// the steps from what it owns to what it is told to own.

import { later } from '../../../kernel/simTime';
import type { PartitionIndex } from '../../../trace/trace';
import type { TopicPartition } from '../../assignors/assignor';
import type { KafkaError } from '../../cluster/errors';
import { Deadline } from '../../group/deadline';
import type {
  CommitResponse,
  GroupHeartbeatResponse,
  GroupRequest,
  GroupResponse,
  Offsets,
} from '../../wire/requests';
import { CoordinatorTalk } from '../coordinatorTalk';
import type { GroupIdentity, GroupMember, MemberParts } from './groupMember';
import { OwnedPartitions } from './ownedPartitions';

/** Out: subscribed, but to join only at the next poll. */
type State = 'left' | 'out' | 'joining' | 'member';

const JOINS = 0;
const LEAVES = -1;

export class ConsumerMembership implements GroupMember {
  readonly #parts: MemberParts;
  readonly #talk: CoordinatorTalk<GroupRequest, GroupResponse>;
  readonly #owned: OwnedPartitions;
  readonly #heartbeat: Deadline;
  readonly #pollLimit: Deadline;
  #state: State = 'left';
  #incarnation = 0;
  #epoch = JOINS;
  /** What it was told to own, until it does. */
  #target: readonly TopicPartition[] | null = null;
  /** Counts the times that it was told it is no member: what was under way then is void. */
  #expulsions = 0;
  #isReconciling = false;
  #isAsking = false;
  /** The next heartbeat was due before the last one was answered. */
  #isOverdue = false;
  /** What it owns is not what it said last, or that did not arrive. */
  #hasNews = true;
  #isInPoll = false;

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
    return { group: this.#parts.group, member, generation: this.#epoch };
  }

  start(): void {
    this.#incarnation += 1;
    this.#beginAnew('out');
    this.#proceed();
  }

  polled(): void {
    this.#isInPoll = true;
    this.#pollLimit.clear();
    this.#proceed();
  }

  working(): void {
    this.#isInPoll = false;
    const { environment, settings } = this.#parts;
    this.#pollLimit.set(later(environment.context.now, settings.maxPollInterval));
  }

  commit(offsets: Offsets, done: (error: KafkaError) => void): void {
    if (this.#state !== 'member') {
      done('UNKNOWN_MEMBER_ID');
      return;
    }
    this.#talk.ask<CommitResponse>(
      { api: 'commit', ...this.identity, offsets },
      {
        answered: ({ error }) => done(error),
        lost: () => done('COORDINATOR_NOT_AVAILABLE'),
      },
    );
  }

  stop(): void {
    if (this.#state === 'left') return;
    const offsets = this.#parts.listener.offsetsToCommit();
    if (offsets.size > 0) this.commit(offsets, () => {});
    this.#owned.giveUp(this.#owned.all, 'revoked');
    this.#leave();
    this.#beginAnew('left');
    this.#pollLimit.clear();
  }

  crash(): void {
    this.#talk.forget();
    this.#owned.forget();
    this.#heartbeat.forget();
    this.#pollLimit.forget();
    this.#beginAnew('left');
    this.#isInPoll = false;
  }

  coordinatorLost(): void {
    this.#talk.lost();
  }

  #beginAnew(state: State): void {
    this.#state = state;
    this.#epoch = JOINS;
    this.#target = null;
    this.#expulsions += 1;
    this.#isReconciling = false;
    this.#isAsking = false;
    this.#isOverdue = false;
    this.#hasNews = true;
    this.#heartbeat.clear();
  }

  #proceed(): void {
    if (this.#state === 'out' && this.#isInPoll) {
      this.#state = 'joining';
      this.#sendHeartbeat();
    } else this.#reconcile();
  }

  #sendHeartbeat(): void {
    this.#isOverdue = this.#isAsking;
    if (this.#isAsking) return;
    const { environment, settings, topics, group } = this.#parts;
    const { member } = this.identity;
    const expulsions = this.#expulsions;
    this.#isAsking = true;
    this.#heartbeat.set(later(environment.context.now, settings.heartbeatInterval));
    const owned = this.#hasNews ? this.#owned.names : null;
    this.#hasNews = false;
    this.#talk.ask<GroupHeartbeatResponse>(
      { api: 'groupHeartbeat', group, member, memberEpoch: this.#epoch, topics, owned },
      {
        answered: (response) => {
          if (expulsions === this.#expulsions) this.#answered(response);
        },
        lost: () => {
          if (expulsions !== this.#expulsions) return;
          this.#isAsking = false;
          this.#hasNews = true;
          this.#sendHeartbeat();
        },
      },
    );
  }

  #answered({ error, memberEpoch, assignment }: GroupHeartbeatResponse): void {
    this.#isAsking = false;
    if (error !== 'NONE') {
      this.#expelled();
      return;
    }
    this.#state = 'member';
    this.#epoch = memberEpoch;
    if (assignment) this.#target = assignment;
    this.#reconcile();
    if (this.#hasNews || this.#isOverdue) this.#sendHeartbeat();
  }

  /** Fenced or unknown: others may own all it had, so it drops that and joins with nothing. */
  #expelled(): void {
    this.#owned.giveUp(this.#owned.all, 'lost');
    this.#beginAnew('joining');
    this.#sendHeartbeat();
  }

  /** Gives up first, with a commit; then takes what is new, and says so at once. */
  #reconcile(): void {
    if (!this.#target || this.#isReconciling || !this.#isInPoll) return;
    const { added, gone } = this.#owned.compare(this.#target);
    this.#target = null;
    if (added.length + gone.length === 0) return;
    this.#isReconciling = true;
    const expulsions = this.#expulsions;
    const offsets = this.#parts.listener.offsetsToCommit();
    this.#owned.stopReading(gone, 'revoked');
    const finish = () => {
      if (expulsions === this.#expulsions) this.#reconciled(added, gone);
    };
    if (offsets.size > 0) this.commit(offsets, finish);
    else finish();
  }

  #reconciled(added: readonly PartitionIndex[], gone: readonly PartitionIndex[]): void {
    this.#isReconciling = false;
    this.#owned.drop(gone);
    this.#owned.take(added);
    this.#hasNews = true;
    this.#sendHeartbeat();
    this.#reconcile();
  }

  #pollOverdue(): void {
    if (this.#state === 'left' || this.#state === 'out') return;
    this.#leave();
    this.#owned.giveUp(this.#owned.all, 'lost');
    this.#beginAnew('out');
  }

  #leave(): void {
    const { group, member } = this.identity;
    const { topics } = this.#parts;
    this.#talk.ask(
      { api: 'groupHeartbeat', group, member, memberEpoch: LEAVES, topics, owned: [] },
      { answered: () => {}, lost: () => {} },
    );
  }
}
