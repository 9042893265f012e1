// One HTTP/1.1 connection: requests one at a time, each answered before the next leaves, kept alive
// between them; knows nothing of what is asked.

import type { Environment, NetworkNode } from '../network/node';
import {
  type ConnectionListener,
  TcpConnection,
  type TcpConnectionOptions,
} from '../network/tcpConnection';
import type { Parcel, Transfer } from '../network/transfer';
import { EntryKind } from '../trace/entryKinds';
import type { HttpBody, HttpPart } from './httpBody';

/** What a connection took with it when it died. */
export interface LostWithConnection {
  /** On the line, either way. */
  readonly dropped: readonly Transfer<HttpBody>[];
  /** Requests that had not left yet. */
  readonly unsent: readonly Parcel<HttpBody>[];
}

/** The programs at both ends. */
export interface HttpListener {
  /** The client may ask. */
  opened(connection: HttpConnection): void;
  /** A request is at the server. */
  asked(connection: HttpConnection, transfer: Transfer<HttpBody>): void;
  /** A response, or a part of one that does not end, is at the client. */
  answered(connection: HttpConnection, transfer: Transfer<HttpBody>): void;
  closed(connection: HttpConnection, lost: LostWithConnection): void;
}

/** Parts of a response after which more of it may come. */
const GO_ON: readonly HttpPart[] = ['streamHead', 'event', 'gap'];

export class HttpConnection implements ConnectionListener<HttpBody> {
  readonly tcp: TcpConnection<HttpBody>;
  readonly #environment: Environment;
  readonly #listener: HttpListener;
  /** Asked for and not sent, oldest first. */
  #unsent: Parcel<HttpBody>[] = [];
  #isAwaitingAnswer = false;

  constructor(environment: Environment, route: TcpConnectionOptions, listener: HttpListener) {
    this.#environment = environment;
    this.#listener = listener;
    this.tcp = new TcpConnection<HttpBody>(environment, route, this);
  }

  get client(): NetworkNode {
    return this.tcp.client;
  }

  get isOpen(): boolean {
    return this.tcp.state === 'open';
  }

  /**
   * Asks as soon as everything asked before is answered (RFC 9112 §9.3: one response for each
   * request, in order; nobody pipelines). On a dead connection it fails at once.
   */
  request(parcel: Parcel<HttpBody>): void {
    this.#unsent.push(parcel);
    if (this.tcp.state === 'closed') this.closed([]);
    else this.#sendNext();
  }

  /** The server's answer to the request that it has, or a part of one that goes on. */
  respond(parcel: Parcel<HttpBody>): void {
    this.tcp.send(this.tcp.server, parcel);
  }

  established(): void {
    this.#environment.recorder.entry(EntryKind.Opened, {
      node: this.client.index,
      place: this.tcp.index,
    });
    this.#listener.opened(this);
    this.#sendNext();
  }

  arrived(transfer: Transfer<HttpBody>): void {
    if (transfer.route.to === this.tcp.server) {
      this.#listener.asked(this, transfer);
      return;
    }
    if (!GO_ON.includes(transfer.parcel.body.part)) this.#isAwaitingAnswer = false;
    this.#listener.answered(this, transfer);
    this.#sendNext();
  }

  // Nothing is sent again: whether a POST that got no answer was carried out, nobody can know, and
  // it must not be repeated by itself (RFC 9110 §9.2.2).
  closed(dropped: readonly Transfer<HttpBody>[]): void {
    const unsent = this.#unsent;
    this.#unsent = [];
    this.#isAwaitingAnswer = false;
    this.#listener.closed(this, { dropped, unsent });
  }

  #sendNext(): void {
    if (!this.isOpen || this.#isAwaitingAnswer) return;
    const next = this.#unsent.shift();
    if (next === undefined) return;
    this.#isAwaitingAnswer = true;
    this.tcp.send(this.client, next);
  }
}
