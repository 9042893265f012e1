// One server of a fleet: whose connections end here, and whether it takes more; sends nothing.

import type { NetworkNode } from '../../network/node';
import type { WebSocketConnection } from '../../websocket/connection';

export class SocketServer {
  readonly node: NetworkNode;
  /** Among the servers, from 0. */
  readonly place: number;
  /** Connections that this end may send on, in the order of their opening. */
  readonly open = new Set<WebSocketConnection>();
  /** Connections that clients have dialled to it and that have not ended. */
  taken = 0;
  /** It says goodbye and takes nobody any more. */
  isDraining = false;
  readonly #limit: number;

  constructor(node: NetworkNode, place: number, limit: number) {
    this.node = node;
    this.place = place;
    this.#limit = limit;
  }

  get takesMore(): boolean {
    return this.node.isReachable && !this.isDraining && this.taken < this.#limit;
  }
}
