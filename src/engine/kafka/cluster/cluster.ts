// A cluster: its brokers, its controller and the ways between them, put together from a plan; what
// they do is in their own files.

import { present } from '../../assert';
import type { Environment } from '../../network/node';
import { EntryKind, type LossCause } from '../../trace/entryKinds';
import type { NodeIndex, PartitionIndex } from '../../trace/trace';
import type { KafkaSettings } from '../configuration';
import type { TransactionMarker } from '../log/replicaLog';
import type {
  BrokerPlace,
  GroupRequest,
  GroupResponse,
  Offset,
  ProducerId,
  TransactionAnswer,
  TransactionRequest,
} from '../wire/requests';
import { Broker } from './broker';
import { BrokerPath } from './brokerPath';
import { byPartition, type ClusterPlan, type PartitionPlan } from './clusterPlan';
import type { ClusterImage } from './control/clusterImage';
import { Controller } from './control/controller';
import { type Coordinators, coordinatorOf, notCoordinator } from './coordinators';
import { LogKeeper } from './replication/logKeeper';
import { MarkerWriter } from './replication/markerWriter';
import { PartitionRecord } from './replication/partitionRecord';
import { Replica } from './replication/replica';
import { ReplicaFetcher } from './replication/replicaFetcher';

/** The offsets that bound what a partition holds. */
export interface PartitionEnds {
  readonly logStart: Offset;
  readonly highWatermark: Offset;
  readonly lastStable: Offset;
  readonly logEnd: Offset;
}

/** A request for a coordinator, as it has come to a broker. */
export interface CoordinatedRequest {
  readonly broker: Broker;
  readonly client: NodeIndex;
  readonly request: GroupRequest | TransactionRequest;
  readonly answer: (response: GroupResponse | TransactionAnswer) => void;
}

/** Takes out of a partition's logs what newer records of the same keys supersede. */
export interface Compactor {
  compact(plan: PartitionPlan, leader: Replica): void;
}

export class Cluster {
  readonly environment: Environment;
  readonly settings: KafkaSettings;
  readonly plan: ClusterPlan;
  readonly brokers: readonly Broker[];
  readonly controller: Controller;
  /** What the trace says of each partition. */
  readonly records: readonly PartitionRecord[];
  readonly markers: MarkerWriter;
  /** Length of each key, in bytes. */
  readonly keyBytes: readonly number[];
  /** Must be there before a client speaks of a group or a transaction. */
  coordinators: Coordinators | null = null;
  /** Must be there before a log is to be compacted. */
  compactor: Compactor | null = null;
  readonly #keeper: LogKeeper;
  readonly #controllerPaths: readonly BrokerPath[];
  /** Groups that have been spoken of, and which broker coordinates each. */
  readonly #groupPlaces = new Map<string, BrokerPlace>();
  #producerIds = 0;

  constructor(environment: Environment, settings: KafkaSettings, plan: ClusterPlan) {
    this.environment = environment;
    this.settings = settings;
    this.plan = plan;
    this.keyBytes = plan.keys.map((key) => key.length);
    this.records = byPartition(
      plan.partitions,
      ({ index, replicas }) => new PartitionRecord(environment, index, replicas[0] ?? -1),
    );
    const image = firstImage(plan);
    this.#controllerPaths = plan.brokers.map(
      (broker) => new BrokerPath([broker, plan.controller], plan.links),
    );
    this.controller = new Controller(this, image);
    this.markers = new MarkerWriter(this);
    this.#keeper = new LogKeeper(this);
    this.brokers = plan.brokers.map((_, place) => new Broker(this, place, image));
    this.#layFetchers();
    for (const partition of plan.partitions) {
      for (const place of partition.replicas) {
        const broker = this.brokers[place] as Broker;
        const record = this.records[partition.index] as PartitionRecord;
        broker.replicas[partition.index] = new Replica(broker, partition, record);
      }
    }
    for (const broker of this.brokers) broker.startOver(image);
  }

  /** Heartbeats and timers begin; everybody is registered and unfenced. */
  start(): void {
    const { context } = this.environment;
    const { cause } = context;
    this.controller.start();
    for (const broker of this.brokers) {
      context.cause = cause;
      broker.agent.start();
    }
  }

  settingsChanged(): void {
    this.#keeper.settingsChanged();
    this.controller.settingsChanged();
    for (const broker of this.brokers) broker.keepWhatIsWanted();
  }

  partitionsOf(topic: string): readonly PartitionPlan[] {
    return this.plan.partitions.filter((partition) => partition.topic === topic);
  }

  // Simplified: Producer ids are counted by the cluster; a broker of Kafka's fetches a thousand at
  // a time.
  nextProducerId(): ProducerId {
    const id = this.#producerIds;
    this.#producerIds += 1;
    return id;
  }

  /** As the controller knows it; -1: nobody. */
  leaderOf(partition: PartitionIndex): BrokerPlace {
    return this.controller.image.partitions[partition]?.registration.leader ?? -1;
  }

  /** The broker that coordinates a group or a transaction of this name; -1: none lives. */
  coordinatorOf(name: string): BrokerPlace {
    return coordinatorOf(name, this.controller.image.isLive);
  }

  /** As the present leader has them, or the last one. */
  ends(partition: PartitionIndex): PartitionEnds {
    const { leader } = this.records[partition] as PartitionRecord;
    const replica = this.brokers[leader]?.replicas[partition];
    const { log, highWatermark } = present(replica, `partition ${partition} has a leader's log`);
    const { logStart, logEnd } = log;
    return { logStart, highWatermark, lastStable: log.lastStableOffset(highWatermark), logEnd };
  }

  /** Ends a transaction on one partition; `done` once nothing can undo that any more. */
  writeMarker(partition: PartitionIndex, marker: TransactionMarker, done: () => void): void {
    this.markers.write({ partition, marker, done });
  }

  /** Controlled shutdown: the broker's leaders move first, then its process ends. */
  shutDown(broker: BrokerPlace): void {
    const target = this.brokers[broker] as Broker;
    if (target.node.up) target.whenAwake(() => target.agent.shutDown());
  }

  fillDisk(broker: BrokerPlace, full: boolean): void {
    const target = this.brokers[broker] as Broker;
    const { index } = target.node;
    this.environment.recorder.entry(EntryKind.DiskFilled, { node: index, value: full ? 1 : 0 });
    target.fillDisk(full);
  }

  // What brokers and the controller ask of each other

  pathToController(broker: BrokerPlace): BrokerPath {
    return this.#controllerPaths[broker] as BrokerPath;
  }

  replicasOf({ index, replicas }: PartitionPlan): readonly Replica[] {
    return replicas.map((place) => this.brokers[place]?.replicas[index] as Replica);
  }

  /** The replica whose log is the partition's, if it is at work. */
  leadingReplica(partition: PartitionIndex): Replica | null {
    const { leader } = this.records[partition] as PartitionRecord;
    const replica = this.brokers[leader]?.replicas[partition];
    return replica === undefined || replica.lead === null ? null : replica;
  }

  /** A log has grown: it may have to let go of something at some time. */
  logGrew(): void {
    this.#keeper.lookLater();
  }

  moveLogStart(plan: PartitionPlan, to: Offset, cause: LossCause): void {
    for (const replica of this.replicasOf(plan)) replica.moveLogStart(to, cause);
  }

  coordinate({ broker, client, request, answer }: CoordinatedRequest): void {
    const { coordinators } = this;
    // Offsets of a transaction name their group as well, and go to the transaction's coordinator.
    const name = 'transactionalId' in request ? request.transactionalId : request.group;
    if (name === null) {
      answer(newProducer(this.nextProducerId()));
      return;
    }
    const isHere = coordinatorOf(name, broker.image.isLive) === broker.place;
    if (!isHere || coordinators === null) answer(notCoordinator(request));
    else if (isGroupRequest(request)) {
      this.#groupPlaces.set(request.group, this.coordinatorOf(request.group));
      coordinators.group(request.group).handle(client, request, answer);
    } else {
      const { transactions } = coordinators;
      present(transactions, 'a transaction has a coordinator').handle(client, request, answer);
    }
  }

  /** Who lives has changed, and with it, perhaps, who coordinates. */
  coordinatorsMove(isLive: readonly boolean[]): void {
    for (const [group, place] of this.#groupPlaces) {
      const now = coordinatorOf(group, isLive);
      if (now === place) continue;
      this.#groupPlaces.set(group, now);
      this.coordinators?.group(group).moved();
    }
  }

  #layFetchers(): void {
    for (const follower of this.brokers) {
      for (const leader of this.brokers) {
        if (leader === follower) continue;
        const path = new BrokerPath([follower.node, leader.node], this.plan.links);
        const fetcher = new ReplicaFetcher(follower, leader, path);
        follower.fetchers[leader.place] = fetcher;
        leader.followers.push(fetcher);
      }
    }
  }
}

/** Any broker gives a producer without a `transactional.id` an id of its own. */
const newProducer = (producerId: ProducerId): TransactionAnswer => ({
  ...{ api: 'producerId', error: 'NONE', producerId, producerEpoch: 0 },
});

const isGroupRequest = (request: GroupRequest | TransactionRequest): request is GroupRequest =>
  !('transactionalId' in request);

/** The first replica of each partition leads, and all are in sync. */
function firstImage({ brokers, partitions }: ClusterPlan): ClusterImage {
  return {
    version: 0,
    partitions: byPartition(partitions, ({ replicas }) => ({
      registration: {
        replicas,
        isr: replicas,
        elr: [],
        lastKnownElr: [],
        leader: replicas[0] ?? -1,
        leaderEpoch: 0,
        partitionEpoch: 0,
        leaderRecoveryState: 'RECOVERED',
      },
      cause: -1,
    })),
    isLive: brokers.map(() => true),
    isEligible: brokers.map(() => true),
  };
}
