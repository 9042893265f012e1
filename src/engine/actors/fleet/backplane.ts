// What joins the servers of a fleet: takes a message from one of them and brings it to the others.

import type { LossCause } from '../../trace/entryKinds';
import type { MessageIndex } from '../../trace/trace';
import type { Broadcast } from './broadcast';
import type { SocketServer } from './socketServer';

/** The servers' side of it. */
export interface BackplaneListener {
  /** A server has it, and sends it to its clients. */
  reached(server: SocketServer, message: MessageIndex): void;
  /** One of its holders has passed it on or lost it. */
  released(message: MessageIndex): void;
  /** A server will not have it. */
  failed(message: MessageIndex, cause: LossCause): void;
  broadcastOf(message: MessageIndex): Broadcast | undefined;
}

export interface Backplane {
  /** Whether a server keeps what its own clients say for itself until it comes back from there. */
  readonly bringsBack: boolean;
  publish(server: SocketServer, message: MessageIndex): void;
  start(): void;
  /** The memory of a server is gone. */
  crashed(server: SocketServer): void;
  restarted(server: SocketServer): void;
}
