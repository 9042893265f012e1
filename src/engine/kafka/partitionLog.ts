// One partition's log: an append-only list of records with offsets, a watermark and a start; no
// network.

import type { SimTime } from '../kernel/simTime';
import type { Environment } from '../network/node';
import type { LossCause } from '../trace/entryKinds';
import { EntryKind, lossCauseCode } from '../trace/entryKinds';
import type { MessageIndex, NodeIndex, PartitionIndex } from '../trace/trace';

/** Offset of a record: its place in the log, dense from 0, never used twice below the watermark. */
export type Offset = number;

export class PartitionLog {
  readonly index: PartitionIndex;
  /** Oldest offset that can still be read (log start offset). */
  logStart: Offset = 0;
  /** Consumers read below it; it never moves back. */
  highWatermark: Offset = 0;
  /** Highest sequence number that the producer of this partition has had appended (idempotence). */
  lastSequence = -1;
  /** Grows with each crash, so that replication begun before it has no effect after it. */
  epoch = 0;
  /** When age will be looked at next, in microseconds. */
  retentionCheckAt = Number.NEGATIVE_INFINITY;
  readonly #environment: Environment;
  readonly #broker: NodeIndex;
  readonly #records: MessageIndex[] = [];
  readonly #appendedAt: SimTime[] = [];

  constructor(environment: Environment, index: PartitionIndex, broker: NodeIndex) {
    this.#environment = environment;
    this.index = index;
    this.#broker = broker;
  }

  /** Offset that the next record will get (log end offset). */
  get logEnd(): Offset {
    return this.#records.length;
  }

  append(message: MessageIndex): void {
    this.#records.push(message);
    this.#appendedAt.push(this.#environment.context.now);
    this.#record(EntryKind.Appended, { message, value: this.logEnd - 1 });
  }

  /** Records that a consumer may read from `offset` on. */
  readable(offset: Offset): MessageIndex[] {
    return this.#records.slice(offset, this.highWatermark);
  }

  /** When the oldest kept record was appended; undefined when nothing safe is kept. */
  oldestAppendTime(): SimTime | undefined {
    return this.logStart < this.highWatermark ? this.#appendedAt[this.logStart] : undefined;
  }

  /** @returns whether anything became readable. */
  advanceHighWatermark(to: Offset): boolean {
    if (to <= this.highWatermark) return false;
    this.highWatermark = to;
    this.#record(EntryKind.WatermarkMoved, { value: to });
    return true;
  }

  /**
   * Forgets the records below `to`; `cause` is why a reader who still wanted them will miss them.
   */
  advanceLogStart(to: Offset, cause: LossCause): void {
    if (to <= this.logStart) return;
    this.logStart = to;
    this.#record(EntryKind.LogStartMoved, { value: to, detail: lossCauseCode(cause) });
  }

  // Simplified: A crash keeps what was replicated and cuts off the rest, as if a follower had taken
  // over.
  /** The broker died: records above the high watermark are gone. */
  crash(): void {
    this.epoch += 1;
    if (this.logEnd === this.highWatermark) return;
    this.lastSequence -= this.logEnd - this.highWatermark;
    this.#records.length = this.highWatermark;
    this.#appendedAt.length = this.highWatermark;
    const cause = lossCauseCode('lost in the crash');
    this.#record(EntryKind.Truncated, { value: this.highWatermark, detail: cause });
  }

  #record(
    kind: EntryKind,
    fields: { readonly message?: MessageIndex; readonly value: number; readonly detail?: number },
  ): void {
    this.#environment.recorder.entry(kind, { node: this.#broker, place: this.index, ...fields });
  }
}
