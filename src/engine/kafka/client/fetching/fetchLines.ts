// Keeps a consumer's fetches outstanding at the brokers that lead what it reads; says where to read
// when that is news, and takes no answer.

import type { KafkaSettings } from '../../configuration';
import type { BrokerPlace } from '../../wire/requests';
import type { ClusterClient } from '../clusterClient';
import { BrokerFetches, type FetchOwner } from './brokerFetches';
import type { ReadPositions } from './readPositions';

export interface FetchLinesParts {
  readonly client: ClusterClient;
  readonly positions: ReadPositions;
  readonly owner: FetchOwner;
}

export class FetchLines {
  readonly #settings: KafkaSettings;
  readonly #client: ClusterClient;
  readonly #positions: ReadPositions;
  /** By broker's place. */
  readonly #fetches: readonly BrokerFetches[];

  constructor(settings: KafkaSettings, { client, positions, owner }: FetchLinesParts) {
    this.#settings = settings;
    this.#client = client;
    this.#positions = positions;
    this.#fetches = client.connections.map(({ place }) => new BrokerFetches(place, owner));
  }

  /** Whether a fetch is out somewhere. */
  get isFetching(): boolean {
    return this.#fetches.some(({ outstanding }) => outstanding > 0);
  }

  /** The connection to a broker has died or is new. */
  reset(place: BrokerPlace): void {
    this.#fetches[place]?.reset();
  }

  /** The next fetch to a broker says from where to read. */
  saysWhereAt(place: BrokerPlace): void {
    const fetches = this.#fetches[place];
    if (fetches) fetches.saysWhere = true;
  }

  /**
   * Sends so many that one is out at each broker, or `perPartition` for each partition that is read
   * there, to wait so long there, in microseconds.
   *
   * @returns how many have left to brokers that lacked some.
   */
  topUp(maxWait: number, perPartition: number): number {
    let sent = 0;
    for (let place = 0; place < this.#fetches.length; place += 1) {
      const { length } = this.#positions.at(place);
      if (length === 0 || this.#client.use(place) !== 'open') continue;
      const fetches = this.#fetches[place] as BrokerFetches;
      const enough = Math.max(1, perPartition * length);
      // One that says anew where to read leaves though others stand in line.
      const isBehind = perPartition > 0 && fetches.saysWhere;
      if (isBehind && fetches.outstanding >= enough) this.#ask(place, fetches, maxWait);
      for (; fetches.outstanding < enough; sent += 1) this.#ask(place, fetches, maxWait);
    }
    return sent;
  }

  #ask(place: BrokerPlace, fetches: BrokerFetches, maxWait: number): void {
    fetches.outstanding += 1;
    const from = fetches.saysWhere ? this.#positions.positionsAt(place) : null;
    fetches.saysWhere = false;
    const { fetchMinBytes: minBytes, isolationLevel: isolation } = this.#settings;
    const { round } = this.#positions;
    const request = { api: 'fetch', from, maxWait, minBytes, isolation, round } as const;
    this.#client.connectionTo(place)?.send(request, fetches);
  }
}
