// Publish and subscribe: passes each message on to every server that is connected now, and forgets
// it, as Redis pub/sub does.

import type { Environment } from '../../network/node';
import type { TcpConnectionOptions } from '../../network/tcpConnection';
import type { Transfer } from '../../network/transfer';
import type { MessageIndex } from '../../trace/trace';
import type { Backplane, BackplaneListener } from './backplane';
import { BackplaneLine, type LineListener } from './backplaneLine';
import type { SocketServer } from './socketServer';

type Body = { readonly message: MessageIndex };

/** `*3 $7 PUBLISH $4 room $<n>` with their line ends, in Redis's protocol; "message" is as long. */
const AROUND_BYTES = 34;

export class PubSubBackplane implements Backplane, LineListener<Body> {
  readonly bringsBack = false;
  readonly #listener: BackplaneListener;
  readonly #payloadBytes: number;
  readonly #lines: readonly BackplaneLine<Body>[];

  constructor(
    environment: Environment,
    listener: BackplaneListener,
    parts: {
      readonly servers: readonly SocketServer[];
      readonly routes: readonly TcpConnectionOptions[];
      readonly payloadBytes: number;
    },
  ) {
    this.#listener = listener;
    this.#payloadBytes = parts.payloadBytes;
    this.#lines = parts.servers.map((server, place) => {
      const route = parts.routes[place] as TcpConnectionOptions;
      return new BackplaneLine<Body>(environment, server, { route, listener: this });
    });
  }

  start(): void {
    for (const line of this.#lines) line.open();
  }

  publish(server: SocketServer, message: MessageIndex): void {
    const line = this.#lines[server.place];
    if (line?.isOpen) line.toBackplane(this.#parcel('publish', message));
    else this.#lose(message);
  }

  // Simplified: A server is subscribed as soon as its connection to the backplane is open, and its
  // own messages do not come back to it.
  arrived(line: BackplaneLine<Body>, transfer: Transfer<Body>): void {
    const { type, body } = transfer.parcel;
    const { message } = body;
    if (type === 'fanOut') {
      this.#listener.reached(line.server, message);
      this.#listener.released(message);
      return;
    }
    const broadcast = this.#listener.broadcastOf(message);
    for (const other of this.#lines) {
      if (other === line) continue;
      if (other.isOpen) {
        broadcast?.hold();
        other.toServer(this.#parcel('fanOut', message));
      } else this.#listener.failed(message, 'backplane forgot');
    }
    this.#listener.released(message);
  }

  lineOpened(): void {
    // Nothing was kept that could be sent now.
  }

  lineClosed({ server }: BackplaneLine<Body>, dropped: readonly Transfer<Body>[]): void {
    for (const { parcel } of dropped) {
      const isOwn = parcel.type === 'publish' && !server.node.up;
      if (isOwn) this.#listener.failed(parcel.body.message, 'lost in the crash');
      else this.#listener.failed(parcel.body.message, 'backplane forgot');
      this.#listener.released(parcel.body.message);
    }
  }

  crashed(): void {
    // Its line has died with it, and that is all.
  }

  restarted(): void {
    // Its line opens by itself.
  }

  #lose(message: MessageIndex): void {
    this.#listener.failed(message, 'backplane forgot');
    this.#listener.released(message);
  }

  #parcel(type: 'publish' | 'fanOut', message: MessageIndex) {
    return {
      type,
      bytes: this.#payloadBytes + AROUND_BYTES,
      payloadBytes: this.#payloadBytes,
      messages: [message],
      body: { message },
    };
  }
}
