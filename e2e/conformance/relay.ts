// A TCP relay between a browser and a server: passes bytes on, holds them back, cuts the line, and
// counts frames with the engine's own decoder.

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { Frame } from '../../src/engine/websocket/wire/frame';
import { FrameDecoder } from '../../src/engine/websocket/wire/frameDecoder';
import { Waiting } from './waiting';

export type Way = 'up' | 'down';

/** What comes out of a socket, in order. */
type Arrival = Buffer | 'end' | 'reset';

const HEAD_END = '\r\n\r\n';

/** One direction of one connection. */
class Lane {
  /** Bytes that have been passed on. */
  head = '';
  readonly frames: Frame[] = [];
  /** Why the engine's decoder would read no further; empty: it would. */
  fault = '';
  /** Nothing more comes this way. */
  hasEnded = false;
  /** What is passed on does not arrive, but for its end. */
  isMuted = false;
  readonly #decoder: FrameDecoder;
  readonly #to: Socket;
  readonly #rewrite: (head: string) => string;
  #pending = Buffer.alloc(0);

  constructor(way: Way, to: Socket, rewrite: (head: string) => string) {
    this.#decoder = new FrameDecoder({
      role: way === 'up' ? 'server' : 'client',
      maxFrameBytes: Number.POSITIVE_INFINITY,
      maxMessageBytes: Number.POSITIVE_INFINITY,
      extension: 'permessage-deflate',
    });
    this.#to = to;
    this.#rewrite = rewrite;
  }

  pass(arrival: Arrival): void {
    if (typeof arrival === 'string') this.hasEnded = true;
    if (arrival === 'end') this.#to.end();
    else if (arrival === 'reset') this.#to.resetAndDestroy();
    else if (this.head === '') this.#passHead(arrival);
    else this.#passFrames(arrival);
  }

  #passHead(bytes: Buffer): void {
    this.#pending = Buffer.concat([this.#pending, bytes]);
    const end = this.#pending.indexOf(HEAD_END);
    if (end < 0) return;
    const rest = this.#pending.subarray(end + HEAD_END.length);
    this.head = this.#pending.subarray(0, end + HEAD_END.length).toString('latin1');
    this.#write(Buffer.from(this.#rewrite(this.head), 'latin1'));
    // The body of a refusal is no frame.
    const isRefusal = this.head.startsWith('HTTP/') && !this.head.startsWith('HTTP/1.1 101');
    if (isRefusal) this.#write(rest);
    else if (rest.length > 0) this.#passFrames(rest);
  }

  #passFrames(bytes: Buffer): void {
    for (const event of this.#decoder.feed(bytes)) {
      if (event.kind === 'fault') this.fault = `${event.code} ${event.why}`;
      else this.frames.push(event.frame);
    }
    this.#write(bytes);
  }

  #write(bytes: Buffer): void {
    if (this.isMuted || this.#to.destroyed || this.#to.writableEnded) return;
    this.#to.write(bytes);
  }
}

/** One connection of a browser, joined to one of the server. */
export class RelayedConnection {
  readonly up: Lane;
  readonly down: Lane;
  /** Who sent a FIN or a reset first, of what was passed on. */
  finishedFirst: 'client' | 'server' | 'nobody' = 'nobody';
  readonly #sockets: readonly [client: Socket, server: Socket];
  readonly #relay: Relay;
  readonly #held: [Lane, Arrival][] = [];
  readonly #isGone = new Set<Lane>();

  constructor(relay: Relay, client: Socket, server: Socket) {
    this.#relay = relay;
    this.#sockets = [client, server];
    this.up = new Lane('up', server, (head) => (relay.dropsUpgrade ? withoutUpgrade(head) : head));
    this.down = new Lane('down', client, (head) => head);
    this.#read(client, this.up);
    this.#read(server, this.down);
  }

  /** The line is gone: what it held is lost, and both ends are reset. */
  cut(): void {
    this.#held.length = 0;
    for (const lane of [this.up, this.down]) this.#isGone.add(lane);
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  release(): void {
    for (const [lane, arrival] of this.#held.splice(0)) this.#pass(lane, arrival);
  }

  /** Gives one end bytes that the other one never sent, and from now on nothing of what it sends. */
  inject(way: Way, bytes: Uint8Array): void {
    this[way].isMuted = true;
    this.#sockets[way === 'up' ? 1 : 0].write(bytes);
  }

  #read(from: Socket, lane: Lane): void {
    const take = (arrival: Arrival) => {
      if (this.#isGone.has(lane)) return;
      if (this.#relay.isHolding) this.#held.push([lane, arrival]);
      else this.#pass(lane, arrival);
    };
    from.on('data', take);
    from.on('end', () => take('end'));
    from.on('error', () => take('reset'));
    from.setNoDelay(true);
  }

  #pass(lane: Lane, arrival: Arrival): void {
    if (typeof arrival === 'string' && this.finishedFirst === 'nobody') {
      this.finishedFirst = lane === this.up ? 'client' : 'server';
    }
    lane.pass(arrival);
    this.#relay.changed.happened();
  }
}

/** A proxy that knows nothing of upgrades keeps to itself what concerns one hop (RFC 9110 §7.6.1). */
const withoutUpgrade = (head: string): string =>
  head
    .split('\r\n')
    .filter((line) => !/^(upgrade|connection):/i.test(line))
    .join('\r\n');

export class Relay {
  readonly connections: RelayedConnection[] = [];
  readonly changed = new Waiting();
  isHolding = false;
  dropsUpgrade = false;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(targetPort: number) {
    this.#server = createServer({ allowHalfOpen: true }, (client) => {
      const server = connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true });
      for (const socket of [client, server]) {
        this.#sockets.add(socket);
        socket.on('close', () => this.#sockets.delete(socket));
      }
      this.connections.push(new RelayedConnection(this, client, server));
    });
  }

  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  /** The newest connection. */
  get current(): RelayedConnection | undefined {
    return this.connections.at(-1);
  }

  hold(): void {
    this.isHolding = true;
  }

  release(): void {
    this.isHolding = false;
    for (const connection of this.connections) connection.release();
  }

  cut(): void {
    for (const connection of this.connections) connection.cut();
    this.changed.happened();
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }
}
