// One gateway as the stage has it: its sockets, how far each browser on them is served, and where
// it stands in the log. It sends nothing.

import type { ClientProcess } from '../../kafka/client/clientProcess';
import type { Offset } from '../../kafka/wire/requests';
import type { NetworkNode } from '../../network/node';
import type { MessageIndex, PartitionIndex } from '../../trace/trace';
import type { WebSocketConnection } from '../../websocket/connection';
import type { SocketServer } from '../fleet/socketServer';
import type { Browser } from './browser';
import type { GatewayProgram } from './gatewayProgram';

/** One browser on one connection. */
export interface Session {
  readonly browser: Browser;
  readonly connection: WebSocketConnection;
  /** The next offset that is for it; null: that is not known yet. */
  next: Offset | null;
  /** What stands below it was written before this connection began. */
  storedBelow: Offset;
}

export class Gateway {
  readonly server: SocketServer;
  readonly process: ClientProcess;
  readonly program: GatewayProgram;
  /** By the node of the browser. */
  readonly sessions = new Map<number, Session>();
  /** What browsers have said and the log has not confirmed. */
  readonly unconfirmed = new Set<MessageIndex>();
  /** The offset after the last that it has read, in all its life. */
  reached: Offset = 0;
  /** Its program has begun, and does not know yet where its readers stand. */
  isFresh = true;

  constructor(parts: {
    readonly server: SocketServer;
    readonly process: ClientProcess;
    readonly program: GatewayProgram;
  }) {
    this.server = parts.server;
    this.process = parts.process;
    this.program = parts.program;
  }

  get node(): NetworkNode {
    return this.server.node;
  }

  /** Where it reads a log; null: it does not, or has to ask first. */
  positionIn(partition: PartitionIndex): Offset | null {
    return this.program.consumer?.stands.get(partition) ?? null;
  }

  /** The first offset that one of its browsers waits for; Infinity: none waits. */
  get firstWanted(): Offset {
    let first = Number.POSITIVE_INFINITY;
    for (const { next } of this.sessions.values()) {
      if (next !== null) first = Math.min(first, next);
    }
    return first;
  }

  seek(partition: PartitionIndex, to: Offset): void {
    this.program.consumer?.seek(new Map([[partition, to]]));
  }
}
