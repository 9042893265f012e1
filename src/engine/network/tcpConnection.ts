// One TCP connection: three-way opening, bytes in order both ways, sudden death at both ends,
// reopening.

import { withAnother } from '../kernel/shortList';
import { instant, milliseconds, type SimTime } from '../kernel/simTime';
import { EntryKind } from '../trace/entryKinds';
import type { ConnectionIndex } from '../trace/trace';
import type { Direction } from './duplex';
import type { Link, LinkListener } from './link';
import type { Environment, NetworkNode, NodeListener } from './node';
import {
  type Parcel,
  routeFrom,
  Transfer,
  type TransferReceiver,
  type TransferRoute,
} from './transfer';

/** The protocol on top. */
export interface ConnectionListener<Body> {
  established(): void;
  /** Both ends are dead; `dropped`, of what the protocol sent, never arrived. */
  closed(dropped: readonly Transfer<Body>[]): void;
  arrived(transfer: Transfer<Body>): void;
  /** Both ends can be reached (again) while nobody dials; without it the connection dials itself. */
  canDial?(): void;
}

export interface TcpConnectionOptions {
  readonly index: ConnectionIndex;
  readonly link: Link;
  readonly client: NetworkNode;
  readonly server: NetworkNode;
}

/** SYN and SYN-ACK carry no bytes above TCP. */
const SEGMENT: Parcel<unknown> = {
  type: 'tcp',
  bytes: 0,
  payloadBytes: 0,
  messages: [],
  body: null,
};
/** Lowest retransmission timeout of common TCP stacks; RFC 6298 §2.4 asks for a second. */
const RETRANSMISSION_TIMEOUT = milliseconds(200);
/**
 * Reported to the application when a connection ends without a closing handshake (RFC 6455 §7.1.5).
 */
const ABNORMAL_CLOSURE = 1006;

export class TcpConnection<Body> implements NodeListener, LinkListener, TransferReceiver<Body> {
  readonly index: ConnectionIndex;
  readonly client: NetworkNode;
  readonly server: NetworkNode;
  readonly link: Link;
  state: 'closed' | 'connecting' | 'open' = 'closed';
  readonly #environment: Environment;
  readonly #listener: ConnectionListener<Body>;
  readonly #routes: readonly [TransferRoute, TransferRoute];
  readonly #clientsWay: Direction;
  // Bytes of one direction arrive in order, so nothing may overtake what left before it, and what
  // arrives is always the oldest.
  readonly #inFlight: readonly [Transfer<Body>[], Transfer<Body>[]] = [[], []];
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
    this.#clientsWay = this.link.directionFrom(this.client);
    const [first, second] = this.link.options.ends;
    this.#routes = [
      routeFrom(this.index, this.link, first),
      routeFrom(this.index, this.link, second),
    ];
    this.client.listeners = withAnother(this.client.listeners, this);
    this.server.listeners = withAnother(this.server.listeners, this);
    this.link.listeners = withAnother(this.link.listeners, this);
  }

  /** The client dials, if both ends can be reached; otherwise it dials as soon as they can. */
  open(): void {
    if (this.state !== 'closed' || !this.isPossible) return;
    this.state = 'connecting';
    // Nothing of the connection that died can hold the new one up.
    this.#lastArrival.fill(instant(-1e12));
    this.#environment.recorder.entry(EntryKind.Connecting, {
      node: this.client.index,
      place: this.index,
    });
    this.#depart(this.client, SEGMENT as Parcel<Body>);
  }

  /** Puts a parcel on the line; the caller makes sure that the connection is open. */
  send(from: NetworkNode, parcel: Parcel<Body>): Transfer<Body> {
    return this.#depart(from, parcel);
  }

  transferArrived(transfer: Transfer<Body>): void {
    this.#inFlight[transfer.route.direction].shift();
    if (transfer.parcel.type !== 'tcp') this.#listener.arrived(transfer);
    else if (transfer.route.to === this.server) this.#depart(this.server, SEGMENT as Parcel<Body>);
    else {
      this.state = 'open';
      this.#listener.established();
    }
  }

  unreachable(): void {
    this.abort();
  }

  // Simplified: A dead connection is dead at both ends at once; a real peer learns of it one way
  // later, or never.
  /**
   * Ends the connection: one end is gone or gives it up, or a protocol on top has closed it and
   * both ends report its code.
   */
  abort(code = ABNORMAL_CLOSURE): void {
    if (this.state === 'closed') return;
    this.state = 'closed';
    // In the order in which they left, both ways.
    const dropped = this.#inFlight.flat().sort((one, other) => one.index - other.index);
    for (const transfers of this.#inFlight) transfers.length = 0;
    for (const transfer of dropped) transfer.drop('connection closed');
    this.#environment.recorder.entry(EntryKind.Closed, {
      node: this.client.index,
      place: this.index,
      value: code,
    });
    this.#listener.closed(dropped.filter(({ parcel }) => parcel.type !== 'tcp'));
  }

  reachable(): void {
    if (this.state !== 'closed' || !this.isPossible) return;
    if (this.#listener.canDial) this.#listener.canDial();
    else this.open();
  }

  /** Whether dialling has a chance: both ends are there. */
  get isPossible(): boolean {
    return this.client.isReachable && this.server.isReachable;
  }

  linkCut(): void {
    for (const transfer of this.#inFlight.flat()) transfer.stall();
  }

  // Simplified: What a cut held up is sent again at the instant the link heals, not at the next
  // timeout.
  linkRestored(): void {
    const arrival = instant(this.#environment.context.now + this.link.options.latency);
    this.#lastArrival.fill(arrival);
    for (const transfer of this.#inFlight.flat()) transfer.resume(arrival);
  }

  #depart(from: NetworkNode, parcel: Parcel<Body>): Transfer<Body> {
    const { link } = this;
    const isClients = from === this.client;
    const direction = isClients === (this.#clientsWay === 0) ? 0 : 1;
    const route = this.#routes[direction];
    const transfer = new Transfer<Body>(this.#environment, route, parcel, this);
    this.#inFlight[direction].push(transfer);
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
