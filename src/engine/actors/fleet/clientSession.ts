// A client of a fleet: which connection it has now, which ones it had, and why it has none.

import type { EventId } from '../../kernel/eventQueue';
import type { NetworkNode } from '../../network/node';
import type { LossCause } from '../../trace/entryKinds';
import type { WebSocketConnection } from '../../websocket/connection';
import type { SocketServer } from './socketServer';

export class ClientSession {
  readonly node: NetworkNode;
  /** Dialled and not ended; null: it has none. */
  current: WebSocketConnection | null = null;
  server: SocketServer | null = null;
  /** Tries since it was connected last. */
  tries = 0;
  retry: EventId | null = null;
  /** No server took it, and it waits for one. */
  isWaiting = false;
  /** Its last connection was ended from the other side. */
  wasLeft = false;

  constructor(node: NetworkNode) {
    this.node = node;
  }

  /** The server whose connection is open at the server's end. */
  get home(): SocketServer | null {
    const { current, server } = this;
    return current !== null && server?.node.up && server.open.has(current) ? server : null;
  }

  /** Why messages miss it while it has no such server. */
  get whyGone(): LossCause {
    const isDown = this.server?.node.up === false || this.server?.isDraining === true;
    return this.node.isReachable && (this.wasLeft || isDown) ? 'server gone' : 'reader away';
  }
}
