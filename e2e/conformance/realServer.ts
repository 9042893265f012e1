// The real server: the package `ws`, writing down what each of its connections reports.

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { Waiting } from './waiting';

export interface ServerOptions {
  readonly subprotocols: readonly string[];
  readonly deflates: boolean;
  readonly maxMessageBytes: number;
}

/** One connection as the server sees it. */
export interface ServerEnd {
  readonly socket: WebSocket;
  /** In order: `open`, `message …`, `close 1000 …`, each with its readyState. */
  readonly events: string[];
}

export class RealServer {
  readonly ends: ServerEnd[] = [];
  readonly changed = new Waiting();
  readonly #server: WebSocketServer;

  constructor({ subprotocols, deflates, maxMessageBytes }: ServerOptions) {
    this.#server = new WebSocketServer({
      host: '127.0.0.1',
      port: 0,
      // Small messages would be left alone otherwise.
      perMessageDeflate: deflates && { threshold: 0 },
      maxPayload: maxMessageBytes,
      handleProtocols: (offered) =>
        [...offered].find((name) => subprotocols.includes(name)) ?? false,
    });
    this.#server.on('connection', (socket) => this.#accept(socket));
  }

  async port(): Promise<number> {
    if (this.#server.address() === null) await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  /** The newest connection. */
  get current(): ServerEnd | undefined {
    return this.ends.at(-1);
  }

  close(): void {
    for (const { socket } of this.ends) socket.terminate();
    this.#server.close();
  }

  #accept(socket: WebSocket): void {
    const events: string[] = [];
    const note = (text: string) => {
      events.push(`${text} @${socket.readyState}`);
      this.changed.happened();
    };
    this.ends.push({ socket, events });
    note('open');
    socket.on('message', (data, isBinary) => note(`message ${textOf(data as Buffer, isBinary)}`));
    socket.on('close', (code, reason) => note(`close ${code} ${reason}`.trim()));
    // What it says of errors is told by its close code.
    socket.on('error', () => undefined);
  }
}

const textOf = (data: Buffer, isBinary: boolean): string =>
  isBinary ? `hex:${data.toString('hex')}` : data.toString('utf8');
