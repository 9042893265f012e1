// A participant's program on Kafka: one thread that sends, waits and polls in turn, or two that do
// not wait.

import type { Consumer } from '../kafka/consumer';
import type { Producer } from '../kafka/producer';
import type { KafkaSettings } from '../kafka/settings';
import type { MessageIndex } from '../trace/trace';
import type { Person, Want } from './talk';

/** How a participant's program is built. */
export interface ProgramSettings extends KafkaSettings {
  /** `poll(Duration)`: longest time that one poll may wait, in microseconds. */
  pollTimeout: number;
  /** Loop mode: the next fetch leaves when the last is answered, not when poll is called. */
  prefetch: 'on' | 'off';
  /** Threads mode: fetches outstanding for each log that is read; a real consumer has one. */
  standingFetches: number;
}

/** A program's clients; either may be missing where a person only sends or only reads. */
export interface Clients {
  readonly producer: Producer | null;
  readonly consumer: Consumer | null;
}

/** Hands a message to the producer now, and says which one it became. */
export type HandOver = (want: Want) => { readonly message: MessageIndex; readonly bytes: number };

export interface KafkaProgram {
  start(): void;
  /** The person wants to say something from now on. */
  want(want: Want): void;
  /** The producer has heard that a batch is safe. */
  acknowledged(): void;
  /** The consumer may fetch. */
  connected(): void;
  /** A fetch was answered. */
  answered(): void;
  /** The process died: what it was about to do is gone. */
  loseMemory(): void;
}

/**
 * Threads mode: one thread sends what is wanted when it is wanted, another always has a fetch
 * outstanding.
 */
export class ThreadsProgram implements KafkaProgram {
  readonly #settings: ProgramSettings;
  readonly #person: Person;
  readonly #clients: Clients;
  readonly #handOver: HandOver;

  constructor(settings: ProgramSettings, person: Person, clients: Clients, handOver: HandOver) {
    this.#settings = settings;
    this.#person = person;
    this.#clients = clients;
    this.#handOver = handOver;
  }

  start(): void {
    this.#standInLine();
  }

  want(want: Want): void {
    const { message, bytes } = this.#handOver(want);
    this.#clients.producer?.send(message, bytes);
  }

  acknowledged(): void {
    // Nobody waits for it.
  }

  connected(): void {
    this.#standInLine();
  }

  answered(): void {
    const { consumer } = this.#clients;
    for (let record = consumer?.take(); record; record = consumer?.take()) {
      this.#person.work(record.message);
    }
    consumer?.autoCommit();
    this.#standInLine();
  }

  loseMemory(): void {
    // It keeps nothing of its own.
  }

  #standInLine(): void {
    const { consumer } = this.#clients;
    if (consumer?.connection.state !== 'open') return;
    // Simplified: In threads mode five fetches stand in line for each log that is read, so that one
    // is always at the broker; a consumer has one.
    const enough = this.#settings.standingFetches * consumer.logCount;
    while (consumer.outstanding < enough) consumer.fetch(this.#settings.fetchMaxWait);
  }
}

type LoopState = 'idle' | 'waiting for the ack' | 'polling' | 'working';

/** Loop mode: produce what is due, wait for the ack, poll, work on what came, and again. */
export class LoopProgram implements KafkaProgram {
  readonly #settings: ProgramSettings;
  readonly #person: Person;
  readonly #clients: Clients;
  readonly #handOver: HandOver;
  #due: Want[] = [];
  #state: LoopState = 'idle';
  #pollWaits = 0;

  constructor(settings: ProgramSettings, person: Person, clients: Clients, handOver: HandOver) {
    this.#settings = settings;
    this.#person = person;
    this.#clients = clients;
    this.#handOver = handOver;
  }

  start(): void {
    if (this.#state === 'idle') this.#produce();
  }

  want(want: Want): void {
    this.#due.push(want);
    if (this.#state === 'idle') this.#produce();
  }

  acknowledged(): void {
    if (this.#state === 'waiting for the ack') this.#poll();
  }

  connected(): void {
    const { consumer } = this.#clients;
    if (this.#settings.prefetch === 'on') consumer?.fetch(this.#settings.fetchMaxWait);
    else if (this.#state === 'polling') consumer?.fetch(this.#pollWaits);
  }

  answered(): void {
    if (this.#settings.prefetch === 'on')
      this.#clients.consumer?.fetch(this.#settings.fetchMaxWait);
    if (this.#state === 'polling') this.#workThrough();
  }

  loseMemory(): void {
    this.#due = [];
    this.#state = 'idle';
  }

  #produce(): void {
    const want = this.#due.shift();
    if (!want) {
      this.#poll();
      return;
    }
    const { message, bytes } = this.#handOver(want);
    this.#state = 'waiting for the ack';
    this.#clients.producer?.send(message, bytes);
    this.#clients.producer?.flush();
  }

  #poll(): void {
    const { consumer } = this.#clients;
    if (!consumer) {
      this.#state = 'idle';
      if (this.#due.length > 0) this.#produce();
      return;
    }
    this.#state = 'polling';
    consumer.autoCommit();
    if (consumer.fetched.length > 0) {
      this.#workThrough();
      return;
    }
    const { pollTimeout, fetchMaxWait, prefetch } = this.#settings;
    if (prefetch === 'on' && this.#due.length > 0) {
      this.#produce();
      return;
    }
    // Simplified: Poll waits for its fetch to be answered; its timeout bounds the wait at the
    // broker alone.
    this.#pollWaits = this.#due.length > 0 ? 0 : Math.min(pollTimeout, fetchMaxWait);
    if (consumer.outstanding === 0 && consumer.connection.state === 'open') {
      consumer.fetch(this.#pollWaits);
    }
  }

  #workThrough(): void {
    const record = this.#clients.consumer?.take();
    if (!record) {
      this.#produce();
      return;
    }
    this.#state = 'working';
    this.#person.work(record.message, () => {
      if (this.#state === 'working') this.#workThrough();
    });
  }
}
