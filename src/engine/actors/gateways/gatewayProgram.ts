// A gateway's program on Kafka: reads whatever comes, always has a fetch out, and writes what
// browsers say. Whom it sends to is the stage's business.

import type { Consumer } from '../../kafka/client/consumer';
import type { Producer } from '../../kafka/client/producer';
import type { ProducerBatch } from '../../kafka/client/producing/producerBatch';
import type { KafkaProgram, ProgramParts } from '../kafkaProgram';

/** What the stage hears of a gateway's program. */
export interface GatewayListener {
  /** It may stand elsewhere in its log than before, or know its place again. */
  positioned(): void;
  settled(outcome: 'acknowledged' | 'given up', batch: ProducerBatch): void;
  memoryLost(): void;
}

export class GatewayProgram implements KafkaProgram {
  readonly consumer: Consumer | null;
  readonly producer: Producer | null;
  readonly #parts: ProgramParts;
  readonly #listener: GatewayListener;

  constructor(parts: ProgramParts, listener: GatewayListener) {
    this.consumer = parts.consumer;
    this.producer = parts.producer;
    this.#parts = parts;
    this.#listener = listener;
  }

  start(): void {
    this.#listener.positioned();
    this.read();
  }

  want(): void {
    // A gateway has nothing to say of its own.
  }

  settled(outcome: 'acknowledged' | 'given up', batch: ProducerBatch): void {
    this.#listener.settled(outcome, batch);
  }

  ready(): void {
    this.#listener.positioned();
    this.#ask();
  }

  answered(): void {
    this.read();
  }

  loseMemory(): void {
    this.#listener.memoryLost();
  }

  /** Takes what has come, and asks for more. */
  read(): void {
    const { consumer } = this;
    if (consumer === null) return;
    while (consumer.poll() > 0) while (consumer.take() >= 0);
    this.#ask();
  }

  #ask(): void {
    const { settings } = this.#parts;
    if (this.consumer?.hasFetched === false) {
      this.consumer.standInLine(settings.standingFetches, settings.fetchMaxWait);
    }
  }
}
