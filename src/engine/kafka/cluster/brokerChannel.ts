// One client connection as the broker sees it: one request is worked on at a time, the others wait
// in the socket.

import type { TcpConnection } from '../../network/tcpConnection';
import type { Parcel } from '../../network/transfer';
import type { NodeIndex, PartitionIndex } from '../../trace/trace';
import type { FetchPosition, KafkaBody, KafkaRequest, Offset } from '../wire/requests';

/** Works on requests, one after the other; the broker does. */
export interface RequestWorker {
  work(channel: BrokerChannel, request: KafkaRequest): void;
  /** The client of this connection reads, though it has not asked yet. */
  reads(channel: BrokerChannel): void;
}

/**
 * After a full request is read the channel is mute until its response has been sent (Kafka 4.3,
 * SocketServer.processCompletedReceives), so request and response alternate on each connection.
 */
export class BrokerChannel {
  readonly client: NodeIndex;
  /** Partitions that are read on this connection, and how far they have been answered (KIP-227). */
  readonly partitions: PartitionIndex[] = [];
  readonly offsets: Offset[] = [];
  /** Grows when the connection dies: what was to be answered before then, nobody waits for. */
  session = 0;
  readonly #connection: TcpConnection<KafkaBody>;
  readonly #broker: RequestWorker;
  readonly #waiting: KafkaRequest[] = [];
  #mute = false;
  #losesNextAck = false;

  constructor(connection: TcpConnection<KafkaBody>, broker: RequestWorker) {
    this.#connection = connection;
    this.#broker = broker;
    this.client = connection.client.index;
  }

  get isOpen(): boolean {
    return this.#connection.state === 'open';
  }

  /** A fetch stands in line that says anew where to read: those before it need not wait for data. */
  get isToReadElsewhere(): boolean {
    return this.#waiting.some((request) => request.api === 'fetch' && request.from !== null);
  }

  receive(request: KafkaRequest): void {
    if (this.#mute) this.#waiting.push(request);
    else this.#work(request);
  }

  /** The reader on this connection goes on from these positions, and reads nothing else. */
  readFrom(positions: readonly FetchPosition[]): void {
    this.partitions.length = 0;
    this.offsets.length = 0;
    for (const { partition, offset } of positions) {
      this.partitions.push(partition);
      this.offsets.push(offset);
    }
  }

  /** Without durability a topic keeps what a reader wants who has connected and not yet asked. */
  startsAt(partition: PartitionIndex, offset: Offset): void {
    this.partitions.push(partition);
    this.offsets.push(offset);
    this.#broker.reads(this);
  }

  /** Sends the response of the request at work, and lets the next one in. */
  respond(parcel: Parcel<KafkaBody>): void {
    this.#connection.send(this.#connection.server, parcel);
    if (this.#losesNextAck && parcel.body.api === 'produced') {
      this.#losesNextAck = false;
      this.breakOff();
    } else this.finish();
  }

  /** Ends the request at work without a response (acks 0). */
  finish(): void {
    this.#mute = false;
    this.#next();
  }

  /** Closes the connection: both ends are dead at once, and the client is told. */
  breakOff(): void {
    this.#connection.unreachable();
  }

  /** The next produce response will be sent and lost, and the connection with it. */
  loseNextAck(): void {
    this.#losesNextAck = true;
  }

  /** The connection died; what waited in its socket is gone. */
  reset(): void {
    this.session += 1;
    this.#waiting.length = 0;
    this.#mute = false;
    this.partitions.length = 0;
    this.offsets.length = 0;
  }

  #next(): void {
    if (this.#mute || this.#waiting.length === 0) return;
    this.#work(this.#waiting.shift() as KafkaRequest);
  }

  #work(request: KafkaRequest): void {
    this.#mute = true;
    this.#broker.work(this, request);
  }
}
