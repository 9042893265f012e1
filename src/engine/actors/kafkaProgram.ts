// A participant's program on Kafka: one thread that sends, waits and polls in turn, or two that do
// not wait. A third kind is another maker of the same interface.

import type { ClientProcess } from '../kafka/client/clientProcess';
import type { Consumer } from '../kafka/client/consumer';
import type { Producer } from '../kafka/client/producer';
import type { KafkaSettings } from '../kafka/configuration';
import { PollCycle, type Work } from './pollCycle';
import type { Want } from './talk';

/** How a participant's program is built. */
export interface ProgramSettings extends KafkaSettings {
  /** `poll(Duration)`: longest time that one poll may wait, in microseconds. */
  pollTimeout: number;
  /** Loop mode: the next fetch leaves when the last is answered, not when poll is called. */
  prefetch: 'on' | 'off';
  /** Threads mode: fetches outstanding for each log that is read; a real consumer has one. */
  standingFetches: number;
}

/** What a program is made of; either client is missing where a person only sends or only reads. */
export interface ProgramParts {
  readonly settings: ProgramSettings;
  readonly process: ClientProcess;
  readonly producer: Producer | null;
  readonly consumer: Consumer | null;
  /** Hands now what was wanted to the producer. */
  readonly handOver: (want: Want) => void;
  readonly work: Work;
}

export interface KafkaProgram {
  start(): void;
  /** The person wants to say something from now on. */
  want(want: Want): void;
  /** A batch is safe, or was given up. */
  settled(): void;
  /** The consumer may fetch, or from another broker than before. */
  ready(): void;
  /** A fetch was answered. */
  answered(): void;
  /** The process died: what it was about to do is gone. */
  loseMemory(): void;
}

export type ProgramMaker = (parts: ProgramParts) => KafkaProgram;

/**
 * Threads mode: one thread sends what is wanted when it is wanted, another always has a fetch
 * outstanding.
 */
class ThreadsProgram implements KafkaProgram {
  readonly #parts: ProgramParts;
  readonly #cycle: PollCycle | null;

  constructor(parts: ProgramParts) {
    this.#parts = parts;
    this.#cycle = cycleOf(parts, () => this.#read());
  }

  start(): void {
    this.#read();
  }

  want(want: Want): void {
    this.#parts.handOver(want);
  }

  settled(): void {
    // Nobody waits for it.
  }

  ready(): void {
    this.#standInLine();
  }

  answered(): void {
    this.#read();
  }

  loseMemory(): void {
    this.#cycle?.loseMemory();
  }

  #read(): void {
    const cycle = this.#cycle;
    if (cycle === null || cycle.isBusy) return;
    const hasRead = cycle.turn();
    // What takes no time is done, and has read on already.
    if (!hasRead || cycle.isBusy) this.#standInLine();
  }

  #standInLine(): void {
    const { consumer, settings } = this.#parts;
    // As long as records wait for a poll, none are fetched on top of them.
    if (consumer === null || consumer.hasFetched) return;
    // Simplified: In threads mode five fetches stand in line for each log that is read, so that one
    // is always at the broker; a consumer has one.
    consumer.standInLine(settings.standingFetches, settings.fetchMaxWait);
  }
}

type LoopState = 'idle' | 'waiting for the ack' | 'polling' | 'working';

/** Loop mode: produce what is due, wait for the ack, poll, work on what came, and again. */
class LoopProgram implements KafkaProgram {
  readonly #parts: ProgramParts;
  readonly #cycle: PollCycle | null;
  #due: Want[] = [];
  #state: LoopState = 'idle';
  #pollWaits = 0;

  constructor(parts: ProgramParts) {
    this.#parts = parts;
    this.#cycle = cycleOf(parts, () => this.#produce());
  }

  start(): void {
    if (this.#state === 'idle') this.#produce();
  }

  want(want: Want): void {
    this.#due.push(want);
    if (this.#state === 'idle') this.#produce();
  }

  settled(): void {
    if (this.#state === 'waiting for the ack') this.#poll();
  }

  ready(): void {
    const { consumer, settings } = this.#parts;
    if (settings.prefetch === 'on') consumer?.fetch(settings.fetchMaxWait);
    else if (this.#state === 'polling') consumer?.fetch(this.#pollWaits);
  }

  answered(): void {
    const { consumer, settings } = this.#parts;
    if (settings.prefetch === 'on') consumer?.fetch(settings.fetchMaxWait);
    if (this.#state !== 'polling') return;
    this.#state = 'working';
    if (!this.#cycle?.turn()) this.#produce();
  }

  loseMemory(): void {
    this.#due = [];
    this.#state = 'idle';
    this.#cycle?.loseMemory();
  }

  #produce(): void {
    const want = this.#due.shift();
    if (!want) {
      this.#poll();
      return;
    }
    const { producer, handOver } = this.#parts;
    this.#state = 'waiting for the ack';
    handOver(want);
    producer?.flush();
  }

  #poll(): void {
    const { consumer, settings } = this.#parts;
    if (consumer === null) {
      this.#state = 'idle';
      if (this.#due.length > 0) this.#produce();
      return;
    }
    this.#state = 'working';
    if (this.#cycle?.turn()) return;
    if (settings.prefetch === 'on' && this.#due.length > 0) {
      this.#produce();
      return;
    }
    this.#state = 'polling';
    const isDue = this.#due.length > 0;
    // Simplified: Poll waits for its fetch to be answered; its timeout bounds the wait at the
    // broker alone.
    this.#pollWaits = isDue ? 0 : Math.min(settings.pollTimeout, settings.fetchMaxWait);
    const sent = consumer.fetch(this.#pollWaits);
    // Fetches of an earlier poll are out at other brokers, and may wait long there.
    if (isDue && sent === 0 && consumer.isFetching) this.#produce();
  }
}

function cycleOf(parts: ProgramParts, done: () => void): PollCycle | null {
  const { consumer, settings, process, work } = parts;
  return consumer && new PollCycle({ settings, process, consumer, work, done });
}

export const PROGRAMS: Readonly<Record<'loop' | 'threads', ProgramMaker>> = {
  loop: (parts) => new LoopProgram(parts),
  threads: (parts) => new ThreadsProgram(parts),
};
