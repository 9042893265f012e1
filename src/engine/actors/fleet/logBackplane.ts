// A topic with one partition as the backplane: every server writes to it and reads all of it, each
// from where it stands, so that who was cut off catches up.

import { recordBatchBytes } from '../../kafka/wire/recordBatch';
import { TOPIC_AND_PARTITION_BYTES } from '../../kafka/wire/requestBytes';
import { FETCH_RESPONSE_HEADER_BYTES, fetchedPartitionBytes } from '../../kafka/wire/responseBytes';
import type { Environment, NetworkNode } from '../../network/node';
import type { TcpConnectionOptions } from '../../network/tcpConnection';
import { NO_MESSAGES, type Transfer } from '../../network/transfer';
import { EntryKind } from '../../trace/entryKinds';
import type { MessageIndex, PartitionIndex } from '../../trace/trace';
import type { Backplane, BackplaneListener } from './backplane';
import { BackplaneLine, type LineListener } from './backplaneLine';
import type { SocketServer } from './socketServer';

/** What a server and the log say to each other. */
type Body =
  | { readonly part: 'produce'; readonly message: MessageIndex }
  | { readonly part: 'ack'; readonly message: MessageIndex }
  | { readonly part: 'fetch'; readonly offset: number }
  | {
      readonly part: 'records';
      readonly offset: number;
      readonly records: readonly MessageIndex[];
    };

/** One server's program at the log. */
interface Client {
  readonly server: SocketServer;
  readonly line: BackplaneLine<Body>;
  /** Sent and not acknowledged: sent again when the line is open again. */
  readonly unacknowledged: Set<MessageIndex>;
  /** The offset that it reads next. */
  position: number;
  /** It counts as a holder of what stands from here on. */
  holdsFrom: number;
  /** Its fetch waits at the log for the next record. */
  isParked: boolean;
}

// What stands around the records in Kafka's requests and answers about one partition, as the Kafka
// stage counts it.
const PRODUCE_BYTES = 23 + 7 + TOPIC_AND_PARTITION_BYTES + 2;
const ACK_BYTES = 55;
const FETCH_BYTES = 82;

export class LogBackplane implements Backplane, LineListener<Body> {
  readonly bringsBack = true;
  readonly #environment: Environment;
  readonly #listener: BackplaneListener;
  readonly #payloadBytes: number;
  readonly #node: NetworkNode;
  readonly #namePartition: () => PartitionIndex;
  #partition: PartitionIndex = -1;
  readonly #clients: readonly Client[];
  readonly #records: MessageIndex[] = [];
  readonly #known = new Set<MessageIndex>();

  constructor(
    environment: Environment,
    listener: BackplaneListener,
    parts: {
      readonly servers: readonly SocketServer[];
      readonly routes: readonly TcpConnectionOptions[];
      readonly payloadBytes: number;
      readonly node: NetworkNode;
      /** Asked once, when everything else has its number. */
      readonly namePartition: () => PartitionIndex;
    },
  ) {
    this.#environment = environment;
    this.#listener = listener;
    this.#payloadBytes = parts.payloadBytes;
    this.#node = parts.node;
    this.#namePartition = parts.namePartition;
    this.#clients = parts.servers.map((server, place) => ({
      server,
      line: new BackplaneLine<Body>(environment, server, {
        route: parts.routes[place] as TcpConnectionOptions,
        listener: this,
      }),
      unacknowledged: new Set<MessageIndex>(),
      position: 0,
      holdsFrom: 0,
      isParked: false,
    }));
  }

  start(): void {
    this.#partition = this.#namePartition();
    for (const { line } of this.#clients) line.open();
  }

  publish(server: SocketServer, message: MessageIndex): void {
    const client = this.#clientOf(server);
    client.unacknowledged.add(message);
    if (client.line.isOpen) this.#produce(client, message);
  }

  lineOpened({ server }: BackplaneLine<Body>): void {
    const client = this.#clientOf(server);
    for (const message of client.unacknowledged) this.#produce(client, message);
    this.#fetch(client);
  }

  lineClosed({ server }: BackplaneLine<Body>): void {
    this.#clientOf(server).isParked = false;
  }

  arrived({ server }: BackplaneLine<Body>, { parcel: { body } }: Transfer<Body>): void {
    const client = this.#clientOf(server);
    if (body.part === 'produce') this.#append(client, body.message);
    else if (body.part === 'ack') client.unacknowledged.delete(body.message);
    else if (body.part === 'fetch') this.#serve(client, body.offset);
    else this.#take(client, body);
  }

  // Simplified: The offset up to which a server has read is safe as soon as it has read it; a
  // consumer of Kafka commits it later.
  crashed(server: SocketServer): void {
    const client = this.#clientOf(server);
    const lost = [...client.unacknowledged];
    client.unacknowledged.clear();
    for (const message of lost) {
      if (this.#known.has(message)) continue;
      this.#listener.failed(message, 'lost in the crash');
      this.#listener.released(message);
    }
    // Whoever was its client is elsewhere; it brings nobody anything until it is back.
    const from = Math.max(client.position, client.holdsFrom);
    client.holdsFrom = Number.POSITIVE_INFINITY;
    for (let offset = from; offset < this.#records.length; offset += 1) {
      this.#listener.released(this.#records[offset] as MessageIndex);
    }
  }

  restarted(server: SocketServer): void {
    this.#clientOf(server).holdsFrom = this.#records.length;
  }

  #clientOf({ place }: SocketServer): Client {
    return this.#clients[place] as Client;
  }

  #append(writer: Client, message: MessageIndex): void {
    // Sent again because the answer was lost: the log knows it by its number.
    if (!this.#known.has(message)) {
      this.#known.add(message);
      const offset = this.#records.push(message) - 1;
      const { recorder } = this.#environment;
      const at = { node: this.#node.index, place: this.#partition };
      recorder.entry(EntryKind.Appended, { ...at, message, value: offset });
      recorder.entry(EntryKind.WatermarkMoved, { ...at, value: offset + 1 });
      this.#handOut(message);
    }
    const body = { part: 'ack', message } as const;
    writer.line.toServer({
      type: 'ack',
      bytes: ACK_BYTES,
      payloadBytes: 0,
      messages: NO_MESSAGES,
      body,
    });
  }

  /** Every server that runs holds it now; the one that wrote it holds it no more than others. */
  #handOut(message: MessageIndex): void {
    const holders = this.#clients.filter(({ holdsFrom }) => Number.isFinite(holdsFrom));
    this.#listener.broadcastOf(message)?.hold(holders.length);
    for (const client of this.#clients) {
      if (client.isParked) this.#serve(client, this.#records.length - 1);
    }
    this.#listener.released(message);
  }

  #serve(client: Client, offset: number): void {
    const records = this.#records.slice(offset);
    client.isParked = records.length === 0;
    if (client.isParked) return;
    const payloads = records.map(() => this.#payloadBytes);
    const batches = fetchedPartitionBytes(recordBatchBytes(payloads));
    client.line.toServer({
      type: 'records',
      bytes: FETCH_RESPONSE_HEADER_BYTES + batches,
      payloadBytes: records.length * this.#payloadBytes,
      messages: records,
      body: { part: 'records', offset, records },
    });
  }

  #take(
    client: Client,
    { offset, records }: { readonly offset: number; readonly records: readonly MessageIndex[] },
  ): void {
    const { context, recorder } = this.#environment;
    const { cause } = context;
    client.position = offset + records.length;
    recorder.entry(EntryKind.ReadOn, {
      node: client.server.node.index,
      place: this.#partition,
      value: client.position,
    });
    records.forEach((message, at) => {
      context.cause = cause;
      this.#listener.reached(client.server, message);
      if (offset + at >= client.holdsFrom) this.#listener.released(message);
    });
    this.#fetch(client);
  }

  #produce(client: Client, message: MessageIndex): void {
    client.line.toBackplane({
      type: 'produce',
      bytes: recordBatchBytes([this.#payloadBytes]) + PRODUCE_BYTES,
      payloadBytes: this.#payloadBytes,
      messages: [message],
      body: { part: 'produce', message },
    });
  }

  #fetch({ line, position }: Client): void {
    line.toBackplane({
      type: 'poll',
      bytes: FETCH_BYTES,
      payloadBytes: 0,
      messages: NO_MESSAGES,
      body: { part: 'fetch', offset: position },
    });
  }
}
