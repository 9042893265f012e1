// Which server a new connection goes to: round robin, or the one that the client had before.

import type { NetworkNode } from '../../network/node';
import type { SocketServer } from './socketServer';

/**
 * `sticky`: a client that comes again goes to the server that it had, if that one takes it. One
 * WebSocket connection does not need it, for it stays where it is; the many requests of an HTTP
 * long poll do.
 */
export type Balancing = 'round-robin' | 'sticky';

export class Balancer {
  readonly #node: NetworkNode | null;
  readonly #servers: readonly SocketServer[];
  readonly #balancing: Balancing;
  readonly #last = new Map<NetworkNode, SocketServer>();
  #next = 0;

  /** `node`: the machine that does it; null: its clients know all servers themselves. */
  constructor(node: NetworkNode | null, servers: readonly SocketServer[], balancing: Balancing) {
    this.#node = node;
    this.#servers = servers;
    this.#balancing = balancing;
  }

  // Simplified: The balancer knows at once which servers take connections; a real one asks each of
  // them every few seconds.
  /** The server for a connection that `client` dials now; null: none takes it. */
  pick(client: NetworkNode): SocketServer | null {
    if (this.#node?.isReachable === false) return null;
    const server = this.#known(client) ?? this.#inTurn();
    if (server && this.#balancing === 'sticky') this.#last.set(client, server);
    return server;
  }

  #known(client: NetworkNode): SocketServer | null {
    const server = this.#last.get(client);
    return server?.takesMore ? server : null;
  }

  #inTurn(): SocketServer | null {
    const count = this.#servers.length;
    for (let step = 0; step < count; step += 1) {
      const server = this.#servers[(this.#next + step) % count] as SocketServer;
      if (!server.takesMore) continue;
      this.#next = (server.place + 1) % count;
      return server;
    }
    return null;
  }
}
