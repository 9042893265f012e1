// What a consumer and its membership in a group say to each other, whichever protocol it speaks.

import type { Environment } from '../../../network/node';
import type { LossCause } from '../../../trace/entryKinds';
import type { PartitionIndex } from '../../../trace/trace';
import type { KafkaError } from '../../cluster/errors';
import type { KafkaSettings } from '../../configuration';
import type { GroupRequest, GroupResponse, Offset, Offsets } from '../../wire/requests';
import type { ClientProcess } from '../clientProcess';
import type { Ask } from '../coordinatorTalk';

/** Where a member begins to read a partition that it was given. */
export interface PartitionStart {
  readonly partition: PartitionIndex;
  /** Null: the group has committed nothing there, and `auto.offset.reset` decides. */
  readonly committed: Offset | null;
  readonly position: Offset;
}

/** The consumer, as its membership sees it. */
export interface MemberListener {
  /** Where reading would begin; changes nothing. */
  startOf(partition: PartitionIndex, committed: Offset | null): Offset;
  /** Why a member misses what lies before its start where nothing is committed. */
  readonly startCause: LossCause;
  /** The member owns these from now on, and knows where to begin. */
  assigned(starts: readonly PartitionStart[]): void;
  /**
   * Gives partitions up: nothing of them may be handed over any more. Lost: the group has expelled
   * the member, and others may read them already.
   */
  revoked(partitions: readonly PartitionIndex[], why: 'revoked' | 'lost'): void;
  /** What to commit before a rebalance and on close; empty: nothing. */
  offsetsToCommit(): Offsets;
}

export interface GroupMemberOptions {
  readonly process: ClientProcess;
  readonly group: string;
  readonly topics: readonly string[];
  /** By topic; the place in a list is the partition's number. */
  readonly partitionsOfTopics: ReadonlyMap<string, readonly PartitionIndex[]>;
  readonly ask: Ask<GroupRequest, GroupResponse>;
  readonly listener: MemberListener;
}

/** As whom a member commits; also what `sendOffsetsToTransaction` is told. */
export interface GroupIdentity {
  readonly group: string;
  readonly member: string;
  readonly generation: number;
}

/**
 * A consumer's membership. What happens to its partitions happens while its application is inside
 * poll(); heartbeats go on without it.
 */
export interface GroupMember {
  readonly identity: GroupIdentity;
  /** Subscribes, or does so again after a stop or a crash: it will join as a new member. */
  start(): void;
  /** The application is inside poll() until it works. */
  polled(): void;
  /** poll() has returned: `max.poll.interval.ms` runs until the next. */
  working(): void;
  /** `done` hears NONE when the offsets are committed. */
  commit(offsets: Offsets, done: (error: KafkaError) => void): void;
  /** close(): commits and leaves. */
  stop(): void;
  /** Its process died: it knows nothing any more. */
  crash(): void;
  /** What it has asked will not be answered. */
  coordinatorLost(): void;
}

export interface MemberParts extends GroupMemberOptions {
  readonly environment: Environment;
  readonly settings: KafkaSettings;
}
