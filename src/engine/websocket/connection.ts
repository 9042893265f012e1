// One WebSocket connection: opening handshake, text frames both ways, abnormal end, a new start
// without replay.

import type { Environment, NetworkNode } from '../network/node';
import {
  type ConnectionListener,
  TcpConnection,
  type TcpConnectionOptions,
} from '../network/tcpConnection';
import type { Parcel, Transfer } from '../network/transfer';
import { EntryKind } from '../trace/entryKinds';
import type { MessageIndex } from '../trace/trace';
import { frameHeaderBytes } from './wire/frame';
import { type HandshakeOutcome, plainHandshake } from './wire/handshake/openingHandshake';

export interface TextMessage {
  readonly part: 'message';
  readonly message: MessageIndex;
  /** Place among all that this end has sent, from 0. */
  readonly place: number;
  readonly fromStorage: boolean;
}

/** What travels on the connection, as its ends read it. */
export type WebSocketBody =
  | { readonly part: 'request' }
  | { readonly part: 'response' }
  | TextMessage
  /** Null: a close frame without a code. */
  | { readonly part: 'close'; readonly code: number | null; readonly reason: string }
  /** Not of the protocol: the application's own "I have seen so much of what you sent". */
  | { readonly part: 'lastSeen'; readonly seen: number };

/** The application at the ends. */
export interface WebSocketListener {
  /** `at` may send from now on. */
  opened(connection: WebSocketConnection, at: NetworkNode): void;
  received(connection: WebSocketConnection, transfer: Transfer<WebSocketBody>): void;
  /** Both ends report 1006; `dropped` never arrived and will not be sent again. */
  closed(connection: WebSocketConnection, dropped: readonly Transfer<WebSocketBody>[]): void;
  /** Both ends can be reached (again); without it the connection is dialled at once. */
  canDial?(connection: WebSocketConnection): void;
}

const LAST_SEEN_PAYLOAD_BYTES = 16;
const CLOSE_CODE_BYTES = 2;

/** A text message in one frame; a server sends the same one on many connections. */
export function textFrame(
  payloadBytes: number,
  isMasked: boolean,
  body: TextMessage,
): Parcel<WebSocketBody> {
  return {
    type: 'message',
    bytes: payloadBytes + frameHeaderBytes(payloadBytes, isMasked),
    payloadBytes,
    messages: [body.message],
    body,
  };
}

export class WebSocketConnection implements ConnectionListener<WebSocketBody> {
  readonly tcp: TcpConnection<WebSocketBody>;
  readonly #environment: Environment;
  readonly #listener: WebSocketListener;
  #isOpenAtClient = false;
  #isOpenAtServer = false;
  readonly #handshake: HandshakeOutcome;

  constructor(
    environment: Environment,
    route: TcpConnectionOptions & { readonly handshake?: HandshakeOutcome },
    listener: WebSocketListener,
  ) {
    this.#environment = environment;
    this.#listener = listener;
    this.#handshake = route.handshake ?? plainHandshake(route.server.id);
    this.tcp = new TcpConnection<WebSocketBody>(environment, route, this);
  }

  /** Whether this end has seen the handshake through (readyState OPEN). */
  isOpenAt(node: NetworkNode): boolean {
    return node === this.tcp.client ? this.#isOpenAtClient : this.#isOpenAtServer;
  }

  peerOf(node: NetworkNode): NetworkNode {
    return node === this.tcp.client ? this.tcp.server : this.tcp.client;
  }

  /** Sends a close frame, and nothing after it (RFC 6455 §5.5.1). */
  close(from: NetworkNode, code: number): void {
    const { client, index } = this.tcp;
    if (from === client) this.#isOpenAtClient = false;
    else this.#isOpenAtServer = false;
    this.#environment.recorder.entry(EntryKind.Closing, {
      node: from.index,
      place: index,
      value: code,
    });
    const bytes = CLOSE_CODE_BYTES + frameHeaderBytes(CLOSE_CODE_BYTES, from === client);
    this.#control(from, 'close', bytes, { part: 'close', code, reason: '' });
  }

  /** Sends one text message in one frame. */
  send(from: NetworkNode, payloadBytes: number, body: TextMessage): void {
    this.tcp.send(from, textFrame(payloadBytes, from === this.tcp.client, body));
  }

  sendLastSeen(from: NetworkNode, seen: number): void {
    const header = frameHeaderBytes(LAST_SEEN_PAYLOAD_BYTES, from === this.tcp.client);
    const body = { part: 'lastSeen', seen } as const;
    this.#control(from, 'lastSeen', LAST_SEEN_PAYLOAD_BYTES + header, body);
  }

  established(): void {
    this.#control(this.tcp.client, 'handshake', this.#handshake.requestBytes, { part: 'request' });
  }

  closed(dropped: readonly Transfer<WebSocketBody>[]): void {
    this.#isOpenAtClient = false;
    this.#isOpenAtServer = false;
    this.#listener.closed(this, dropped);
  }

  canDial(): void {
    if (this.#listener.canDial) this.#listener.canDial(this);
    else this.tcp.open();
  }

  arrived(transfer: Transfer<WebSocketBody>): void {
    const { part } = transfer.parcel.body;
    if (part === 'request') {
      const { responseBytes } = this.#handshake;
      this.#control(this.tcp.server, 'handshake', responseBytes, { part: 'response' });
      this.#openAt(this.tcp.server);
    } else if (part === 'response') {
      this.#environment.recorder.entry(EntryKind.Opened, {
        node: this.tcp.client.index,
        place: this.tcp.index,
        value: 1,
      });
      this.#openAt(this.tcp.client);
    } else this.#listener.received(this, transfer);
  }

  #openAt(node: NetworkNode): void {
    if (node === this.tcp.client) this.#isOpenAtClient = true;
    else this.#isOpenAtServer = true;
    this.#listener.opened(this, node);
  }

  #control(
    from: NetworkNode,
    type: 'handshake' | 'lastSeen' | 'close',
    bytes: number,
    body: WebSocketBody,
  ): void {
    this.tcp.send(from, { type, bytes, payloadBytes: 0, messages: [], body });
  }
}
