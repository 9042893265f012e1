// The batches of one produce request, while their answer is awaited; decides nothing.

import type { MessageIndex, TransferIndex } from '../../../trace/trace';
import type { Acks, KafkaResponse, ProduceResult, RecordBatch } from '../../wire/requests';
import type { Asker } from '../brokerConnection';
import type { ProducerBatch } from './producerBatch';

/** The producer, as its requests know it. */
export interface BatchOwner {
  answered(sent: SentBatches, results: readonly ProduceResult[]): void;
  unanswered(sent: SentBatches): void;
}

/** Lists of equal length, an entry a batch. */
export class SentBatches implements Asker {
  readonly batches: ProducerBatch[] = [];
  /** As they left with this request: a retry may bear another number. */
  readonly wires: RecordBatch[] = [];
  /** Place of each batch's first record among the messages of the transfer. */
  readonly firsts: MessageIndex[] = [];
  acks: Acks = 'all';
  transfer: TransferIndex = -1;
  readonly #owner: BatchOwner;
  #records = 0;

  constructor(owner: BatchOwner) {
    this.#owner = owner;
  }

  add(batch: ProducerBatch, wire: RecordBatch): void {
    this.acks = batch.acks;
    this.batches.push(batch);
    this.wires.push(wire);
    this.firsts.push(this.#records);
    this.#records += batch.records.length;
  }

  answered(response: KafkaResponse): void {
    if (response.api === 'produced') this.#owner.answered(this, response.results);
  }

  unanswered(): void {
    this.#owner.unanswered(this);
  }
}
