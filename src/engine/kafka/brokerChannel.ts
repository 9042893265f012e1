// One client connection as the broker sees it: one request is worked on at a time, the others wait
// in the socket.

import type { TcpConnection } from '../network/tcpConnection';
import type { Parcel } from '../network/transfer';
import type { NodeIndex, PartitionIndex } from '../trace/trace';
import type { Offset, PartitionLog } from './partitionLog';
import type { KafkaBody, KafkaRequest } from './requests';

/** The work of the broker, request by request. */
export type RequestWork = (channel: BrokerChannel, request: KafkaRequest) => void;

/**
 * After a full request is read the channel is mute until its response has been sent (Kafka 4.3,
 * SocketServer.processCompletedReceives), so request and response alternate on each connection.
 */
export class BrokerChannel {
  readonly client: NodeIndex;
  /** Logs that the consumer on this connection reads; empty for a producer's. */
  readonly logs: readonly PartitionLog[];
  /**
   * How far this reader has been answered, by partition; `undefined` until its first fetch says.
   */
  readonly answeredTo = new Map<PartitionIndex, Offset>();
  /** What the broker knows that this reader's group has committed; outlives the connection. */
  readonly committed = new Map<PartitionIndex, Offset>();
  readonly #connection: TcpConnection<KafkaBody>;
  readonly #work: RequestWork;
  readonly #waiting: KafkaRequest[] = [];
  #mute = false;

  constructor(
    connection: TcpConnection<KafkaBody>,
    logs: readonly PartitionLog[],
    work: RequestWork,
  ) {
    this.#connection = connection;
    this.client = connection.client.index;
    this.logs = logs;
    this.#work = work;
  }

  get isOpen(): boolean {
    return this.#connection.state === 'open';
  }

  receive(request: KafkaRequest): void {
    this.#waiting.push(request);
    this.#next();
  }

  /** Sends the response of the request at work, and lets the next one in. */
  respond(parcel: Parcel<KafkaBody>): void {
    this.#connection.send(this.#connection.server, parcel);
    this.finish();
  }

  /** Ends the request at work without a response (acks 0). */
  finish(): void {
    this.#mute = false;
    this.#next();
  }

  /** The connection died; what waited in its socket is gone. */
  reset(): void {
    this.#waiting.length = 0;
    this.#mute = false;
    this.answeredTo.clear();
  }

  #next(): void {
    if (this.#mute) return;
    const request = this.#waiting.shift();
    if (!request) return;
    this.#mute = true;
    this.#work(this, request);
  }
}
