// A producer's batches of one partition: those that wait to leave, and those that have left and are
// not settled; sends nothing.

import { withOne } from '../../../kernel/shortList';
import type { PartitionIndex } from '../../../trace/trace';
import type { ProducerId } from '../../wire/requests';
import type { ProducerBatch } from './producerBatch';

export class PartitionQueue {
  readonly partition: PartitionIndex;
  /** The first leaves next; only the last takes records. */
  waiting: ProducerBatch[] = [];
  /** Left at least once and not settled, in the order in which they left first. */
  unacknowledged: ProducerBatch[] = [];
  /** Under which the next batch is numbered; -1: the sequence has not begun. */
  producerId: ProducerId = -1;
  epoch = -1;
  nextSequence = 0;
  /** A numbered batch was given up, so that nobody knows which number the broker expects. */
  isUnresolved = false;

  constructor(partition: PartitionIndex) {
    this.partition = partition;
  }

  get isIdle(): boolean {
    return this.waiting.length === 0 && this.unacknowledged.length === 0;
  }

  /** Whether every batch is full, or gone: another partition may have its turn (KIP-794). */
  get allFull(): boolean {
    const last = this.waiting.at(-1);
    return last === undefined || last.isFull || last.wire !== null;
  }

  /** A new batch waits behind all others. */
  comes(batch: ProducerBatch): void {
    this.waiting = withOne(this.waiting, batch);
  }

  /** The first batch leaves. */
  leaves(): void {
    const batch = this.waiting.shift() as ProducerBatch;
    if (this.unacknowledged.includes(batch)) return;
    this.unacknowledged = withOne(this.unacknowledged, batch);
  }

  /**
   * A batch comes back and waits at the front: a numbered one behind those with lower numbers, any
   * other before all, so that retries can reorder them (Kafka 4.3, RecordAccumulator.reenqueue).
   */
  comesBack(batch: ProducerBatch): void {
    let place = 0;
    if ((batch.wire?.producerId ?? -1) >= 0) {
      const rank = this.unacknowledged.indexOf(batch);
      while (this.#rankAt(place) < rank) place += 1;
    }
    this.waiting.splice(place, 0, batch);
  }

  #rankAt(place: number): number {
    const batch = this.waiting[place];
    const rank = batch === undefined ? -1 : this.unacknowledged.indexOf(batch);
    return rank < 0 ? Number.POSITIVE_INFINITY : rank;
  }

  settled(batch: ProducerBatch): void {
    batch.isSettled = true;
    remove(this.unacknowledged, batch);
    remove(this.waiting, batch);
  }

  clear(): void {
    this.waiting.length = 0;
    this.unacknowledged.length = 0;
    this.producerId = -1;
    this.epoch = -1;
    this.nextSequence = 0;
    this.isUnresolved = false;
  }
}

function remove(batches: ProducerBatch[], batch: ProducerBatch): void {
  const place = batches.indexOf(batch);
  if (place === 0) batches.shift();
  else if (place > 0) batches.splice(place, 1);
}
