// Bytes on their way over a link: they leave, and then end exactly once, delivered or dropped with
// a reason.

import type { EventId } from '../kernel/eventQueue';
import type { SimTime } from '../kernel/simTime';
import { instant } from '../kernel/simTime';
import { DROP_REASONS, type DropReason } from '../trace/entryKinds';
import type { TransferLoad } from '../trace/recordTrace';
import type { ConnectionIndex, MessageIndex, TransferIndex } from '../trace/trace';
import type { Direction } from './duplex';
import type { Link } from './link';
import type { Environment, NetworkNode } from './node';

/** What is sent: its size, what it carries, and the protocol's own reading of it. */
export interface Parcel<Body> extends TransferLoad {
  readonly body: Body;
}

/** What a parcel without messages carries. */
export const NO_MESSAGES: readonly MessageIndex[] = [];

export type TransferState = 'waiting' | 'moving' | 'stalled' | 'ended';

export interface TransferRoute {
  readonly connection: ConnectionIndex;
  readonly link: Link;
  readonly direction: Direction;
  readonly from: NetworkNode;
  readonly to: NetworkNode;
}

/** The way over a link from one of its ends. */
export function routeFrom(
  connection: ConnectionIndex,
  link: Link,
  from: NetworkNode,
): TransferRoute {
  const direction = link.directionFrom(from);
  const to = link.options.ends[direction === 0 ? 1 : 0];
  return { connection, link, direction, from, to };
}

/** Whoever a transfer ends at; in-order delivery and what follows are its business. */
export interface TransferReceiver<Body> {
  transferArrived(transfer: Transfer<Body>): void;
}

/** One parcel from one node to another. */
export class Transfer<Body> {
  state: TransferState = 'waiting';
  /** Set once the first byte has left. */
  index: TransferIndex = -1;
  arrival: SimTime = instant(0);
  readonly parcel: Parcel<Body>;
  readonly route: TransferRoute;
  readonly #environment: Environment;
  readonly #receiver: TransferReceiver<Body>;
  #pending: EventId | null = null;

  constructor(
    environment: Environment,
    route: TransferRoute,
    parcel: Parcel<Body>,
    receiver: TransferReceiver<Body>,
  ) {
    this.#environment = environment;
    this.route = route;
    this.parcel = parcel;
    this.#receiver = receiver;
  }

  /** Puts the parcel on the line as soon as the medium lets it; it arrives no earlier than `notBefore`. */
  depart(notBefore: SimTime): void {
    const { context } = this.#environment;
    const { link, direction } = this.route;
    const occupation = link.reserve(direction, context.now, this.parcel.bytes);
    this.arrival = instant(Math.max(occupation.arrival, notBefore));
    if (occupation.start === context.now) this.leave();
    else this.#pending = context.schedule(instant(occupation.start), leaveNow, this);
  }

  /** Stops the bytes where they are: the line is cut, and TCP will send them again. */
  stall(): void {
    if (this.state !== 'moving') return;
    this.#cancelPending();
    this.state = 'stalled';
  }

  /** Lets stalled bytes arrive at `arrival`. */
  resume(arrival: SimTime): void {
    if (this.state !== 'stalled') return;
    this.state = 'moving';
    this.#arriveAt(arrival);
  }

  /** Ends the transfer without delivery. A parcel that had not left leaves no transfer behind. */
  drop(reason: DropReason): void {
    if (this.state === 'ended') return;
    this.#cancelPending();
    const hadLeft = this.state !== 'waiting';
    this.state = 'ended';
    if (hadLeft) {
      this.#environment.recorder.transferDropped(this.index, DROP_REASONS.indexOf(reason));
    }
  }

  /** Its first byte leaves. */
  leave(): void {
    this.state = 'moving';
    this.index = this.#environment.recorder.transferStarted(this.route, this.parcel, this.arrival);
    this.#arriveAt(this.arrival);
  }

  /** Its last byte is there. */
  arrive(): void {
    this.#pending = null;
    this.state = 'ended';
    this.#environment.recorder.transferArrived(this.index);
    this.#receiver.transferArrived(this);
  }

  #arriveAt(arrival: SimTime): void {
    this.arrival = arrival;
    this.#pending = this.#environment.context.schedule(arrival, arriveNow, this);
  }

  #cancelPending(): void {
    if (this.#pending !== null) this.#environment.context.cancel(this.#pending);
    this.#pending = null;
  }
}

const leaveNow = (transfer: Transfer<unknown>): void => transfer.leave();
const arriveNow = (transfer: Transfer<unknown>): void => transfer.arrive();
