// The fetches of a consumer at one broker; decides nothing.

import type { BrokerPlace, FetchResponse, KafkaResponse } from '../../wire/requests';
import type { Asker } from '../brokerConnection';

/** The consumer, as its fetches know it. */
export interface FetchOwner {
  fetched(response: FetchResponse, place: BrokerPlace): void;
}

export class BrokerFetches implements Asker {
  /** Sent and not answered. */
  outstanding = 0;
  /** The next one says from where to read; otherwise it goes on where the last answer ended. */
  saysWhere = true;
  readonly #place: BrokerPlace;
  readonly #owner: FetchOwner;

  constructor(place: BrokerPlace, owner: FetchOwner) {
    this.#place = place;
    this.#owner = owner;
  }

  /** The connection has died or is new: nothing is outstanding, and the broker knows no positions. */
  reset(): void {
    this.outstanding = 0;
    this.saysWhere = true;
  }

  answered(response: KafkaResponse): void {
    if (response.api !== 'fetched') return;
    this.outstanding -= 1;
    this.#owner.fetched(response, this.#place);
  }

  unanswered(): void {
    // The connection is lost, and all fetches on it; its owner hears that.
  }
}
