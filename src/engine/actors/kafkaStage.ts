// People on Kafka: each with clients of its own at the cluster, and a program that writes to a
// topic and reads others.

import { ClientProcess } from '../kafka/client/clientProcess';
import { Consumer } from '../kafka/client/consumer';
import type { ReadingTraceMaker } from '../kafka/client/fetching/readingTrace';
import type { GroupMember } from '../kafka/client/membership/groupMember';
import { Producer } from '../kafka/client/producer';
import type { ProducerTopic } from '../kafka/client/producing/onlyPartition';
import type { Broker } from '../kafka/cluster/broker';
import type { Cluster } from '../kafka/cluster/cluster';
import type { GroupProtocols } from '../kafka/group/groupProtocols';
import type { GroupRequest, GroupResponse } from '../kafka/wire/requests';
import { seconds } from '../kernel/simTime';
import type { Link } from '../network/link';
import type { Environment, NetworkNode, NodeListener } from '../network/node';
import type { TcpConnectionOptions } from '../network/tcpConnection';
import { EntryKind, lossCauseCode } from '../trace/entryKinds';
import type { MessageIndex, NodeIndex, PartitionIndex } from '../trace/trace';
import type { KafkaProgram, ProgramMaker, ProgramSettings } from './kafkaProgram';
import { Person, type Speaker, type Want, type Workload } from './talk';

/** Connections by broker's place. */
type Routes = readonly TcpConnectionOptions[];

export interface WritingPart {
  readonly routes: Routes;
  /** The first is the one that its program writes what it wants to say to. */
  readonly topics: readonly ProducerTopic[];
}

export interface ReadingPart {
  readonly routes: Routes;
  readonly coordinatorRoutes: Routes;
  /** `group.id`: of a reader by hand, its participant's id. */
  readonly group: string;
  /** Who reads, as the trace has it: the participant's own node, or its group's. */
  readonly reader: NetworkNode;
  readonly topics: readonly string[];
  /** By hand, its number in each topic: the one that is read, and that replies go to; null: all. */
  readonly partition: number | null;
  /** Null: assign() takes its partitions by hand; else subscribe() shares all of them in a group. */
  readonly protocols: GroupProtocols | null;
  /** Takes down what it reads; absent: as a reader that nobody stands behind. */
  readonly trace?: ReadingTraceMaker;
}

/** What a program needs that neither says nor gets anything itself. */
export interface PassingPart {
  readonly program: ProgramMaker;
  /** Those to whom it passes on what it reads: the copies are theirs. */
  readonly readersOf: (topic: string) => readonly NetworkNode[];
  /** Whoever is not there when it reads gets nothing of that. */
  readonly forgets: boolean;
}

/** What one person needs on this stage. */
export interface KafkaPart {
  readonly node: NetworkNode;
  /** Null: this person never sends. */
  readonly writes: WritingPart | null;
  /** Null: this person never reads. */
  readonly reads: ReadingPart | null;
  /** Null: this person says and gets things itself. */
  readonly passesOn: PassingPart | null;
  readonly program: ProgramMaker;
}

interface SubscriberParts {
  readonly consumer: Consumer;
  readonly reads: ReadingPart;
  readonly process: ClientProcess;
}

interface Actor {
  readonly part: KafkaPart;
  readonly process: ClientProcess;
  readonly person: Person;
  readonly producer: Producer | null;
  readonly consumer: Consumer | null;
  readonly program: KafkaProgram;
  /** It runs for the first time, or again after a crash. */
  isFresh: boolean;
}

export class KafkaStage implements Speaker, NodeListener {
  readonly cluster: Cluster;
  readonly #environment: Environment;
  readonly #settings: ProgramSettings;
  readonly #workload: Workload;
  readonly #actors: Actor[] = [];
  /** What is said reaches those alone who are there. */
  #forgets = false;
  /** By node. */
  readonly #actorOf: (Actor | undefined)[] = [];
  /**
   * By topic, or by the partition that a reply goes to: everyone who reads it now, a group once;
   * forgotten when somebody comes.
   */
  readonly #readers = new Map<string | PartitionIndex, readonly NodeIndex[]>();

  constructor(
    environment: Environment,
    settings: ProgramSettings,
    workload: Workload,
    cluster: Cluster,
  ) {
    this.#environment = environment;
    this.#settings = settings;
    this.#workload = workload;
    this.cluster = cluster;
  }

  get people(): readonly Person[] {
    return this.#actors.map((actor) => actor.person);
  }

  /** Builds a person's clients and program. */
  add(part: KafkaPart): void {
    const { node } = part;
    const process = new ClientProcess(this.#environment, node);
    const person = new Person(this.#environment, this.#workload, node, this);
    const producer = this.#producer(part, process);
    const consumer = this.#consumer(part, process);
    const program = part.program({
      settings: this.#settings,
      process,
      producer,
      consumer,
      handOver: (want) => this.#handOver(actor, want),
      work: (message, done) => this.#work(actor, message, done),
      forwards: this.#workload.forwarders.includes(node.id),
    });
    const actor = { part, process, person, producer, consumer, program, isFresh: true };
    this.#actors.push(actor);
    if (part.passesOn?.forgets) this.#forgets = true;
    this.#actorOf[node.index] = actor;
    node.listeners.push(this);
  }

  /** Opens the connections of everyone who is there. */
  dial(): void {
    const { context } = this.#environment;
    const { cause } = context;
    for (const { producer, consumer } of this.#actors) {
      for (const client of [producer, consumer]) {
        context.cause = cause;
        client?.dial();
      }
    }
  }

  start(): void {
    for (const actor of this.#actors) if (actor.person.node.joined) begin(actor);
  }

  settingsChanged(): void {
    this.cluster.settingsChanged();
  }

  speak(person: Person, want: Want): void {
    const { process, program } = this.#of(person.node);
    process.run(say, { program, want });
  }

  /** A reader arrives late, without a committed offset; its group with it, if it is the first. */
  readerJoined(node: NetworkNode): void {
    this.#readers.clear();
    this.#actorOf[node.index]?.part.reads?.reader.join();
    const consumer = this.#actorOf[node.index]?.consumer;
    if (consumer?.member === null) consumer.startLate();
  }

  /** The next acknowledgement on a line will be lost, and the connection with it. */
  loseNextAck(link: Link): void {
    const [client] = link.options.ends;
    this.#actorOf[client.index]?.producer?.loseNextAck();
  }

  /** A broker hands its leaders over before it ends, a reader leaves its group. */
  shutDown(node: NetworkNode): void {
    const broker = this.#brokerAt(node);
    const actor = this.#actorOf[node.index];
    if (broker) this.cluster.shutDown(broker.place);
    else if (actor) this.#close(actor);
  }

  fillDisk(node: NetworkNode, full: boolean): void {
    const broker = this.#brokerAt(node);
    if (broker) this.cluster.fillDisk(broker.place, full);
  }

  unreachable(node: NetworkNode, crashed: boolean): void {
    if (!crashed) return;
    const actor = this.#of(node);
    const { producer, consumer, person, program } = actor;
    for (const message of producer?.loseMemory() ?? []) {
      // What it held for others, it has not let go of for them.
      if (actor.part.passesOn) continue;
      this.#environment.recorder.entry(EntryKind.LetGo, {
        node: node.index,
        message,
        value: lossCauseCode('lost in the crash'),
      });
    }
    consumer?.loseMemory();
    consumer?.member?.crash();
    person.loseMemory();
    program.loseMemory();
    actor.isFresh = true;
  }

  reachable(node: NetworkNode): void {
    const actor = this.#of(node);
    if (actor.isFresh) begin(actor);
    else actor.program.start();
  }

  #brokerAt(node: NetworkNode): Broker | undefined {
    return this.cluster.brokers.find((candidate) => candidate.node === node);
  }

  // Simplified: A program that shuts down says so to its group and ends a second later.
  #close({ person, consumer }: Actor): void {
    consumer?.close();
    this.#environment.context.after(seconds(1), crash, person.node);
  }

  #producer({ node, writes }: KafkaPart, process: ClientProcess): Producer | null {
    if (writes === null) return null;
    const { routes, topics } = writes;
    const parts = { process, cluster: this.cluster, routes, name: node.id, topics };
    return new Producer(this.#environment, this.#settings, parts, {
      settled: (batch, outcome) => this.#of(node).program.settled(outcome, batch),
    });
  }

  #consumer({ node, reads }: KafkaPart, process: ClientProcess): Consumer | null {
    if (reads === null) return null;
    const parts = { process, cluster: this.cluster, ...reads };
    const consumer = new Consumer(this.#environment, this.#settings, parts, {
      ready: () => this.#actorOf[node.index]?.program.ready(),
      answered: () => this.#of(node).program.answered(),
    });
    if (reads.protocols === null) consumer.assignByHand(this.#partitionsRead(reads));
    else consumer.member = this.#member(reads.protocols, { consumer, reads, process });
    return consumer;
  }

  #member({ createGroupMember }: GroupProtocols, parts: SubscriberParts): GroupMember {
    const { consumer, reads, process } = parts;
    const { group, topics } = reads;
    const partitionsOfTopics = new Map(
      topics.map((topic) => [topic, this.#partitionsOf([topic])] as const),
    );
    return createGroupMember(this.#environment, this.#settings, {
      process,
      group,
      topics,
      partitionsOfTopics,
      listener: consumer,
      ask: (request: GroupRequest, onAnswer: (response: GroupResponse) => void) => {
        consumer.coordinator.ask(request, onAnswer);
      },
    });
  }

  #partitionsOf(topics: readonly string[]): PartitionIndex[] {
    return topics.flatMap((topic) => this.cluster.partitionsOf(topic).map(({ index }) => index));
  }

  #partitionsRead({ topics, partition }: ReadingPart): PartitionIndex[] {
    if (partition === null) return this.#partitionsOf(topics);
    return topics.flatMap((topic) => this.#partitionsOf([topic]).slice(partition, partition + 1));
  }

  #handOver(actor: Actor, want: Want): void {
    const { part, person, producer } = actor;
    const { payloadBytes } = this.#workload;
    const topic = part.writes?.topics[OWN_TOPIC];
    const partition = topic && this.#repliesTo(topic, want);
    const { key, isTombstone } = want;
    const message = this.#environment.recorder.sent(
      {
        from: person.node.index,
        number: person.sentCount,
        wantedAt: want.at,
        payloadBytes,
        replyTo: want.replyTo,
        key,
        readers: this.#readersOf(topic?.name ?? '', partition),
      },
      this.#settings.durability === 'off' || this.#forgets,
    );
    person.sentCount += 1;
    const record = { message, payloadBytes, key, isTombstone };
    if (partition === undefined) producer?.send(OWN_TOPIC, record);
    else producer?.sendTo(partition, record);
  }

  /** The partition of the topic in which whoever is answered waits for replies, if it is one. */
  #repliesTo({ name, partitions }: ProducerTopic, { replyTo }: Want): PartitionIndex | undefined {
    if (replyTo < 0) return undefined;
    const asker = this.#actorOf[this.#environment.recorder.senderOf(replyTo)];
    const reads = asker?.part.reads;
    if (!reads?.topics.includes(name) || reads.partition === null) return undefined;
    return partitions[reads.partition];
  }

  /** Those who read this partition of a topic; undefined: any of its partitions. */
  #readersOf(topic: string, partition: PartitionIndex | undefined): readonly NodeIndex[] {
    const key = partition ?? topic;
    const known = this.#readers.get(key);
    if (known) return known;
    const readers = new Set<NodeIndex>();
    for (const { part } of this.#actors) {
      const { reads, passesOn } = part;
      for (const reader of passesOn?.readersOf(topic) ?? []) readers.add(reader.index);
      if (passesOn !== null) continue;
      if (reads === null || !reads.topics.includes(topic) || !reads.reader.joined) continue;
      if (partition !== undefined && !this.#partitionsRead(reads).includes(partition)) continue;
      readers.add(reads.reader.index);
    }
    this.#readers.set(key, [...readers]);
    return [...readers];
  }

  #work({ person, process }: Actor, message: MessageIndex, done: () => void): void {
    if (!person.isConcerned(message)) {
      done();
      return;
    }
    const finished = { stage: this, node: person.node.index, message, done };
    person.work(message, () => process.run(worked, finished));
  }

  /** A message is worked on. */
  worked({ node, message, done }: Finished): void {
    if (this.#actorOf[node]?.person.processing !== 0) {
      this.#environment.recorder.entry(EntryKind.Worked, { node, message });
    }
    done();
  }

  #of(node: NetworkNode): Actor {
    const actor = this.#actorOf[node.index];
    if (!actor) throw new Error(`Engine fault: ${node.id} has no part on Kafka.`);
    return actor;
  }
}

interface Finished {
  readonly stage: KafkaStage;
  readonly node: NodeIndex;
  readonly message: MessageIndex;
  readonly done: () => void;
}

/** A program begins, or begins again after a crash. */
function begin(actor: Actor): void {
  actor.isFresh = false;
  actor.consumer?.restarted();
  actor.consumer?.member?.start();
  actor.program.start();
}

/** The one topic that a participant writes to, by its place among those of its part. */
const OWN_TOPIC = 0;

const crash = (node: NetworkNode): void => node.crash();
const say = ({ program, want }: { readonly program: KafkaProgram; readonly want: Want }): void =>
  program.want(want);
const worked = (finished: Finished): void => finished.stage.worked(finished);
