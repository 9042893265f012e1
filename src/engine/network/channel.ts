// A bare channel without a protocol on top: what the line loses is lost.

import { instant } from '../kernel/simTime';
import type { DropReason } from '../trace/entryKinds';
import type { ConnectionIndex } from '../trace/trace';
import type { Link, LinkListener } from './link';
import type { Environment, NetworkNode, NodeListener } from './node';
import { type Parcel, routeFrom, Transfer, type TransferReceiver } from './transfer';

/** Hears what a channel delivers and what it loses. */
export interface ChannelListener {
  arrived(transfer: Transfer<null>): void;
  lost(parcel: Parcel<null>, from: NetworkNode, reason: DropReason): void;
}

/** Two ends and a medium between them. */
export class Channel implements NodeListener, LinkListener, TransferReceiver<null> {
  readonly index: ConnectionIndex;
  readonly link: Link;
  readonly #environment: Environment;
  readonly #listener: ChannelListener;
  readonly #onTheWay = new Set<Transfer<null>>();

  constructor(
    environment: Environment,
    index: ConnectionIndex,
    link: Link,
    listener: ChannelListener,
  ) {
    this.#environment = environment;
    this.index = index;
    this.link = link;
    this.#listener = listener;
    for (const end of link.options.ends) end.listeners.push(this);
    link.listeners.push(this);
  }

  /** Talks into the channel: at once if the medium is free, else as soon as it is. */
  send(from: NetworkNode, parcel: Parcel<null>): void {
    const refused = this.#refusal(from);
    if (refused) {
      this.#listener.lost(parcel, from, refused);
      return;
    }
    const route = routeFrom(this.index, this.link, from);
    const transfer = new Transfer<null>(this.#environment, route, parcel, this);
    this.#onTheWay.add(transfer);
    transfer.depart(instant(this.#environment.context.now));
    if (this.link.losesNext()) this.#lose(transfer, 'lost on the line');
  }

  transferArrived(transfer: Transfer<null>): void {
    this.#onTheWay.delete(transfer);
    this.#listener.arrived(transfer);
  }

  unreachable(): void {
    this.#loseAll('node is down');
  }

  reachable(): void {
    // Nothing was kept: who was away starts to hear again, and that is all.
  }

  linkCut(): void {
    this.#loseAll('link is cut');
  }

  linkRestored(): void {
    // As above: the channel keeps nothing.
  }

  #refusal(from: NetworkNode): DropReason | null {
    if (!this.link.carries(this.link.directionFrom(from))) return 'wrong way on a simplex medium';
    if (this.link.cut) return 'link is cut';
    return this.link.options.ends.every((end) => end.isReachable) ? null : 'node is down';
  }

  #loseAll(reason: DropReason): void {
    for (const transfer of [...this.#onTheWay]) this.#lose(transfer, reason);
    // Who was still waiting for a turn does not take it any more.
    this.link.freeMedium();
  }

  #lose(transfer: Transfer<null>, reason: DropReason): void {
    this.#onTheWay.delete(transfer);
    transfer.drop(reason);
    this.#listener.lost(transfer.parcel, transfer.route.from, reason);
  }
}
