// Gets clients connected: asks the balancer for a server, dials, and tries again after an end.

import { microseconds } from '../../kernel/simTime';
import type { Environment, NetworkNode } from '../../network/node';
import type { WebSocketConnection } from '../../websocket/connection';
import { reconnectDelay } from '../../websocket/life/reconnect';
import type { SocketSettings } from '../../websocket/socketScene';
import type { Balancer } from './balancer';
import { ClientSession } from './clientSession';
import type { SocketServer } from './socketServer';

/** Makes the connection from a client to a server, closed. */
export type Connector = (client: NetworkNode, server: SocketServer) => WebSocketConnection;

const MOST_SERVERS = 8;

export class Dialler {
  readonly sessions: readonly ClientSession[];
  readonly #environment: Environment;
  readonly #settings: SocketSettings;
  readonly #balancer: Balancer;
  readonly #connector: Connector;
  /** By node. */
  readonly #sessionOf: (ClientSession | undefined)[] = [];
  /** By client and server. */
  readonly #connections = new Map<number, WebSocketConnection>();
  /** Those for whom there was no server, in the order in which they came. */
  readonly #waiting = new Set<ClientSession>();

  constructor(
    environment: Environment,
    settings: SocketSettings,
    parts: {
      readonly clients: readonly NetworkNode[];
      readonly balancer: Balancer;
      readonly connector: Connector;
    },
  ) {
    this.#environment = environment;
    this.#settings = settings;
    this.#balancer = parts.balancer;
    this.#connector = parts.connector;
    this.sessions = parts.clients.map((node) => new ClientSession(node));
    for (const session of this.sessions) this.#sessionOf[session.node.index] = session;
  }

  sessionOf({ index }: NetworkNode): ClientSession | undefined {
    return this.#sessionOf[index];
  }

  dialAll(): void {
    const { context } = this.#environment;
    const { cause } = context;
    for (const session of this.sessions) {
      // Nobody dials because somebody else did.
      context.cause = cause;
      this.dial(session);
    }
  }

  /** Dials unless there is a connection already, or no way to one. */
  dial(session: ClientSession): void {
    if (session.current !== null || !session.node.isReachable) return;
    const server = this.#balancer.pick(session.node);
    if (server === null) {
      this.#findsNone(session);
      return;
    }
    this.#waiting.delete(session);
    const connection = this.#connection(session, server);
    session.current = connection;
    session.server = server;
    server.taken += 1;
    connection.tcp.open();
  }

  /** A connection has ended; its client tries again. */
  ended(connection: WebSocketConnection, server: SocketServer): void {
    const session = this.sessionOf(connection.tcp.client);
    server.taken -= 1;
    if (session?.current === connection) {
      session.current = null;
      session.wasLeft = session.node.isReachable;
      this.#tryLater(session);
    }
    this.serversChanged();
  }

  opened(session: ClientSession): void {
    session.tries = 0;
  }

  /** A server takes connections that did not before. */
  serversChanged(): void {
    for (const session of this.#waiting) {
      this.dial(session);
      if (session.current === null) return;
    }
  }

  #findsNone(session: ClientSession): void {
    if (this.#settings.reconnectDelay > 0) this.#tryLater(session);
    else this.#waiting.add(session);
  }

  #tryLater(session: ClientSession): void {
    const { context } = this.#environment;
    if (session.retry !== null) context.cancel(session.retry);
    session.retry = null;
    if (!session.node.isReachable) return;
    const wait = this.#waitOf(session);
    if (wait === 0) this.dial(session);
    else {
      const retry = () => {
        session.retry = null;
        this.dial(session);
      };
      session.retry = context.after(microseconds(wait), retry, undefined);
    }
  }

  #waitOf(session: ClientSession): number {
    if (this.#settings.reconnectDelay === 0) return 0;
    const { tries } = session;
    session.tries += 1;
    const random = this.#environment.context.random('reconnect jitter');
    return reconnectDelay(this.#settings, tries, random.fraction());
  }

  /** Made when it is first dialled. */
  #connection({ node }: ClientSession, server: SocketServer): WebSocketConnection {
    const key = node.index * MOST_SERVERS + server.place;
    const known = this.#connections.get(key);
    if (known) return known;
    const made = this.#connector(node, server);
    this.#connections.set(key, made);
    return made;
  }
}
