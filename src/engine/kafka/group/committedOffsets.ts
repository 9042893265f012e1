// The offsets that a group has committed, and those that wait for a transaction's end; who may
// commit is decided elsewhere.

import { microseconds, type SimTime, seconds } from '../../kernel/simTime';
import type { Environment } from '../../network/node';
import { EntryKind } from '../../trace/entryKinds';
import type { NodeIndex, PartitionIndex } from '../../trace/trace';
import { committedAfter } from '../client/offsetReset';
import type { Offset, Offsets, ProducerId } from '../wire/requests';

/** `offsets.retention.minutes`: seven days. */
const OFFSETS_RETENTION = seconds(10_080 * 60);

interface Committed {
  readonly offset: Offset;
  readonly at: SimTime;
}

interface Pending {
  readonly client: NodeIndex;
  readonly offsets: Map<PartitionIndex, Offset>;
}

export class CommittedOffsets {
  readonly #environment: Environment;
  readonly #committed = new Map<PartitionIndex, Committed>();
  readonly #pending = new Map<ProducerId, Pending>();
  /** Null while the group has members. */
  #emptySince: SimTime | null;

  constructor(environment: Environment) {
    this.#environment = environment;
    this.#emptySince = environment.context.now;
  }

  commit(client: NodeIndex, offsets: Offsets): void {
    const { context, recorder } = this.#environment;
    for (const [partition, offset] of offsets) {
      this.#committed.set(partition, { offset, at: context.now });
      recorder.entry(EntryKind.Committed, { node: client, place: partition, value: offset });
    }
  }

  /** Keeps offsets until the producer's transaction ends (TxnOffsetCommit). */
  pend(producer: ProducerId, client: NodeIndex, offsets: Offsets): void {
    const pending = this.#pending.get(producer) ?? { client, offsets: new Map() };
    for (const [partition, offset] of offsets) pending.offsets.set(partition, offset);
    this.#pending.set(producer, pending);
  }

  settle(producer: ProducerId, outcome: 'commit' | 'abort'): void {
    const pending = this.#pending.get(producer);
    this.#pending.delete(producer);
    if (pending && outcome === 'commit') this.commit(pending.client, pending.offsets);
  }

  /**
   * Whether a transaction that is still open may move the offset of one of these: who takes such a
   * partition over waits (UNSTABLE_OFFSET_COMMIT, KIP-447).
   */
  isUnstable(partitions: readonly PartitionIndex[]): boolean {
    const isPending = (partition: PartitionIndex) =>
      [...this.#pending.values()].some(({ offsets }) => offsets.has(partition));
    return partitions.some(isPending);
  }

  /** Without an entry where nothing is committed, or where it has expired. */
  read(partitions: readonly PartitionIndex[]): Offsets {
    const found = new Map<PartitionIndex, Offset>();
    for (const partition of partitions) {
      const committed = this.#committed.get(partition);
      const offset = committed ? this.#unexpired(committed) : null;
      if (offset !== null) found.set(partition, offset);
    }
    return found;
  }

  /** A group that gets its first member finds what has not expired by then. */
  groupFilled(): void {
    for (const [partition, committed] of [...this.#committed]) {
      if (this.#unexpired(committed) === null) this.#committed.delete(partition);
    }
    this.#emptySince = null;
  }

  groupEmptied(): void {
    this.#emptySince = this.#environment.context.now;
  }

  #unexpired({ offset, at }: Committed): Offset | null {
    const { now } = this.#environment.context;
    const emptyFor =
      this.#emptySince === null ? null : microseconds(now - Math.max(this.#emptySince, at));
    return committedAfter(offset, { emptyFor, retention: OFFSETS_RETENTION });
  }
}
