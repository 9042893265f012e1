// How the WebSocket connections of a scene are made and what a reader may change about them while
// they live; does nothing of it itself.

import { type SimTime, seconds } from '../kernel/simTime';
import type { HandshakeTerms } from '../trace/trace';
import { PLAIN_TERMS } from './wire/handshake/openingHandshake';

/** What is fixed when a scene begins. */
export interface SocketScene {
  /** One connection for all, or a new one for each message, as short-lived requests have it. */
  readonly persistence: 'kept' | 'each';
  readonly handshake: HandshakeTerms;
  /** Who pings; that the client can, is for programs: a browser offers its scripts no ping. */
  readonly heartbeatOf: 'server' | 'both';
  /** Bytes that an end's kernel keeps until its program reads them; Infinity: no flow control. */
  readonly receiveWindowBytes: number;
  /** Bytes that an end's kernel takes over from its program and keeps until they may leave. */
  readonly sendKernelBytes: number;
  /** Of each line; Infinity: a frame leaves in no time. */
  readonly rateBytesPerSecond: number;
  readonly acts: readonly SocketAct[];
}

/** Something that a program does to a connection of its own. */
export interface SocketAct {
  readonly at: SimTime;
  /** The names that interventions use. */
  readonly by: string;
  readonly peer: string;
  /** `violate`: it sends what the protocol forbids, so that the peer fails with `code`. */
  readonly act: 'close' | 'terminate' | 'violate';
  /** Null: a close frame without a code. */
  readonly code: number | null;
}

/** One kept connection, nothing asked for, and lines that carry whatever is sent. */
export const PLAIN_SOCKETS: SocketScene = {
  persistence: 'kept',
  handshake: PLAIN_TERMS,
  heartbeatOf: 'both',
  receiveWindowBytes: Number.POSITIVE_INFINITY,
  sendKernelBytes: Number.POSITIVE_INFINITY,
  rateBytesPerSecond: Number.POSITIVE_INFINITY,
  acts: [],
};

/** What an end does with a message when its buffer is full. */
export type SendPolicy = 'buffer' | 'drop' | 'close';

/** What a reader may change while the scene runs; durations in microseconds. */
export interface SocketSettings {
  /** How often an end pings; 0: no heartbeat. */
  pingInterval: number;
  /** How long it waits for the pong before it gives the connection up. */
  pongTimeout: number;
  /** Wait before the first try to reconnect; 0: at once, and again as soon as there is a way. */
  reconnectDelay: number;
  /** Longest wait between two tries. */
  reconnectMax: number;
  /** Percent by which a wait may be shorter or longer, at random. */
  reconnectJitter: number;
  sendPolicy: SendPolicy;
  /** `bufferedAmount` from which the policy acts. */
  bufferLimit: number;
}

/** No heartbeat, no wait, no limit: what the contract of the first scenes says. */
export const PLAIN_SOCKET_SETTINGS: SocketSettings = {
  pingInterval: 0,
  pongTimeout: 0,
  reconnectDelay: 0,
  reconnectMax: seconds(5),
  reconnectJitter: 0,
  sendPolicy: 'buffer',
  bufferLimit: Number.MAX_SAFE_INTEGER,
};
