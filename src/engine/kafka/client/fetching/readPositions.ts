// Where a consumer stands in each partition that it has, and at which broker it reads it; asks for
// nothing.

import type { PartitionIndex } from '../../../trace/trace';
import type { BrokerPlace, FetchPosition, FetchResponse, Offset } from '../../wire/requests';
import type { ClusterClient } from '../clusterClient';

/** One partition as its reader has it. */
export interface Reading {
  readonly partition: PartitionIndex;
  /** Next offset for the program: after what polls have returned. */
  position: Offset;
  /** Next offset to ask for: ahead of the position by what is fetched and not polled. */
  fetchPosition: Offset;
  /** Offsets below it were written while it could not be read. */
  writtenBefore: Offset;
  /** Answers to fetches of earlier rounds say nothing about it any more. */
  round: number;
  /** Read at this broker; -1: at none. */
  at: BrokerPlace;
  /** How well the cluster was known when its leader turned out to be none; -1: it did not. */
  refusedIn: number;
}

export class ReadPositions {
  /** Counts resets, so that stale answers can be told. */
  round = 0;
  /** By partition; a hole where nothing is read. */
  readonly #readings: (Reading | undefined)[] = [];
  readonly #all: Reading[] = [];
  /** By broker's place. */
  readonly #at: Reading[][];
  readonly #client: ClusterClient;

  constructor(client: ClusterClient) {
    this.#client = client;
    this.#at = client.connections.map(() => []);
  }

  get all(): readonly Reading[] {
    return this.#all;
  }

  of(partition: PartitionIndex): Reading | undefined {
    return this.#readings[partition];
  }

  /** What is read at a broker. */
  at(place: BrokerPlace): readonly Reading[] {
    return this.#at[place] as Reading[];
  }

  begin(partition: PartitionIndex, position: Offset): Reading {
    this.end(partition);
    // What was asked for before says nothing about the new beginning.
    this.round += 1;
    const fresh = { partition, position, fetchPosition: position, writtenBefore: 0 };
    const reading = { ...fresh, round: this.round, at: -1, refusedIn: -1 };
    this.#readings[partition] = reading;
    this.#all.push(reading);
    return reading;
  }

  end(partition: PartitionIndex): void {
    const reading = this.#readings[partition];
    if (!reading) return;
    this.#readings[partition] = undefined;
    this.#all.splice(this.#all.indexOf(reading), 1);
  }

  clear(): void {
    for (const { partition } of [...this.#all]) this.end(partition);
  }

  /** The reader goes on elsewhere: what was asked for before has no meaning. */
  reset(reading: Reading, position: Offset): void {
    this.round += 1;
    reading.round = this.round;
    reading.position = position;
    reading.fetchPosition = position;
  }

  /** Whether an answer may speak of a partition: it is ours, and was asked for since its reset. */
  isCurrent(reading: Reading | undefined, { round }: FetchResponse): reading is Reading {
    return reading !== undefined && round >= reading.round;
  }

  /** The broker that was asked does not lead it: it is not asked again until more is known. */
  refused(reading: Reading): void {
    reading.refusedIn = this.#client.version;
  }

  /**
   * Reads each partition at its leader.
   *
   * @param changed hears of brokers at which other partitions are read than before; `to`: of those
   * that came to be read there.
   */
  followLeaders(changed: (place: BrokerPlace, to: readonly Reading[]) => void): void {
    const { version } = this.#client;
    this.#at.forEach((before, place) => {
      const now = this.#all.filter(({ partition, refusedIn }) => {
        return this.#client.leaderOf(partition) === place && refusedIn !== version;
      });
      const isSame = now.length === before.length && now.every((one, at) => one === before[at]);
      if (isSame) return;
      this.#at[place] = now;
      const to = now.filter((reading) => reading.at !== place);
      for (const reading of to) reading.at = place;
      changed(place, to);
    });
    for (const reading of this.#all) {
      if (!this.#at[reading.at]?.includes(reading)) reading.at = -1;
    }
  }

  /** Whether something is read at no broker, or at one that cannot be reached. */
  get lacksLeader(): boolean {
    const { connections } = this.#client;
    return (
      this.#all.some(({ at }) => at < 0) ||
      connections.some(({ isUsable }, place) => !isUsable && this.at(place).length > 0)
    );
  }

  /** From where to read at a broker. */
  positionsAt(place: BrokerPlace): FetchPosition[] {
    return this.at(place).map(({ partition, fetchPosition }) => {
      return { partition, offset: fetchPosition };
    });
  }
}
