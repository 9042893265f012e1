// A producer for one partition: gathers records into batches, sends them, retries until they are
// acknowledged.

import type { EventId } from '../kernel/eventQueue';
import type { Environment, NetworkNode } from '../network/node';
import {
  type ConnectionListener,
  TcpConnection,
  type TcpConnectionOptions,
} from '../network/tcpConnection';
import type { Transfer } from '../network/transfer';
import { EntryKind, lossCauseCode } from '../trace/entryKinds';
import type { MessageIndex, TransferIndex } from '../trace/trace';
import type { Broker } from './broker';
import { BrokerChannel } from './brokerChannel';
import type { PartitionLog } from './partitionLog';
import { produceRequestBytes, recordBatchBytes, recordBytes, recordsThatFit } from './recordBatch';
import type { KafkaBody, KafkaRequest, RecordBatch } from './requests';
import { BATCH_SIZE_BYTES, type KafkaSettings, MAX_IN_FLIGHT_REQUESTS } from './settings';

interface Sending {
  readonly batch: RecordBatch;
  /** As it was when the batch left first; a retry asks for the same. */
  readonly acks: KafkaSettings['acks'];
  /** -1 until it is on the line. */
  transfer: TransferIndex;
}

/** Hears when the broker has made records safe, as `acks` defines it. */
export type Acknowledged = (batch: RecordBatch) => void;

export class Producer implements ConnectionListener<KafkaBody> {
  readonly connection: TcpConnection<KafkaBody>;
  readonly node: NetworkNode;
  readonly #environment: Environment;
  readonly #settings: KafkaSettings;
  readonly #broker: Broker;
  readonly #log: PartitionLog;
  readonly #channel: BrokerChannel;
  readonly #acknowledged: Acknowledged;
  #messages: MessageIndex[] = [];
  #payloads: number[] = [];
  #gatheredBytes = recordBatchBytes([]);
  #nextSequence = 0;
  readonly #unacknowledged: Sending[] = [];
  #lingering: EventId | null = null;
  #ready = false;

  constructor(
    environment: Environment,
    settings: KafkaSettings,
    broker: Broker,
    route: TcpConnectionOptions & { readonly log: PartitionLog },
    acknowledged: Acknowledged,
  ) {
    this.#environment = environment;
    this.#settings = settings;
    this.#broker = broker;
    this.#log = route.log;
    this.#acknowledged = acknowledged;
    this.node = route.client;
    this.connection = new TcpConnection<KafkaBody>(environment, route, this);
    this.#channel = new BrokerChannel(this.connection, [], broker.work);
  }

  /**
   * Takes a record into the accumulator; it leaves when its batch is full or `linger.ms` is over.
   */
  send(message: MessageIndex, payloadBytes: number): void {
    const bytes = recordBytes(payloadBytes, this.#messages.length);
    const isFull = this.#gatheredBytes + bytes > BATCH_SIZE_BYTES;
    if (isFull) this.flush();
    this.#messages.push(message);
    this.#payloads.push(payloadBytes);
    this.#gatheredBytes += bytes;
    if (this.#settings.linger === 0) this.flush();
    else if (this.#lingering === null) {
      const { context } = this.#environment;
      this.#lingering = context.after(this.#settings.linger, lingerOver, this);
    }
  }

  /** Ends the linger: what is gathered may leave now. */
  flush(): void {
    if (this.#lingering !== null) this.#environment.context.cancel(this.#lingering);
    this.#lingering = null;
    this.#ready = true;
    this.#drain();
  }

  established(): void {
    this.#environment.recorder.entry(EntryKind.Opened, {
      node: this.node.index,
      place: this.connection.index,
    });
    // What was not acknowledged goes first and under its old sequence numbers, so that nothing is
    // written twice.
    for (const sending of this.#unacknowledged) this.#put(sending);
    this.#drain();
  }

  closed(): void {
    this.#broker.forget(this.#channel);
  }

  arrived(transfer: Transfer<KafkaBody>): void {
    const { body } = transfer.parcel;
    if (transfer.route.to === this.connection.server) {
      this.#channel.receive(body as KafkaRequest);
    } else if (body.api === 'produced') this.#acknowledge(body.batch);
  }

  /** The program died: what was not on the line is gone. @returns the records that it held. */
  loseMemory(): MessageIndex[] {
    if (this.#lingering !== null) this.#environment.context.cancel(this.#lingering);
    this.#lingering = null;
    const held = [
      ...this.#unacknowledged.flatMap(({ batch }) => batch.messages),
      ...this.#messages,
    ];
    this.#unacknowledged.length = 0;
    this.#gathers([], []);
    // A restarted producer gets a new id, so its sequence starts where the log ends.
    this.#nextSequence = this.#log.lastSequence + 1;
    return held;
  }

  #drain(): void {
    while (this.#ready && this.connection.state === 'open' && this.#messages.length > 0) {
      if (this.#unacknowledged.length >= MAX_IN_FLIGHT_REQUESTS) return;
      this.#sendBatch();
    }
  }

  #sendBatch(): void {
    const { acks } = this.#settings;
    // More than one batch is gathered while the producer may not send.
    const count = recordsThatFit(this.#payloads, BATCH_SIZE_BYTES);
    const batch: RecordBatch = {
      log: this.#log,
      baseSequence: this.#nextSequence,
      messages: this.#messages.slice(0, count),
      payloadBytes: this.#payloads.slice(0, count),
    };
    this.#nextSequence += count;
    this.#gathers(this.#messages.slice(count), this.#payloads.slice(count));
    this.#ready = this.#messages.length > 0;
    const sending: Sending = { batch, acks, transfer: -1 };
    if (acks !== '0') this.#unacknowledged.push(sending);
    this.#put(sending);
    if (acks === '0') this.#letGo(batch);
  }

  #gathers(messages: MessageIndex[], payloads: number[]): void {
    this.#messages = messages;
    this.#payloads = payloads;
    this.#gatheredBytes = recordBatchBytes(payloads);
  }

  #put(sending: Sending): void {
    const { batch, acks } = sending;
    const transfer = this.connection.send(this.node, {
      type: 'produce',
      bytes: produceRequestBytes(recordBatchBytes(batch.payloadBytes)),
      payloadBytes: batch.payloadBytes.reduce((sum, bytes) => sum + bytes, 0),
      messages: batch.messages,
      body: { api: 'produce', batch, acks },
    });
    sending.transfer = transfer.index;
  }

  #acknowledge(batch: RecordBatch): void {
    const place = this.#unacknowledged.findIndex((candidate) => candidate.batch === batch);
    const [sending] = place < 0 ? [] : this.#unacknowledged.splice(place, 1);
    if (!sending) return;
    this.#environment.recorder.entry(EntryKind.Acknowledged, {
      node: this.node.index,
      place: this.#log.index,
      transfer: sending.transfer,
      value: batch.messages.length,
      detail: 0,
    });
    this.#acknowledged(batch);
    this.#drain();
  }

  /** acks 0: nobody will answer, so the producer forgets a record as soon as it is on the line. */
  #letGo(batch: RecordBatch): void {
    for (const message of batch.messages) {
      this.#environment.recorder.entry(EntryKind.LetGo, {
        node: this.node.index,
        message,
        value: lossCauseCode('never acknowledged'),
      });
    }
    this.#acknowledged(batch);
  }
}

const lingerOver = (producer: Producer): void => producer.flush();
