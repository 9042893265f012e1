// A consumer, a group of its own: asks the broker for records, keeps its position, commits it now
// and then.

import type { Environment, NetworkNode } from '../network/node';
import {
  type ConnectionListener,
  TcpConnection,
  type TcpConnectionOptions,
} from '../network/tcpConnection';
import type { Transfer } from '../network/transfer';
import { EntryKind, lossCauseCode } from '../trace/entryKinds';
import type { MessageIndex, PartitionIndex } from '../trace/trace';
import type { Broker } from './broker';
import { BrokerChannel } from './brokerChannel';
import type { Offset, PartitionLog } from './partitionLog';
import { fetchRequestBytes, OFFSET_COMMIT_BYTES } from './recordBatch';
import type { FetchResponse, KafkaBody, KafkaRequest } from './requests';
import { AUTO_COMMIT_INTERVAL, type KafkaSettings } from './settings';

/** A record that has reached the client and waits for its application to take it. */
export interface FetchedRecord {
  readonly message: MessageIndex;
  readonly log: PartitionLog;
  readonly offset: Offset;
}

/** What the program on top hears. */
export interface ConsumerListener {
  /** The connection is up: fetches may be sent. */
  connected(): void;
  /** A fetch was answered, perhaps with nothing. */
  answered(): void;
}

export class Consumer implements ConnectionListener<KafkaBody> {
  readonly connection: TcpConnection<KafkaBody>;
  readonly node: NetworkNode;
  /** Fetched and not yet taken. */
  readonly fetched: FetchedRecord[] = [];
  /** Fetches sent and not yet answered. */
  outstanding = 0;
  readonly #environment: Environment;
  readonly #settings: KafkaSettings;
  readonly #broker: Broker;
  readonly #logs: readonly PartitionLog[];
  readonly #channel: BrokerChannel;
  readonly #listener: ConsumerListener;
  /** Next offset to hand over, by partition. */
  readonly #position = new Map<PartitionIndex, Offset>();
  /** Next offset to ask for: ahead of the position by what is fetched and not taken. */
  readonly #fetchPosition = new Map<PartitionIndex, Offset>();
  /** Offsets below it were written while this reader was away or the broker was down. */
  readonly #writtenBefore = new Map<PartitionIndex, Offset>();
  #lastCommit = 0;
  #round = 0;
  #saysWhere = true;
  #hasLostMemory = false;

  constructor(
    environment: Environment,
    settings: KafkaSettings,
    broker: Broker,
    route: TcpConnectionOptions & { readonly logs: readonly PartitionLog[] },
    listener: ConsumerListener,
  ) {
    this.#environment = environment;
    this.#settings = settings;
    this.#broker = broker;
    this.#logs = route.logs;
    this.#listener = listener;
    this.node = route.client;
    this.connection = new TcpConnection<KafkaBody>(environment, route, this);
    this.#channel = new BrokerChannel(this.connection, route.logs, broker.work);
    broker.readers.push(this.#channel);
  }

  get logCount(): number {
    return this.#logs.length;
  }

  /** Sends a fetch that may wait so long at the broker, in microseconds. */
  fetch(maxWait: number): void {
    this.outstanding += 1;
    const from = this.#saysWhere ? new Map(this.#fetchPosition) : null;
    this.#saysWhere = false;
    this.connection.send(this.node, {
      type: 'poll',
      bytes: fetchRequestBytes(this.#logs.length),
      payloadBytes: 0,
      messages: [],
      body: { api: 'fetch', from, maxWait, round: this.#round },
    });
  }

  /** Hands the next fetched record to the application: its position moves past it. */
  take(): FetchedRecord | undefined {
    const record = this.fetched.shift();
    if (!record) return undefined;
    const { message, log, offset } = record;
    this.#position.set(log.index, offset + 1);
    const fromStorage = offset < (this.#writtenBefore.get(log.index) ?? 0);
    // Two hops: to the broker, and from it.
    this.#environment.recorder.entry(EntryKind.Delivered, {
      node: this.node.index,
      place: log.index,
      message,
      value: offset,
      detail: (fromStorage ? 1 : 0) + 2 * 2,
    });
    return record;
  }

  /** `enable.auto.commit`: inside poll, for what earlier polls have handed over. */
  autoCommit(): void {
    const { now } = this.#environment.context;
    if (now - this.#lastCommit < AUTO_COMMIT_INTERVAL || this.connection.state !== 'open') return;
    this.#lastCommit = now;
    const moved = [...this.#position].filter(([partition, offset]) => {
      return this.#channel.committed.get(partition) !== offset;
    });
    if (moved.length === 0) return;
    this.connection.send(this.node, {
      type: 'commit',
      bytes: OFFSET_COMMIT_BYTES,
      payloadBytes: 0,
      messages: [],
      body: { api: 'commit', offsets: new Map(moved) },
    });
  }

  /** A group without a committed offset starts where `auto.offset.reset` says. */
  startAt(reset: 'earliest' | 'latest'): void {
    for (const log of this.#logs) {
      this.#writtenBefore.set(log.index, log.logEnd);
      const start = reset === 'earliest' ? log.logStart : log.highWatermark;
      this.#reset(log, start, reset === 'latest' ? 'before it came' : 'retention passed');
    }
  }

  /** The program died: it comes back where it had committed, or where `auto.offset.reset` says. */
  loseMemory(): void {
    this.fetched.length = 0;
    this.#hasLostMemory = true;
  }

  established(): void {
    this.#environment.recorder.entry(EntryKind.Opened, {
      node: this.node.index,
      place: this.connection.index,
    });
    this.outstanding = 0;
    this.#saysWhere = true;
    if (this.#hasLostMemory) this.#resume();
    for (const log of this.#logs) {
      // Fetched records that the application has not taken yet are still here; the rest is asked
      // for again.
      const next = this.fetched.findLast((record) => record.log === log)?.offset;
      const position = this.#position.get(log.index) ?? 0;
      const fetchPosition = next === undefined ? position : next + 1;
      this.#fetchPosition.set(log.index, fetchPosition);
      // Without durability a topic keeps what its connected readers have not read.
      this.#channel.answeredTo.set(log.index, fetchPosition);
      this.#writtenBefore.set(log.index, log.logEnd);
    }
    this.#listener.connected();
  }

  closed(): void {
    this.outstanding = 0;
    this.#broker.forget(this.#channel);
  }

  arrived(transfer: Transfer<KafkaBody>): void {
    const { body } = transfer.parcel;
    if (transfer.route.to === this.connection.server) {
      this.#channel.receive(body as KafkaRequest);
    } else if (body.api === 'fetched') this.#receive(body);
  }

  #receive(response: FetchResponse): void {
    this.outstanding -= 1;
    for (const { log, baseOffset, messages } of response.records) {
      messages.forEach((message, index) => {
        this.fetched.push({ message, log, offset: baseOffset + index });
      });
      this.#fetchPosition.set(log.index, baseOffset + messages.length);
    }
    if (response.outOfRange.length > 0 && response.round === this.#round) {
      this.#round += 1;
      this.#saysWhere = true;
      for (const log of response.outOfRange) this.#outOfRange(log);
    }
    this.#listener.answered();
  }

  #resume(): void {
    this.#hasLostMemory = false;
    for (const log of this.#logs) {
      const committed = this.#channel.committed.get(log.index);
      if (committed === undefined) this.#outOfRange(log);
      else this.#reset(log, committed, 'reset past it');
    }
  }

  #outOfRange(log: PartitionLog): void {
    const earliest = this.#settings.autoOffsetReset === 'earliest';
    this.#reset(log, earliest ? log.logStart : log.highWatermark, 'reset past it');
  }

  #reset(
    log: PartitionLog,
    position: Offset,
    cause: 'before it came' | 'reset past it' | 'retention passed',
  ): void {
    this.#position.set(log.index, position);
    this.#fetchPosition.set(log.index, position);
    this.#environment.recorder.entry(EntryKind.PositionReset, {
      node: this.node.index,
      place: log.index,
      value: position,
      detail: lossCauseCode(cause),
    });
  }
}
