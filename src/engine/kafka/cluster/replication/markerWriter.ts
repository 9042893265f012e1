// Writes the ends of transactions to the leaders of their partitions, again and again until they
// are safe; who decides over a transaction is its coordinator.

import { milliseconds } from '../../../kernel/simTime';
import type { PartitionIndex } from '../../../trace/trace';
import type { TransactionMarker } from '../../log/replicaLog';
import type { Offset } from '../../wire/requests';
import type { Broker } from '../broker';
import type { Cluster } from '../cluster';
import { outcomeAfterAppend, refusalBeforeAppend } from '../produceOutcome';
import type { Replica } from './replica';

/** Until a marker that was refused, or found no way, is sent again. */
const RETRY_BACKOFF = milliseconds(100);

interface Writing {
  readonly partition: PartitionIndex;
  readonly marker: TransactionMarker;
  readonly done: () => void;
}

interface WaitingMarker extends Writing {
  readonly leader: Broker;
  readonly endOffset: Offset;
}

// Simplified: A marker goes from the controller to the partition's leader; Kafka's goes from the
// broker that coordinates the transaction.
export class MarkerWriter {
  readonly #cluster: Cluster;
  #waiting: WaitingMarker[] = [];

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** `done` is called once the marker is below the high watermark. */
  write(writing: Writing): void {
    const { controller, brokers, environment } = this.#cluster;
    const leader = controller.image.partitions[writing.partition]?.registration.leader ?? -1;
    const broker = brokers[leader];
    if (broker === undefined) {
      this.#writeLater(writing);
      return;
    }
    this.#cluster.pathToController(leader).send(
      environment.context,
      () => broker.receive(() => this.#append(broker, writing)),
      () => this.#writeLater(writing),
    );
  }

  /** Something of this replica has moved: markers may be safe, or their leader deposed. */
  complete(broker: Broker, replica: Replica): void {
    if (this.#waiting.length === 0) return;
    const { index } = replica.plan;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const marker of waiting) {
      const isConcerned = marker.leader === broker && marker.partition === index;
      const outcome = isConcerned
        ? outcomeAfterAppend('all', replica.lead, marker.endOffset)
        : null;
      if (outcome === null) this.#waiting.push(marker);
      else if (outcome === 'NONE') this.#answer(marker);
      else this.#writeLater(marker);
    }
  }

  /** What waited there is written anew, to whoever leads then. */
  leaderDied(broker: Broker): void {
    const waiting = this.#waiting;
    this.#waiting = waiting.filter(({ leader }) => leader !== broker);
    for (const marker of waiting) if (marker.leader === broker) this.#writeLater(marker);
  }

  #append(leader: Broker, writing: Writing): void {
    const replica = leader.replicas[writing.partition];
    const refusal = refusalBeforeAppend('all', replica?.lead ?? null, 0);
    if (refusal !== 'NONE' || replica === undefined || !leader.canWrite()) {
      this.#writeLater(writing);
      return;
    }
    replica.appendMarker(writing.marker);
    this.#waiting.push({ ...writing, leader, endOffset: replica.log.logEnd });
  }

  #answer({ leader, done, ...writing }: WaitingMarker): void {
    this.#cluster
      .pathToController(leader.place)
      .send(this.#cluster.environment.context, done, () => this.#writeLater({ ...writing, done }));
  }

  #writeLater({ partition, marker, done }: Writing): void {
    const again = (): void => this.write({ partition, marker, done });
    this.#cluster.environment.context.after(RETRY_BACKOFF, again, undefined);
  }
}
