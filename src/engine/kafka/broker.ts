// The broker: appends what producers send, answers fetches now or when data is there; it never
// speaks first.

import type { Environment, NetworkNode, NodeListener } from '../network/node';
import { EntryKind } from '../trace/entryKinds';
import type { BrokerChannel } from './brokerChannel';
import { FetchPurgatory } from './fetchPurgatory';
import type { Offset, PartitionLog } from './partitionLog';
import { PRODUCE_RESPONSE_BYTES } from './recordBatch';
import type { CommitRequest, KafkaRequest, ProduceRequest, RecordBatch } from './requests';
import { applyRetention } from './retention';
import type { KafkaSettings } from './settings';

interface WaitingProduce {
  readonly channel: BrokerChannel;
  readonly batch: RecordBatch;
  /** The high watermark that makes the batch safe. */
  readonly safeAt: Offset;
}

interface Replication {
  readonly broker: Broker;
  readonly log: PartitionLog;
  readonly upTo: Offset;
  readonly epoch: number;
}

export class Broker implements NodeListener {
  readonly node: NetworkNode;
  readonly logs: readonly PartitionLog[];
  readonly #environment: Environment;
  readonly #settings: KafkaSettings;
  readonly #fetches: FetchPurgatory;
  #produces: WaitingProduce[] = [];

  constructor(
    environment: Environment,
    settings: KafkaSettings,
    node: NetworkNode,
    logs: readonly PartitionLog[],
  ) {
    this.#environment = environment;
    this.#settings = settings;
    this.node = node;
    this.logs = logs;
    this.#fetches = new FetchPurgatory(environment);
    node.listeners.push(this);
  }

  /** Knows the connections of readers, so that durability off can ask who is connected. */
  readonly readers: BrokerChannel[] = [];

  readonly work = (channel: BrokerChannel, request: KafkaRequest): void => {
    if (request.api === 'produce') this.#produce(channel, request);
    else if (request.api === 'fetch') {
      this.#fetches.fetch(channel, request);
      this.keepWhatIsWanted();
    } else this.#commit(channel, request);
  };

  unreachable(_node: NetworkNode, crashed: boolean): void {
    this.#produces = [];
    this.#fetches.clear();
    if (!crashed) return;
    for (const log of this.logs) {
      log.crash();
      if (this.#settings.durability === 'off') log.advanceLogStart(log.logEnd, 'lost in the crash');
    }
  }

  reachable(): void {
    for (const log of this.logs) applyRetention(this.#environment, this.#settings, log);
  }

  /** A client's connection died: nothing that waits on it can be answered any more. */
  forget(channel: BrokerChannel): void {
    this.#produces = this.#produces.filter((waiting) => waiting.channel !== channel);
    this.#fetches.forget(channel);
    channel.reset();
    this.keepWhatIsWanted();
  }

  /** A setting changed: retention and durability may let go of records now. */
  settingsChanged(): void {
    for (const log of this.logs) applyRetention(this.#environment, this.#settings, log);
    this.keepWhatIsWanted();
  }

  /**
   * Durability off: lets go of every record that no connected reader still has to be answered with.
   */
  keepWhatIsWanted(): void {
    if (this.#settings.durability === 'on') return;
    for (const log of this.logs) {
      let wanted = log.highWatermark;
      for (const reader of this.readers) {
        if (!reader.isOpen || !reader.logs.includes(log)) continue;
        wanted = Math.min(wanted, reader.answeredTo.get(log.index) ?? wanted);
      }
      log.advanceLogStart(wanted, 'not kept');
    }
  }

  #produce(channel: BrokerChannel, request: ProduceRequest): void {
    const { batch, acks } = request;
    const { log } = batch;
    // A retry of what is already there is acknowledged and not written again (idempotent producer,
    // KIP-98).
    const isNew = batch.baseSequence > log.lastSequence;
    if (isNew) {
      for (const message of batch.messages) log.append(message);
      log.lastSequence = batch.baseSequence + batch.messages.length - 1;
    }
    if (acks === '0') channel.finish();
    else if (acks === '1') this.#acknowledge(channel, batch);
    else this.#produces.push({ channel, batch, safeAt: log.logEnd });
    if (isNew) this.#replicate(log);
    this.#completeProduces();
  }

  #replicate(log: PartitionLog): void {
    const { context } = this.#environment;
    const replication = { broker: this, log, upTo: log.logEnd, epoch: log.epoch };
    context.after(this.#settings.replication, replicatedNow, replication);
  }

  /** The followers have everything below `upTo`. */
  replicated({ log, upTo, epoch }: Replication): void {
    if (epoch !== log.epoch || !log.advanceHighWatermark(upTo)) return;
    this.#completeProduces();
    this.#fetches.dataArrived(log);
    applyRetention(this.#environment, this.#settings, log);
    this.keepWhatIsWanted();
  }

  #completeProduces(): void {
    if (this.#produces.length === 0) return;
    const waiting = this.#produces;
    this.#produces = [];
    // An acknowledgement lets the next request in, which may add to the waiting ones.
    const { context } = this.#environment;
    const { cause } = context;
    for (const produce of waiting) {
      context.cause = cause;
      const isSafe = produce.batch.log.highWatermark >= produce.safeAt;
      if (isSafe) this.#acknowledge(produce.channel, produce.batch);
      else this.#produces.push(produce);
    }
    context.cause = cause;
  }

  #acknowledge(channel: BrokerChannel, batch: RecordBatch): void {
    channel.respond({
      type: 'ack',
      bytes: PRODUCE_RESPONSE_BYTES,
      payloadBytes: 0,
      messages: [],
      body: { api: 'produced', batch },
    });
  }

  #commit(channel: BrokerChannel, request: CommitRequest): void {
    for (const [partition, offset] of request.offsets) {
      channel.committed.set(partition, offset);
      this.#environment.recorder.entry(EntryKind.Committed, {
        node: channel.client,
        place: partition,
        value: offset,
      });
    }
    channel.respond({
      type: 'ack',
      bytes: PRODUCE_RESPONSE_BYTES,
      payloadBytes: 0,
      messages: [],
      body: { api: 'committed' },
    });
  }
}

const replicatedNow = (replication: Replication): void =>
  replication.broker.replicated(replication);
