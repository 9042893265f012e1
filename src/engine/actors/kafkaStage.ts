// People on Kafka: each with a log of its own at the broker, and a program that writes it and reads
// the others'.

import { Broker } from '../kafka/broker';
import { Consumer } from '../kafka/consumer';
import type { PartitionLog } from '../kafka/partitionLog';
import { Producer } from '../kafka/producer';
import type { Environment, NetworkNode, NodeListener } from '../network/node';
import type { TcpConnectionOptions } from '../network/tcpConnection';
import { EntryKind, lossCauseCode } from '../trace/entryKinds';
import type { MessageIndex, NodeIndex } from '../trace/trace';
import {
  type Clients,
  type KafkaProgram,
  LoopProgram,
  type ProgramSettings,
  ThreadsProgram,
} from './kafkaProgram';
import { Person, type Speaker, type Want, type Workload } from './talk';

/** What one person needs on this stage. */
export interface KafkaPart {
  readonly node: NetworkNode;
  /** Null: this person never sends. */
  readonly writes: { readonly route: TcpConnectionOptions; readonly log: PartitionLog } | null;
  /** Null: this person never reads. */
  readonly reads: {
    readonly route: TcpConnectionOptions;
    readonly logs: readonly PartitionLog[];
  } | null;
}

interface Actor {
  readonly person: Person;
  readonly clients: Clients;
  readonly program: KafkaProgram;
}

export class KafkaStage implements Speaker, NodeListener {
  readonly broker: Broker;
  readonly #environment: Environment;
  readonly #settings: ProgramSettings;
  readonly #workload: Workload;
  readonly #actors: Actor[] = [];

  constructor(
    environment: Environment,
    settings: ProgramSettings,
    workload: Workload,
    stage: { readonly broker: NetworkNode; readonly logs: readonly PartitionLog[] },
  ) {
    this.#environment = environment;
    this.#settings = settings;
    this.#workload = workload;
    this.broker = new Broker(environment, settings, stage.broker, stage.logs);
  }

  get people(): readonly Person[] {
    return this.#actors.map((actor) => actor.person);
  }

  /** Builds a person's clients and program. */
  add(part: KafkaPart, mode: 'loop' | 'threads'): void {
    const person = new Person(this.#environment, this.#workload, part.node, this);
    const clients = this.#clients(part, () => actor.program);
    const handOver = (want: Want) => this.#handOver(person, want);
    const Program = mode === 'loop' ? LoopProgram : ThreadsProgram;
    const program: KafkaProgram = new Program(this.#settings, person, clients, handOver);
    const actor: Actor = { person, clients, program };
    this.#actors.push(actor);
    part.node.listeners.push(this);
  }

  /** Opens the connections of everyone who is there. */
  dial(): void {
    const { context } = this.#environment;
    const { cause } = context;
    for (const { clients } of this.#actors) {
      for (const client of [clients.producer, clients.consumer]) {
        context.cause = cause;
        client?.connection.open();
      }
    }
  }

  start(): void {
    for (const { person, program } of this.#actors) if (person.node.joined) program.start();
  }

  speak(person: Person, want: Want): void {
    this.#actorOf(person).program.want(want);
  }

  /** A reader arrives late, without a committed offset. */
  readerJoined(node: NetworkNode): void {
    for (const { person, clients } of this.#actors) {
      if (person.node === node) clients.consumer?.startAt(this.#settings.autoOffsetReset);
    }
  }

  unreachable(node: NetworkNode, crashed: boolean): void {
    if (!crashed) return;
    for (const { person, clients, program } of this.#actors) {
      if (person.node !== node) continue;
      for (const message of clients.producer?.loseMemory() ?? []) {
        this.#environment.recorder.entry(EntryKind.LetGo, {
          node: node.index,
          message,
          value: lossCauseCode('lost in the crash'),
        });
      }
      clients.consumer?.loseMemory();
      program.loseMemory();
    }
  }

  reachable(node: NetworkNode): void {
    for (const { person, program } of this.#actors) if (person.node === node) program.start();
  }

  #clients(part: KafkaPart, program: () => KafkaProgram): Clients {
    const { writes, reads } = part;
    const environment = this.#environment;
    const producer = writes
      ? new Producer(
          environment,
          this.#settings,
          this.broker,
          { ...writes.route, log: writes.log },
          () => {
            program().acknowledged();
          },
        )
      : null;
    const consumer = reads
      ? new Consumer(
          environment,
          this.#settings,
          this.broker,
          { ...reads.route, logs: reads.logs },
          {
            connected: () => program().connected(),
            answered: () => program().answered(),
          },
        )
      : null;
    return { producer, consumer };
  }

  #handOver(person: Person, want: Want): { message: MessageIndex; bytes: number } {
    const readers: NodeIndex[] = [];
    for (const actor of this.#actors) {
      const { node } = actor.person;
      if (actor.person !== person && actor.clients.consumer && node.joined)
        readers.push(node.index);
    }
    const bytes = this.#workload.payloadBytes;
    const message = this.#environment.recorder.sent(
      {
        from: person.node.index,
        number: person.sentCount,
        wantedAt: want.at,
        payloadBytes: bytes,
        replyTo: want.replyTo,
        key: want.key,
        readers,
      },
      this.#settings.durability === 'off',
    );
    person.sentCount += 1;
    return { message, bytes };
  }

  #actorOf(person: Person): Actor {
    const actor = this.#actors.find((candidate) => candidate.person === person);
    if (!actor) throw new Error(`Engine fault: ${person.node.id} has no part on Kafka.`);
    return actor;
  }
}
