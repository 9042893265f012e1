// How the WebSocket connections of a scene are made and what a reader may change about them while
// they live; does nothing of it itself.

/** What is fixed when a scene begins. */
export interface SocketScene {
  /** One connection for all, or a new one for each message, as short-lived requests have it. */
  readonly persistence: 'kept' | 'each';
  /** `Sec-WebSocket-Protocol` that clients ask for, dearest first; empty: none. */
  readonly subprotocols: readonly string[];
  /** A proxy on the way may forward no `Upgrade`, as one that knows only HTTP does. */
  readonly proxy: 'none' | 'dropsUpgrade';
  /** `Sec-WebSocket-Version` that clients ask for; a server knows 13 alone. */
  readonly version: number;
  readonly extension: 'none' | 'permessage-deflate';
  /** Bytes that an end's kernel keeps until its program reads them; Infinity: no flow control. */
  readonly receiveWindowBytes: number;
  /** Bytes that an end's kernel takes over from its program and keeps until they may leave. */
  readonly sendKernelBytes: number;
  /** Of each line; Infinity: a frame leaves in no time. */
  readonly rateBytesPerSecond: number;
}

/** One kept connection, nothing asked for, and lines that carry whatever is sent. */
export const PLAIN_SOCKETS: SocketScene = {
  persistence: 'kept',
  subprotocols: [],
  proxy: 'none',
  version: 13,
  extension: 'none',
  receiveWindowBytes: Number.POSITIVE_INFINITY,
  sendKernelBytes: Number.POSITIVE_INFINITY,
  rateBytesPerSecond: Number.POSITIVE_INFINITY,
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
  reconnectMax: 0,
  reconnectJitter: 0,
  sendPolicy: 'buffer',
  bufferLimit: Number.MAX_SAFE_INTEGER,
};
