// One TCP connection: three-way opening, bytes in order both ways, sudden death at both ends,
// reopening.

import { instant, milliseconds, type SimTime } from '../kernel/simTime';
import { EntryKind } from '../trace/entryKinds';
import type { ConnectionIndex } from '../trace/trace';
import type { Direction } from './duplex';
import type { Link, LinkListener } from './link';
import type { Environment, NetworkNode, NodeListener } from './node';
import { type Parcel, Transfer } from './transfer';

/** The protocol on top. */
export interface ConnectionListener<Body> {
  established(): void;
  /** Both ends are dead; `dropped` never arrived. */
  closed(dropped: readonly Transfer<Body>[]): void;
  arrived(transfer: Transfer<Body>): void;
}

export interface TcpConnectionOptions {
  readonly index: ConnectionIndex;
  readonly link: Link;
  readonly client: NetworkNode;
  readonly server: NetworkNode;
}

/** Bytes of a segment without data above TCP: SYN and SYN-ACK carry none. */
const NO_BYTES = 0;
/** Lowest retransmission timeout of common TCP stacks; RFC 6298 §2.4 asks for a second. */
const RETRANSMISSION_TIMEOUT = milliseconds(200);
/**
 * Reported to the application when a connection ends without a closing handshake (RFC 6455 §7.1.5).
 */
const ABNORMAL_CLOSURE = 1006;

export class TcpConnection<Body> implements NodeListener, LinkListener {
  readonly index: ConnectionIndex;
  readonly client: NetworkNode;
  readonly server: NetworkNode;
  readonly link: Link;
  state: 'closed' | 'connecting' | 'open' = 'closed';
  readonly #environment: Environment;
  readonly #listener: ConnectionListener<Body>;
  readonly #inFlight = new Set<Transfer<Body>>();
  // Bytes of one direction arrive in order, so nothing may overtake what left before it.
  readonly #lastArrival: [SimTime, SimTime] = [instant(-1e12), instant(-1e12)];

  constructor(
    environment: Environment,
    options: TcpConnectionOptions,
    listener: ConnectionListener<Body>,
  ) {
    this.#environment = environment;
    this.#listener = listener;
    this.index = options.index;
    this.client = options.client;
    this.server = options.server;
    this.link = options.link;
    this.client.listeners.push(this);
    this.server.listeners.push(this);
    this.link.listeners.push(this);
  }

  /** The client dials, if both ends can be reached; otherwise it dials as soon as they can. */
  open(): void {
    if (this.state !== 'closed') return;
    if (!this.client.isReachable || !this.server.isReachable) return;
    this.state = 'connecting';
    this.#environment.recorder.entry(EntryKind.Connecting, {
      node: this.client.index,
      place: this.index,
    });
    this.#segment(this.client, () => this.#segment(this.server, () => this.#established()));
  }

  /** Puts a parcel on the line; the caller makes sure that the connection is open. */
  send(from: NetworkNode, parcel: Parcel<Body>): Transfer<Body> {
    return this.#depart(from, parcel, (transfer) => {
      this.#inFlight.delete(transfer);
      this.#listener.arrived(transfer);
    });
  }

  // Simplified: A dead connection is dead at both ends at once; a real peer learns of it one way
  // later, or never.
  unreachable(): void {
    if (this.state === 'closed') return;
    this.state = 'closed';
    const dropped = [...this.#inFlight];
    this.#inFlight.clear();
    for (const transfer of dropped) transfer.drop('connection closed');
    this.#environment.recorder.entry(EntryKind.Closed, {
      node: this.client.index,
      place: this.index,
      value: ABNORMAL_CLOSURE,
    });
    this.#listener.closed(dropped);
  }

  reachable(): void {
    this.open();
  }

  linkCut(): void {
    for (const transfer of this.#inFlight) transfer.stall();
  }

  // Simplified: What a cut held up is sent again at the instant the link heals, not at the next
  // timeout.
  linkRestored(): void {
    const arrival = instant(this.#environment.context.now + this.link.options.latency);
    this.#lastArrival.fill(arrival);
    for (const transfer of this.#inFlight) transfer.resume(arrival);
  }

  #established(): void {
    this.state = 'open';
    this.#listener.established();
  }

  #segment(from: NetworkNode, next: () => void): void {
    const parcel = { type: 'tcp', bytes: NO_BYTES, payloadBytes: 0, messages: [] } as const;
    this.#depart(from, { ...parcel, body: undefined as Body }, (transfer) => {
      this.#inFlight.delete(transfer);
      next();
    });
  }

  #depart(
    from: NetworkNode,
    parcel: Parcel<Body>,
    arrived: (transfer: Transfer<Body>) => void,
  ): Transfer<Body> {
    const { link } = this;
    const to = from === this.client ? this.server : this.client;
    const route = { connection: this.index, link, from, to };
    const transfer = new Transfer<Body>(this.#environment, route, parcel, arrived);
    this.#inFlight.add(transfer);
    const direction = link.directionFrom(from);
    transfer.depart(this.#earliest(direction));
    this.#lastArrival[direction] = transfer.arrival;
    if (link.cut) transfer.stall();
    return transfer;
  }

  #earliest(direction: Direction): SimTime {
    const { context } = this.#environment;
    const { link } = this;
    const inOrder = this.#lastArrival[direction];
    if (!link.losesNext()) return inOrder;
    const again = context.now + RETRANSMISSION_TIMEOUT + link.options.latency;
    return instant(Math.max(inOrder, again));
  }
}
