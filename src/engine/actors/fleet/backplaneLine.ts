// One server's connection to the backplane: opens by itself whenever it can, and gives up a line
// that stays cut.

import { microseconds } from '../../kernel/simTime';
import type { Link, LinkListener } from '../../network/link';
import type { Environment } from '../../network/node';
import {
  type ConnectionListener,
  TcpConnection,
  type TcpConnectionOptions,
} from '../../network/tcpConnection';
import type { Parcel, Transfer } from '../../network/transfer';
import { EntryKind } from '../../trace/entryKinds';
import type { SocketServer } from './socketServer';

/** Hears of every line of a backplane. */
export interface LineListener<Body> {
  lineOpened(line: BackplaneLine<Body>): void;
  /** What was on the line is lost. */
  lineClosed(line: BackplaneLine<Body>, dropped: readonly Transfer<Body>[]): void;
  arrived(line: BackplaneLine<Body>, transfer: Transfer<Body>): void;
}

/** Without an answer for so long, either end gives the connection up. */
const GIVES_UP_AFTER = microseconds(1_000_000);

export class BackplaneLine<Body> implements ConnectionListener<Body>, LinkListener {
  readonly server: SocketServer;
  readonly #environment: Environment;
  readonly #listener: LineListener<Body>;
  readonly #tcp: TcpConnection<Body>;
  /** Cuts so far: a line that was mended in time is not given up. */
  #cuts = 0;

  constructor(
    environment: Environment,
    server: SocketServer,
    options: { readonly route: TcpConnectionOptions; readonly listener: LineListener<Body> },
  ) {
    this.server = server;
    this.#environment = environment;
    this.#listener = options.listener;
    this.#tcp = new TcpConnection<Body>(environment, options.route, this);
    options.route.link.listeners.push(this);
  }

  get isOpen(): boolean {
    return this.#tcp.state === 'open';
  }

  open(): void {
    this.#tcp.open();
  }

  toBackplane(parcel: Parcel<Body>): void {
    this.#tcp.send(this.#tcp.client, parcel);
  }

  toServer(parcel: Parcel<Body>): void {
    this.#tcp.send(this.#tcp.server, parcel);
  }

  established(): void {
    const { client, index } = this.#tcp;
    this.#environment.recorder.entry(EntryKind.Opened, { node: client.index, place: index });
    this.#listener.lineOpened(this);
  }

  closed(dropped: readonly Transfer<Body>[]): void {
    this.#listener.lineClosed(this, dropped);
  }

  arrived(transfer: Transfer<Body>): void {
    this.#listener.arrived(this, transfer);
  }

  linkCut(link: Link): void {
    this.#cuts += 1;
    const cut = this.#cuts;
    const giveUp = () => {
      if (link.cut && cut === this.#cuts) this.#tcp.abort();
    };
    this.#environment.context.after(GIVES_UP_AFTER, giveUp, undefined);
  }

  linkRestored(): void {
    this.#tcp.open();
  }
}
