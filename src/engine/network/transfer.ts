// Bytes on their way over a link: they leave, and then end exactly once, delivered or dropped with
// a reason.

import type { EventId } from '../kernel/eventQueue';
import type { SimTime } from '../kernel/simTime';
import { instant } from '../kernel/simTime';
import { DROP_REASONS, type DropReason, type TransferType } from '../trace/entryKinds';
import type { ConnectionIndex, MessageIndex, TransferIndex } from '../trace/trace';
import type { Link } from './link';
import type { Environment, NetworkNode } from './node';

/** What is sent: its size, what it carries, and the protocol's own reading of it. */
export interface Parcel<Body> {
  readonly type: TransferType;
  /** Bytes above TCP, payload included. */
  readonly bytes: number;
  readonly payloadBytes: number;
  readonly messages: readonly MessageIndex[];
  readonly body: Body;
}

export type TransferState = 'waiting' | 'moving' | 'stalled' | 'ended';

export interface TransferRoute {
  readonly connection: ConnectionIndex;
  readonly link: Link;
  readonly from: NetworkNode;
  readonly to: NetworkNode;
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
  readonly #arrived: (transfer: Transfer<Body>) => void;
  #pending: EventId | null = null;

  constructor(
    environment: Environment,
    route: TransferRoute,
    parcel: Parcel<Body>,
    arrived: (transfer: Transfer<Body>) => void,
  ) {
    this.#environment = environment;
    this.route = route;
    this.parcel = parcel;
    this.#arrived = arrived;
  }

  /**
   * Puts the parcel on the line as soon as the medium lets it; it arrives no earlier than
   * `notBefore`.
   */
  depart(notBefore: SimTime): void {
    const { context } = this.#environment;
    const { link, from } = this.route;
    const occupation = link.reserve(link.directionFrom(from), context.now, this.parcel.bytes);
    this.arrival = instant(Math.max(occupation.arrival, notBefore));
    if (occupation.start === context.now) this.#leave();
    else {
      const leave = (transfer: Transfer<Body>) => transfer.#leave();
      this.#pending = context.schedule(instant(occupation.start), leave, this);
    }
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

  #leave(): void {
    const { from, to, connection } = this.route;
    const { type, bytes, payloadBytes, messages } = this.parcel;
    this.state = 'moving';
    this.index = this.#environment.recorder.transferStarted({
      connection,
      from: from.index,
      to: to.index,
      type,
      bytes,
      payloadBytes,
      messages,
      dueAt: this.arrival,
    });
    this.#arriveAt(this.arrival);
  }

  #arriveAt(arrival: SimTime): void {
    this.arrival = arrival;
    const arrive = (transfer: Transfer<Body>) => transfer.#arrive();
    this.#pending = this.#environment.context.schedule(arrival, arrive, this);
  }

  #arrive(): void {
    this.#pending = null;
    this.state = 'ended';
    this.#environment.recorder.transferArrived(this.index);
    this.#arrived(this);
  }

  #cancelPending(): void {
    if (this.#pending !== null) this.#environment.context.cancel(this.#pending);
    this.#pending = null;
  }
}
