// Where a consumer begins or goes on in a partition, by the ends of its log and what is configured;
// moves nobody.

import type { Environment } from '../../../network/node';
import type { LossCause } from '../../../trace/entryKinds';
import type { PartitionIndex } from '../../../trace/trace';
import type { Cluster, PartitionEnds } from '../../cluster/cluster';
import type { KafkaSettings } from '../../configuration';
import type { Offset } from '../../wire/requests';
import {
  type NoPosition,
  type PartitionView,
  type Position,
  positionAfterOutOfRange,
  readableEnd,
  startPosition,
} from '../offsetReset';

export class StartPositions {
  readonly #environment: Environment;
  readonly #settings: KafkaSettings;
  readonly #cluster: Cluster;

  constructor(environment: Environment, settings: KafkaSettings, cluster: Cluster) {
    this.#environment = environment;
    this.#settings = settings;
    this.#cluster = cluster;
  }

  // Simplified: A consumer that must find a position knows the ends of the log at once; Kafka's
  // asks the leader for them.
  endsOf(partition: PartitionIndex): PartitionEnds {
    return this.#cluster.ends(partition);
  }

  /** Where a group stands that has committed so far, or nothing. */
  startOf(partition: PartitionIndex, committed: Offset | null): Offset {
    const reset = this.#settings.autoOffsetReset;
    return found(startPosition(committed, reset, this.#viewOf(partition)));
  }

  /** Where a reader goes on whose position the log does not have. */
  afterOutOfRange(partition: PartitionIndex, position: Offset): Offset {
    const reset = this.#settings.autoOffsetReset;
    return found(positionAfterOutOfRange(position, reset, this.#viewOf(partition)));
  }

  /** Why a reader that has committed nothing misses what lies before its start. */
  get startCause(): LossCause {
    return this.#settings.autoOffsetReset === 'latest' ? 'before it came' : 'retention passed';
  }

  #viewOf(partition: PartitionIndex): PartitionView {
    const ends = this.endsOf(partition);
    const { now } = this.#environment.context;
    const end = readableEnd(ends, this.#settings.isolationLevel);
    return { now, ...ends, readableEnd: end, offsetSince: () => null };
  }
}

/** Only `auto.offset.reset` none finds no position, and nobody can configure that here. */
const found = (answer: Position | NoPosition): Offset =>
  'position' in answer ? answer.position : 0;
