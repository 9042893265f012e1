// The partitions that a member believes to own: finds out where to begin with each, and takes down
// what the member believes. Decides nothing about who owns what.

import type { EventId } from '../../../kernel/eventQueue';
import { EntryKind, lossCauseCode } from '../../../trace/entryKinds';
import type { PartitionIndex } from '../../../trace/trace';
import type { TopicPartition } from '../../assignors/assignor';
import { TopicPartitions } from '../../group/topicPartitions';
import type { GroupRequest, GroupResponse, Offsets, OffsetsResponse } from '../../wire/requests';
import type { CoordinatorTalk } from '../coordinatorTalk';
import type { MemberParts } from './groupMember';

export class OwnedPartitions {
  readonly #parts: MemberParts;
  readonly #talk: CoordinatorTalk<GroupRequest, GroupResponse>;
  readonly #partitions: TopicPartitions;
  /** Partition → the turn in which it was got: an answer about an earlier turn is worth nothing. */
  readonly #owned = new Map<PartitionIndex, number>();
  /** Those that the consumer reads: owned, and it is known where to begin. */
  readonly #read = new Set<PartitionIndex>();
  readonly #retries = new Set<EventId>();
  #turn = 0;

  constructor(parts: MemberParts, talk: CoordinatorTalk<GroupRequest, GroupResponse>) {
    this.#parts = parts;
    this.#talk = talk;
    this.#partitions = new TopicPartitions(parts.partitionsOfTopics);
  }

  get counts(): ReadonlyMap<string, number> {
    return this.#partitions.counts;
  }

  get all(): readonly PartitionIndex[] {
    return [...this.#owned.keys()];
  }

  get names(): readonly TopicPartition[] {
    return this.#partitions.namesOf(this.#owned.keys());
  }

  /** What of an assignment is new, and what is missing from it. */
  compare(assignment: readonly TopicPartition[]): {
    readonly added: readonly PartitionIndex[];
    readonly gone: readonly PartitionIndex[];
  } {
    const wanted = this.#partitions.indicesOf(assignment);
    return {
      added: wanted.filter((partition) => !this.#owned.has(partition)),
      gone: this.all.filter((partition) => !wanted.includes(partition)),
    };
  }

  /** Takes partitions over, and reads them as soon as it is known from where. */
  take(partitions: readonly PartitionIndex[]): void {
    if (partitions.length === 0) return;
    this.#turn += 1;
    for (const partition of partitions) this.#owned.set(partition, this.#turn);
    this.#findStarts(partitions, this.#turn);
  }

  /** The consumer reads them no more; they stay the member's until it drops them. */
  stopReading(partitions: readonly PartitionIndex[], why: 'revoked' | 'lost'): void {
    const { environment, process, listener } = this.#parts;
    const read = partitions.filter((partition) => this.#read.delete(partition));
    if (read.length === 0) return;
    for (const partition of read) {
      const fields = { node: process.node.index, place: partition };
      environment.recorder.entry(EntryKind.Revoked, fields);
    }
    listener.revoked(read, why);
  }

  drop(partitions: readonly PartitionIndex[]): void {
    for (const partition of partitions) this.#owned.delete(partition);
  }

  giveUp(partitions: readonly PartitionIndex[], why: 'revoked' | 'lost'): void {
    this.stopReading(partitions, why);
    this.drop(partitions);
  }

  /** The process died, and its belief with it; there is no consumer to tell. */
  forget(): void {
    const { environment, process } = this.#parts;
    for (const partition of this.#read) {
      const fields = { node: process.node.index, place: partition };
      environment.recorder.entry(EntryKind.Revoked, fields);
    }
    this.#read.clear();
    this.#owned.clear();
    for (const retry of this.#retries) environment.context.cancel(retry);
    this.#retries.clear();
  }

  #findStarts(partitions: readonly PartitionIndex[], turn: number): void {
    const wanted = partitions.filter((partition) => this.#owned.get(partition) === turn);
    if (wanted.length === 0) return;
    const { group } = this.#parts;
    this.#talk.ask<OffsetsResponse>(
      { api: 'offsets', group, partitions: wanted },
      {
        answered: ({ error, offsets }) => {
          if (error === 'NONE') this.#begin(wanted, turn, offsets);
          else this.#findLater(wanted, turn);
        },
        lost: () => this.#findStarts(wanted, turn),
      },
    );
  }

  /** A transaction that is still open holds an offset (UNSTABLE_OFFSET_COMMIT). */
  #findLater(partitions: readonly PartitionIndex[], turn: number): void {
    const { process, settings } = this.#parts;
    const findNow = () => {
      this.#retries.delete(retry);
      this.#findStarts(partitions, turn);
    };
    const retry = process.after(settings.retryBackoff, findNow, null);
    this.#retries.add(retry);
  }

  #begin(partitions: readonly PartitionIndex[], turn: number, offsets: Offsets): void {
    const { environment, process, listener } = this.#parts;
    const starts = partitions
      .filter((partition) => this.#owned.get(partition) === turn && !this.#read.has(partition))
      .map((partition) => {
        const committed = offsets.get(partition) ?? null;
        return { partition, committed, position: listener.startOf(partition, committed) };
      });
    if (starts.length === 0) return;
    for (const { partition, committed, position } of starts) {
      this.#read.add(partition);
      const fields = { node: process.node.index, place: partition, value: position };
      if (committed === null) {
        const detail = lossCauseCode(listener.startCause);
        environment.recorder.entry(EntryKind.PositionReset, { ...fields, detail });
      }
      environment.recorder.entry(EntryKind.Assigned, fields);
    }
    listener.assigned(starts);
  }
}
