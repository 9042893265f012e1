// A producer: its records leave in batches, a request for each broker, and are sent again until
// they are acknowledged or it gives them up. What a batch holds and how it is numbered is
// elsewhere.

import type { Environment } from '../../network/node';
import { EntryKind, lossCauseCode } from '../../trace/entryKinds';
import type { MessageIndex, PartitionIndex } from '../../trace/trace';
import { KAFKA_ERRORS, type KafkaError } from '../cluster/errors';
import type { KafkaSettings } from '../configuration';
import type { BrokerPlace, ProducedRecord, ProduceResult, RecordBatch } from '../wire/requests';
import { backoffAfter } from './backoff';
import type { BrokerConnection } from './brokerConnection';
import type { ClientProcess } from './clientProcess';
import { type ClientParts, ClusterClient, type ClusterUser } from './clusterClient';
import { reactionTo } from './produceReaction';
import { Alarm } from './producing/alarm';
import { numberedReaction } from './producing/numberedReaction';
import type { Partitioner, ProducerTopic } from './producing/onlyPartition';
import type { PartitionQueue } from './producing/partitionQueue';
import type { ProducerBatch } from './producing/producerBatch';
import { ProducerIds } from './producing/producerIds';
import { ProducerSession, type TransactionHooks } from './producing/producerSession';
import { RecordAccumulator } from './producing/recordAccumulator';
import { SentBatches } from './producing/sentBatches';

export interface ProducerParts extends ClientParts {
  /** Names its draws; its participant's id. */
  readonly name: string;
  readonly topics: readonly ProducerTopic[];
}

/** Hears when records are safe, as `acks` defines it, or when they are given up. */
export interface ProducerListener {
  settled(batch: ProducerBatch, outcome: 'acknowledged' | 'given up'): void;
}

export class Producer implements ClusterUser {
  readonly client: ClusterClient;
  readonly #environment: Environment;
  readonly #settings: KafkaSettings;
  readonly #process: ClientProcess;
  readonly #listener: ProducerListener;
  readonly #accumulator: RecordAccumulator;
  readonly #session: ProducerSession;
  readonly #topics: readonly ProducerTopic[];
  /** By the topic's place. */
  readonly #partitioners: readonly Partitioner[];
  readonly #ids: ProducerIds;
  readonly #readiness: Alarm;
  readonly #expiry: Alarm;

  constructor(
    environment: Environment,
    settings: KafkaSettings,
    parts: ProducerParts,
    listener: ProducerListener,
  ) {
    const { cluster, process, topics, name } = parts;
    const { keys } = cluster.plan;
    this.#environment = environment;
    this.#settings = settings;
    this.#process = process;
    this.#listener = listener;
    this.client = new ClusterClient(environment, settings, parts, this);
    this.#session = new ProducerSession(settings);
    // Asked for before the scene, like the first metadata.
    this.#session.producerId = cluster.nextProducerId();
    this.#ids = new ProducerIds(environment, settings, {
      process,
      client: this.client,
      given: ({ producerId, producerEpoch }) => {
        this.#session.producerId = producerId;
        this.#session.producerEpoch = producerEpoch;
        this.wake();
      },
    });
    this.#readiness = new Alarm(environment, process, () => this.wake());
    this.#expiry = new Alarm(environment, process, () => this.#expire());
    this.#accumulator = new RecordAccumulator(environment, settings, {
      partitions: topics.flatMap(({ partitions }) => partitions),
      keyBytes: cluster.keyBytes,
    });
    this.#topics = topics;
    this.#partitioners = topics.map((topic) => {
      const queues = topic.partitions.map((partition) => this.#accumulator.queueOf(partition));
      const random = environment.context.random(`partitioner ${name} ${topic.name}`);
      const hasLeader = (partition: PartitionIndex) => this.client.leaderOf(partition) >= 0;
      const { batchSize } = settings;
      const parts = { topic, queues, keys, random, batchSize, hasLeader };
      return topic.createPartitioner(parts);
    });
  }

  /** Nothing waits and nothing is unacknowledged. */
  get isIdle(): boolean {
    return this.#accumulator.isIdle;
  }

  /** From now on all batches belong to this transaction client's transactions. */
  set transaction(hooks: TransactionHooks) {
    this.#session.transaction = hooks;
  }

  /** Opens the connections to those who lead its partitions. */
  dial(): void {
    for (const { partition } of this.#accumulator.queues) {
      this.client.use(this.client.leaderOf(partition));
    }
  }

  /** Takes a record for the topic at this place of its list, and chooses the partition. */
  send(topic: number, record: ProducedRecord): void {
    const partitioner = this.#partitioners[topic] as Partitioner;
    const number = partitioner.partition(record.key);
    const partition = this.#topics[topic]?.partitions[number] as PartitionIndex;
    const bytes = this.#append(partition, record);
    partitioner.appended(number, record.key, bytes);
    this.wake();
  }

  /** Takes a record for a partition that its sender has chosen. */
  sendTo(partition: PartitionIndex, record: ProducedRecord): void {
    this.#append(partition, record);
    this.wake();
  }

  /** Ends the linger: what is gathered may leave now. */
  flush(): void {
    this.#accumulator.flush();
    this.wake();
  }

  /** Sends whatever may leave. */
  wake(): void {
    const { now } = this.#environment.context;
    for (const queue of this.#accumulator.queues) {
      if (queue.waiting.length === 0) continue;
      while (this.#readyAt(queue) <= now && this.#session.allows(queue, first(queue))) {
        if (!this.#sendTo(this.client.leaderOf(queue.partition))) break;
      }
    }
    if (this.#session.lacksId && !this.isIdle) this.#ids.ask();
    this.#wakeWhenReady();
  }

  /**
   * Gives up what has never left, before a transaction is aborted; what has left is still sent
   * until it is settled (Kafka 4.3, RecordAccumulator.abortUndrainedBatches).
   */
  abandon(): void {
    for (const queue of this.#accumulator.queues) {
      const unsent = queue.waiting.filter(({ wire }) => wire === null);
      for (const batch of unsent) this.#giveUp(queue, batch);
    }
  }

  /** The next acknowledgement that comes from a broker is lost, and its connection with it. */
  loseNextAck(): void {
    const { connections } = this.client;
    const busy = connections.find(({ pending }) => pending > 0);
    (busy ?? connections.find(({ isOpen }) => isOpen))?.channel.loseNextAck();
  }

  /** The process died: what was not on the line is gone. @returns the records that it held. */
  loseMemory(): MessageIndex[] {
    this.client.loseMemory();
    this.#session.loseMemory();
    this.#ids.loseMemory();
    this.#readiness.set(NEVER);
    this.#expiry.set(NEVER);
    return this.#accumulator.clear();
  }

  proceed(): void {
    for (const partitioner of this.#partitioners) partitioner.leadersChanged();
    this.wake();
  }

  opened(): void {
    // What waits leaves in `proceed`.
  }

  lost(): void {
    // Somebody else may lead by now.
    this.client.refresh();
  }

  needs(place: BrokerPlace): boolean {
    const { queues } = this.#accumulator;
    return queues.some(({ partition }) => this.client.leaderOf(partition) === place);
  }

  /** A request was answered, batch by batch. */
  answered(sent: SentBatches, results: readonly ProduceResult[]): void {
    const { context } = this.#environment;
    const { cause } = context;
    for (let place = 0; place < results.length; place += 1) {
      const { batch: wire, error, leader } = results[place] as ProduceResult;
      context.cause = cause;
      if (error === 'NOT_LEADER_OR_FOLLOWER') this.client.leaderIs(wire.partition, leader);
      this.#conclude(sent, place, error);
    }
    context.cause = cause;
    this.proceed();
  }

  /** A request's connection died: nobody knows what the broker has done with it. */
  unanswered(sent: SentBatches): void {
    sent.batches.forEach((_, place) => {
      this.#conclude(sent, place, 'NETWORK_EXCEPTION');
    });
  }

  /** Gives up what is older than `delivery.timeout.ms`. */
  #expire(): void {
    for (const batch of this.#accumulator.expired()) {
      this.#giveUp(this.#accumulator.queueOf(batch.partition), batch);
    }
    this.#watchOver();
    this.wake();
  }

  #append(partition: PartitionIndex, record: ProducedRecord): number {
    const bytes = this.#accumulator.append(this.#accumulator.queueOf(partition), record);
    if (!this.#expiry.isSet) this.#watchOver();
    return bytes;
  }

  /** One timer watches over all batches. */
  #watchOver(): void {
    this.#expiry.set(this.#accumulator.oldest() + this.#settings.deliveryTimeout);
  }

  #readyAt(queue: PartitionQueue): number {
    return this.#accumulator.readyAt(queue, this.client.leaderOf(queue.partition));
  }

  /** @returns whether a request has left, with the first batch of each partition led there. */
  #sendTo(leader: BrokerPlace): boolean {
    const connection = this.client.connectionTo(leader);
    if (!connection?.isOpen) {
      if (this.client.use(leader) === 'unreachable') this.client.refresh();
      return false;
    }
    if (connection.pending >= this.#settings.maxInFlight) return false;
    for (const partitioner of this.#partitioners) partitioner.updateLoad();
    const sent = new SentBatches(this);
    for (const queue of this.#accumulator.queues) {
      if (this.client.leaderOf(queue.partition) !== leader) continue;
      if (this.#accumulator.goesAlong(queue, leader)) this.#addFirst(sent, queue, leader);
    }
    this.#put(connection, sent);
    return true;
  }

  #addFirst(sent: SentBatches, queue: PartitionQueue, leader: BrokerPlace): void {
    const batch = first(queue);
    if (!this.#session.allows(queue, batch)) return;
    if (batch.wire === null) batch.acks = this.#settings.acks;
    // A request has one `acks`; batches that left under another go for themselves.
    if (sent.batches.length > 0 && sent.acks !== batch.acks) return;
    sent.add(batch, this.#session.stamp(queue, batch));
    queue.leaves();
    batch.sentTo = leader;
    if (batch.attempts > 0) this.#retried(batch);
  }

  #put(connection: BrokerConnection, sent: SentBatches): void {
    const { acks, wires } = sent;
    sent.transfer = connection.send({ api: 'produce', acks, batches: wires }, sent);
    if (acks === '0') for (const batch of sent.batches) this.#letGo(batch);
  }

  #retried({ partition, attempts }: ProducerBatch): void {
    const { index: node } = this.#process.node;
    const fields = { node, place: partition, value: attempts };
    this.#environment.recorder.entry(EntryKind.Retried, fields);
  }

  #conclude(sent: SentBatches, place: number, error: KafkaError): void {
    const batch = sent.batches[place] as ProducerBatch;
    if (batch.isSettled) return;
    const queue = this.#accumulator.queueOf(batch.partition);
    if (KAFKA_ERRORS[error].isStaleMetadata) this.client.refresh();
    const reaction = this.#reaction(queue, batch, {
      error,
      wire: sent.wires[place] as RecordBatch,
    });
    if (reaction === 'done') this.#acknowledge(queue, batch, { sent, place });
    else if (reaction === 'retry') this.#retryLater(queue, batch);
    else this.#giveUp(queue, batch);
  }

  #reaction(
    queue: PartitionQueue,
    batch: ProducerBatch,
    answer: { readonly error: KafkaError; readonly wire: RecordBatch },
  ): 'done' | 'retry' | 'fail' {
    const numbered = numberedReaction(queue, batch, answer);
    if (numbered === 'begin anew') this.#session.beginAnew(queue);
    if (numbered === 'begin anew' || numbered === 'retry') return 'retry';
    if (numbered === 'fenced') this.#session.transaction?.producerFenced();
    if (numbered !== null) return 'fail';
    const { attempts, records, createdAt } = batch;
    const age = this.#environment.context.now - createdAt;
    const returned = { error: answer.error, attempts, age, records: records.length };
    const reaction = reactionTo(returned, this.#settings);
    // No batch is larger than a broker takes (`batch.size` is below `max.message.bytes`).
    return reaction === 'split' ? 'fail' : reaction;
  }

  #retryLater(queue: PartitionQueue, batch: ProducerBatch): void {
    const { now } = this.#environment.context;
    batch.attempts += 1;
    batch.retryAt = now + backoffAfter(batch.attempts, this.#settings.retryBackoff);
    queue.comesBack(batch);
  }

  #acknowledge(
    queue: PartitionQueue,
    batch: ProducerBatch,
    { sent, place }: { readonly sent: SentBatches; readonly place: number },
  ): void {
    queue.settled(batch);
    this.#environment.recorder.entry(EntryKind.Acknowledged, {
      node: this.#process.node.index,
      place: batch.partition,
      transfer: sent.transfer,
      value: batch.records.length,
      detail: sent.firstOf(place),
    });
    this.#resolve(queue);
    this.#listener.settled(batch, 'acknowledged');
  }

  #giveUp(queue: PartitionQueue, batch: ProducerBatch): void {
    queue.settled(batch);
    if ((batch.wire?.producerId ?? -1) >= 0) queue.isUnresolved = true;
    this.#resolve(queue);
    this.#forget(batch, GIVEN_UP);
    this.#listener.settled(batch, 'given up');
  }

  /**
   * When nothing numbered is on its way any more, the numbers begin anew after one that failed; a
   * transactional producer must be given another epoch for that.
   */
  #resolve(queue: PartitionQueue): void {
    const isDone = queue.isUnresolved && queue.unacknowledged.length === 0;
    if (isDone && this.#session.transaction === null) this.#session.beginAnew(queue);
  }

  /** acks 0: nobody will answer, so the producer forgets a record as soon as it is on the line. */
  #letGo(batch: ProducerBatch): void {
    this.#accumulator.queueOf(batch.partition).settled(batch);
    this.#forget(batch, NEVER_ACKNOWLEDGED);
    this.#listener.settled(batch, 'acknowledged');
  }

  #forget({ records }: ProducerBatch, value: number): void {
    const { index: node } = this.#process.node;
    const { recorder } = this.#environment;
    for (const { message } of records) {
      // What somebody else has said may still be with them.
      if (recorder.senderOf(message) !== node) continue;
      recorder.entry(EntryKind.LetGo, { node, message, value });
    }
  }

  #wakeWhenReady(): void {
    const { now } = this.#environment.context;
    let at = NEVER;
    for (const queue of this.#accumulator.queues) {
      const readyAt = this.#readyAt(queue);
      // What is ready and still here waits for something else than time.
      if (readyAt > now && readyAt < at) at = readyAt;
    }
    this.#readiness.set(at);
  }
}

const NEVER = Number.POSITIVE_INFINITY;
const GIVEN_UP = lossCauseCode('its producer gave up');
const NEVER_ACKNOWLEDGED = lossCauseCode('never acknowledged');

const first = (queue: PartitionQueue): ProducerBatch => queue.waiting[0] as ProducerBatch;
