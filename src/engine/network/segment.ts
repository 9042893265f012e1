// Bytes of a connection whose ends live apart: they may leave into a cut, and come to where nobody
// is any more.

import type { DropReason } from '../trace/entryKinds';
import type { Environment } from './node';
import { type Parcel, Transfer, type TransferReceiver, type TransferRoute } from './transfer';

/** Whoever segments come to. */
export interface SegmentReceiver<Body> extends TransferReceiver<Body> {
  /** Why nobody takes it; null: somebody does. */
  refusalOf(segment: Segment<Body>): DropReason | null;
  /** It came, and was not taken. */
  turnedAway(segment: Segment<Body>): void;
}

export class Segment<Body> extends Transfer<Body> {
  /** It left while the line was cut, so that it never got anywhere yet. */
  leftIntoCut = false;
  readonly #to: SegmentReceiver<Body>;

  constructor(
    environment: Environment,
    route: TransferRoute,
    {
      parcel,
      receiver,
    }: { readonly parcel: Parcel<Body>; readonly receiver: SegmentReceiver<Body> },
  ) {
    super(environment, route, parcel, receiver);
    this.#to = receiver;
  }

  override leave(): void {
    super.leave();
    if (!this.route.link.cut) return;
    this.leftIntoCut = true;
    this.stall();
  }

  override arrive(): void {
    const refusal = this.#to.refusalOf(this);
    if (refusal === null) {
      super.arrive();
      return;
    }
    this.drop(refusal);
    this.#to.turnedAway(this);
  }
}
