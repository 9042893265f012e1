// A participant's program on Kafka: one thread that sends, waits and polls in turn, or two that do
// not wait. A third kind is another maker of the same interface.

import type { ClientProcess } from '../kafka/client/clientProcess';
import type { Consumer } from '../kafka/client/consumer';
import type { Producer } from '../kafka/client/producer';
import type { PartitionerMaker } from '../kafka/client/producing/onlyPartition';
import type { ProducerBatch } from '../kafka/client/producing/producerBatch';
import type { Cluster, Compactor } from '../kafka/cluster/cluster';
import type { KafkaSettings } from '../kafka/configuration';
import type { GroupProtocols } from '../kafka/group/groupProtocols';
import type { Environment } from '../network/node';
import type { TcpConnectionOptions } from '../network/tcpConnection';
import {
  type CommitterParts,
  committing,
  PollCycle,
  type PollCycleParts,
  type Work,
} from './pollCycle';
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
  /** It passes on what it reads, and commits only what has been passed on safely. */
  readonly forwards: boolean;
}

export interface KafkaProgram {
  start(): void;
  /** The person wants to say something from now on. */
  want(want: Want): void;
  /** A batch is safe, or was given up. */
  settled(outcome: 'acknowledged' | 'given up', batch: ProducerBatch): void;
  /** The consumer may fetch, or from another broker than before. */
  ready(): void;
  /** A fetch was answered. */
  answered(): void;
  /** The process died: what it was about to do is gone. */
  loseMemory(): void;
}

export type ProgramMaker = (parts: ProgramParts) => KafkaProgram;

/** What else a program with transactions is made of. */
export interface TransactionalSite {
  readonly environment: Environment;
  readonly cluster: Cluster;
  /** To the brokers as coordinators of transactions, by place. */
  readonly routes: readonly TcpConnectionOptions[];
  /** `transactional.id`. */
  readonly transactionalId: string;
}

export type TransactionalProgramMaker = (site: TransactionalSite) => ProgramMaker;

/** What a scene brings along that has groups, transactions, compaction or topics of several partitions. */
export interface SceneProtocols extends GroupProtocols {
  readonly transactionalProgram: TransactionalProgramMaker;
  readonly createPartitioner: PartitionerMaker;
  readonly createCompactor: (cluster: Cluster) => Compactor;
}

/**
 * Threads mode: one thread sends what is wanted when it is wanted, another always has a fetch
 * outstanding.
 */
class ThreadsProgram implements KafkaProgram {
  readonly #parts: ProgramParts;
  readonly #cycle: PollCycle | null;
  /** What follows when nothing is unacknowledged any more. */
  #flushed: (() => void) | null = null;

  constructor(parts: ProgramParts) {
    this.#parts = parts;
    const flush = (done: () => void): void => this.#flush(done);
    this.#cycle = cycleOf(parts, { flush, done: () => this.#read() });
  }

  start(): void {
    this.#read();
  }

  want(want: Want): void {
    this.#parts.handOver(want);
  }

  settled(): void {
    const flushed = this.#flushed;
    if (flushed === null || this.#parts.producer?.isIdle === false) return;
    this.#flushed = null;
    flushed();
  }

  ready(): void {
    this.#standInLine();
  }

  answered(): void {
    this.#read();
  }

  loseMemory(): void {
    this.#flushed = null;
    this.#cycle?.loseMemory();
  }

  #flush(done: () => void): void {
    const { producer, forwards } = this.#parts;
    if (!forwards || producer === null || producer.isIdle) {
      done();
      return;
    }
    this.#flushed = done;
    producer.flush();
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
    // What a loop passes on it says after its turn of reading, and may lose in between.
    const flush = (done: () => void): void => done();
    this.#cycle = cycleOf(parts, { flush, done: () => this.#produce() });
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

function cycleOf(
  { consumer, settings, process, work }: ProgramParts,
  { flush, done }: Pick<CommitterParts, 'flush'> & Pick<PollCycleParts, 'done'>,
): PollCycle | null {
  if (consumer === null) return null;
  const frame = committing({ settings, consumer, flush });
  return new PollCycle({ process, consumer, work, frame, done });
}

export const PROGRAMS: Readonly<Record<'loop' | 'threads', ProgramMaker>> = {
  loop: (parts) => new LoopProgram(parts),
  threads: (parts) => new ThreadsProgram(parts),
};
