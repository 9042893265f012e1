// Commits a consumer's positions, now and then by itself or when its program says so; knows no
// records.

import type { Environment } from '../../../network/node';
import type { PartitionIndex } from '../../../trace/trace';
import type { KafkaError } from '../../cluster/errors';
import type { KafkaSettings } from '../../configuration';
import type { CommitResponse, Offset, Offsets } from '../../wire/requests';
import type { CoordinatorLink } from '../coordinatorLink';
import type { GroupMember } from '../membership/groupMember';
import { isAutoCommitDue } from '../offsetReset';
import type { ReadPositions } from './readPositions';

export interface CommitterParts {
  readonly group: string;
  readonly positions: ReadPositions;
  readonly link: CoordinatorLink;
  /** Null: a consumer that was given its partitions by hand commits for itself. */
  readonly member: () => GroupMember | null;
}

type Done = (error: KafkaError) => void;

export class OffsetCommitter {
  readonly #environment: Environment;
  readonly #settings: KafkaSettings;
  readonly #parts: CommitterParts;
  readonly #committed: (Offset | undefined)[] = [];
  #lastCommit = 0;
  /** What must be asked again if the coordinator is lost. */
  #underWay: { readonly offsets: Offsets; readonly done: Done } | null = null;

  constructor(environment: Environment, settings: KafkaSettings, parts: CommitterParts) {
    this.#environment = environment;
    this.#settings = settings;
    this.#parts = parts;
  }

  /** Inside poll, for what earlier polls have returned (`enable.auto.commit`). */
  autoCommit(): void {
    const { enableAutoCommit, autoCommitInterval } = this.#settings;
    if (enableAutoCommit === 'off') return;
    const { now } = this.#environment.context;
    const since = { lastCommit: now - this.#lastCommit, interval: autoCommitInterval };
    if (!isAutoCommitDue('poll', since as Parameters<typeof isAutoCommitDue>[1])) return;
    this.#lastCommit = now;
    const offsets = this.moved();
    if (offsets.size > 0) this.#send(offsets, nobodyWaits);
  }

  /** commitSync() of the positions after the last poll; tried until the coordinator answers. */
  commit(done: Done): void {
    const offsets = this.moved();
    if (offsets.size === 0) done('NONE');
    else {
      this.#underWay = { offsets, done };
      this.#sendUnderWay();
    }
  }

  /** Positions that are not committed yet. */
  moved(): Offsets {
    const offsets = new Map<PartitionIndex, Offset>();
    for (const { partition, position } of this.#parts.positions.all) {
      if (this.#committed[partition] !== position) offsets.set(partition, position);
    }
    return offsets;
  }

  /** The group stands here, as its coordinator has said; undefined: it has committed nothing. */
  stands(partition: PartitionIndex, at: Offset | undefined): void {
    this.#committed[partition] = at;
  }

  coordinatorLost(): void {
    if (this.#underWay !== null) this.#sendUnderWay();
  }

  loseMemory(): void {
    this.#committed.length = 0;
    this.#underWay = null;
  }

  #sendUnderWay(): void {
    const underWay = this.#underWay;
    if (underWay === null) return;
    this.#send(underWay.offsets, (error) => {
      if (this.#underWay !== underWay) return;
      if (error === 'COORDINATOR_NOT_AVAILABLE') {
        this.#sendUnderWay();
        return;
      }
      this.#underWay = null;
      underWay.done(error);
    });
  }

  #send(offsets: Offsets, done: Done): void {
    const { group, link } = this.#parts;
    const answered = (error: KafkaError) => {
      if (error === 'NONE') for (const [partition, at] of offsets) this.stands(partition, at);
      done(error);
    };
    const member = this.#parts.member();
    if (member !== null) {
      member.commit(offsets, answered);
      return;
    }
    link.ask<CommitResponse>(
      { api: 'commit', group, member: '', generation: -1, offsets },
      ({ error }) => answered(error),
    );
  }
}

const nobodyWaits = (): void => undefined;
