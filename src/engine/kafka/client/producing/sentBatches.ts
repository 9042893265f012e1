// The batches of one produce request, while their answer is awaited; decides nothing.

import { withOne } from '../../../kernel/shortList';
import type { TransferIndex } from '../../../trace/trace';
import type { Acks, KafkaResponse, ProduceResult, RecordBatch } from '../../wire/requests';
import type { Asker } from '../brokerConnection';
import type { ProducerBatch } from './producerBatch';

/** The producer, as its requests know it. */
export interface BatchOwner {
  answered(sent: SentBatches, results: readonly ProduceResult[]): void;
  unanswered(sent: SentBatches): void;
}

/** Two lists of equal length, an entry a batch. */
export class SentBatches implements Asker {
  batches: ProducerBatch[] = [];
  /** As they left with this request: a retry may bear another number. */
  wires: RecordBatch[] = [];
  acks: Acks = 'all';
  transfer: TransferIndex = -1;
  readonly #owner: BatchOwner;

  constructor(owner: BatchOwner) {
    this.#owner = owner;
  }

  add(batch: ProducerBatch, wire: RecordBatch): void {
    this.acks = batch.acks;
    this.batches = withOne(this.batches, batch);
    this.wires = withOne(this.wires, wire);
  }

  /** Place of a batch's first record among the messages of the transfer. */
  firstOf(place: number): number {
    let first = 0;
    for (let before = 0; before < place; before += 1) {
      first += (this.wires[before] as RecordBatch).records.length;
    }
    return first;
  }

  answered(response: KafkaResponse): void {
    if (response.api === 'produced') this.#owner.answered(this, response.results);
  }

  unanswered(): void {
    this.#owner.unanswered(this);
  }
}
