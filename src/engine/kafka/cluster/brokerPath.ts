// The way between two brokers, or a broker and the controller; what they say is theirs.

import { milliseconds, type SimDuration } from '../../kernel/simTime';
import type { Context } from '../../kernel/simulation';
import type { Link } from '../../network/link';
import type { NetworkNode } from '../../network/node';

/** One way between two brokers of a pair without a link of its own. */
const BROKER_LATENCY = milliseconds(1.5);

// Simplified: Traffic between brokers takes its latency alone, whatever its size, and arrives
// unless the way is broken when it would.
/** What it carries is not a transfer of the trace. */
export class BrokerPath {
  readonly latency: SimDuration;
  readonly #ends: readonly [NetworkNode, NetworkNode];
  readonly #link: Link | undefined;

  constructor(ends: readonly [NetworkNode, NetworkNode], links: readonly Link[]) {
    this.#ends = ends;
    this.#link = links.find(({ options }) => ends.every((end) => options.ends.includes(end)));
    this.latency = this.#link?.options.latency ?? BROKER_LATENCY;
  }

  /** Whether both ends are there and the line between them is whole. */
  get isOpen(): boolean {
    const [one, other] = this.#ends;
    return one.hasBrokerPath && other.hasBrokerPath && this.#link?.cut !== true;
  }

  /** Carries one message; `lost` is called instead when the way is broken as it arrives. */
  send(context: Context, arrive: () => void, lost: () => void = nothing): void {
    const isOnItsWay = this.isOpen;
    const end = (): void => {
      if (isOnItsWay && this.isOpen) arrive();
      else lost();
    };
    context.after(this.latency, end, undefined);
  }
}

const nothing = (): void => undefined;
