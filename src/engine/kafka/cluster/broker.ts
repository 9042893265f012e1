// A broker: works on the requests of clients, holds replicas and carries out what the controller
// decides; at the end of an instant it answers whatever has become possible.

import { withOne } from '../../kernel/shortList';
import { instant, microseconds, type SimTime } from '../../kernel/simTime';
import type { Context } from '../../kernel/simulation';
import type { Environment, NetworkNode, NodeListener } from '../../network/node';
import type { KafkaSettings } from '../configuration';
import type {
  BrokerPlace,
  GroupRequest,
  KafkaRequest,
  ProduceRequest,
  TransactionRequest,
} from '../wire/requests';
import type { BrokerChannel, RequestWorker } from './brokerChannel';
import type { Cluster } from './cluster';
import { BrokerAgent } from './control/brokerAgent';
import type { ClusterImage, PartitionImage } from './control/clusterImage';
import { coordinatorOf } from './coordinators';
import type { Replica } from './replication/replica';
import type { ReplicaFetcher } from './replication/replicaFetcher';
import { type PlainResponse, parcelOf } from './requests/answers';
import { FetchPurgatory } from './requests/fetchPurgatory';
import { ProducePurgatory } from './requests/producePurgatory';

interface QueuedProduce {
  readonly broker: Broker;
  readonly channel: BrokerChannel;
  readonly session: number;
  readonly life: number;
  readonly request: ProduceRequest;
}

export class Broker implements NodeListener, RequestWorker {
  readonly place: BrokerPlace;
  readonly node: NetworkNode;
  readonly cluster: Cluster;
  readonly agent: BrokerAgent;
  /** By partition; a hole where this broker has no copy. */
  readonly replicas: (Replica | undefined)[] = [];
  /** By leader's place: how this broker copies from it. */
  readonly fetchers: (ReplicaFetcher | undefined)[] = [];
  /** Fetchers of other brokers that copy from this one. */
  readonly followers: ReplicaFetcher[] = [];
  /** What it knows of the cluster. */
  image: ClusterImage;
  /** Its log directory is out of order since an append failed; it holds no replica at work. */
  hasFailedDisk = false;
  /** Open connections of consumers, so that durability off can ask who is connected. */
  readonly #readers = new Set<BrokerChannel>();
  readonly #produces = new ProducePurgatory(this);
  readonly #fetches = new FetchPurgatory(this);
  #touched: Replica[] = [];
  #isSweepDue = false;
  #isDiskFull = false;
  /** Counts crashes: what an earlier life began is void. */
  #life = 0;
  #busyUntil: SimTime = instant(Number.MIN_SAFE_INTEGER);
  /** What came while the process was stalled. */
  #inbox: (() => void)[] = [];

  constructor(cluster: Cluster, place: BrokerPlace, image: ClusterImage) {
    this.cluster = cluster;
    this.place = place;
    this.image = image;
    this.node = cluster.plan.brokers[place] as NetworkNode;
    this.agent = new BrokerAgent(this);
    this.node.listeners.push(this);
  }

  get environment(): Environment {
    return this.cluster.environment;
  }

  get context(): Context {
    return this.cluster.environment.context;
  }

  get settings(): KafkaSettings {
    return this.cluster.settings;
  }

  // Requests of clients

  work(channel: BrokerChannel, request: KafkaRequest): void {
    if (!this.node.stalled) this.#work(channel, request);
    else {
      const { session } = channel;
      this.whenAwake(() => {
        if (channel.session === session) this.#work(channel, request);
      });
    }
  }

  reads(channel: BrokerChannel): void {
    this.#readers.add(channel);
  }

  /** A client's connection died: nothing that waits on it can be answered any more. */
  forget(channel: BrokerChannel): void {
    this.#produces.forget(channel);
    this.#fetches.forget(channel);
    this.#readers.delete(channel);
    channel.reset();
    this.keepWhatIsWanted();
  }

  /** The request's appends have had their turn. */
  appendTurn({ channel, session, life, request }: QueuedProduce): void {
    if (life !== this.#life) return;
    this.whenAwake(() => {
      if (life === this.#life) {
        this.#produces.work(channel.session === session ? channel : null, request);
      }
    });
  }

  // Replicas

  /** Something of this replica has moved: who waits for it is answered when the instant ends. */
  touch(replica: Replica): void {
    if (!replica.isTouched) {
      replica.isTouched = true;
      this.#touched = withOne(this.#touched, replica);
    }
    this.sweepSoon();
  }

  sweepSoon(): void {
    if (this.#isSweepDue) return;
    this.#isSweepDue = true;
    this.context.after(NO_TIME, sweepNow, this);
  }

  sweep(): void {
    this.#isSweepDue = false;
    if (!this.node.up) return;
    if (this.node.stalled) {
      this.whenAwake(() => this.sweepSoon());
      return;
    }
    const touched = this.#touched;
    this.#touched = [];
    for (const replica of touched) replica.isTouched = false;
    for (const follower of this.followers) follower.answerIfReady();
    this.#produces.complete();
    for (const replica of touched) this.cluster.markers.complete(this, replica);
    this.#fetches.complete();
    if (touched.length > 0) this.keepWhatIsWanted();
  }

  /** What the controller has decided has come; an older word than the last changes nothing. */
  learn(image: ClusterImage): void {
    if (image.version <= this.image.version) return;
    const before = this.image;
    this.image = image;
    if (this.hasFailedDisk) return;
    for (const replica of this.replicas) {
      if (replica === undefined) continue;
      const { index } = replica.plan;
      const partition = image.partitions[index] as PartitionImage;
      const known = before.partitions[index]?.registration;
      if (partition.registration !== known || replica.leaderEpoch < 0) {
        this.#carryOut(replica, partition);
      }
      // A broker that is fenced no longer holds the watermark back.
      replica.advance();
    }
  }

  /** Whether it can append; the first failure takes the whole log directory out of work. */
  canWrite(): boolean {
    if (!this.#isDiskFull) return true;
    if (!this.hasFailedDisk) {
      this.hasFailedDisk = true;
      this.#letGoOfReplicas();
      this.agent.heartbeat();
    }
    return false;
  }

  // Simplified: A broker whose disk has room again takes its replicas up at once; Kafka's has to be
  // restarted.
  fillDisk(full: boolean): void {
    this.#isDiskFull = full;
    if (full || !this.hasFailedDisk) return;
    this.hasFailedDisk = false;
    if (!this.node.up) return;
    this.#takeUpReplicas();
    this.agent.heartbeat();
  }

  /** Durability off: lets go of every record that no connected reader still has to be sent. */
  keepWhatIsWanted(): void {
    if (this.settings.durability === 'on') return;
    for (const replica of this.replicas) {
      if (replica === undefined || replica.lead === null) continue;
      let wanted = replica.highWatermark;
      for (const { partitions, offsets } of this.#readers) {
        const place = partitions.indexOf(replica.plan.index);
        if (place >= 0) wanted = Math.min(wanted, offsets[place] as number);
      }
      this.cluster.moveLogStart(replica.plan, wanted, 'not kept');
    }
  }

  // Life

  /** Lets `act` happen now, or when a stalled process goes on; never if it dies before. */
  whenAwake(act: () => void): void {
    if (this.node.stalled) this.#inbox.push(act);
    else act();
  }

  /** A message of another broker or the controller has arrived. */
  receive(act: () => void): void {
    if (this.node.up) this.whenAwake(act);
  }

  unreachable(_node: NetworkNode, crashed: boolean): void {
    // Clients say themselves which of their connections died; what they lack is answered nowhere.
    if (!crashed) return;
    this.#life += 1;
    this.#inbox = [];
    this.#busyUntil = instant(Number.MIN_SAFE_INTEGER);
    this.#produces.clear();
    this.#fetches.clear();
    this.#readers.clear();
    if (this.settings.durability === 'off') this.#loseEverything();
    this.#letGoOfReplicas();
    for (const follower of this.followers) follower.leaderDied();
    this.cluster.markers.leaderDied(this);
    this.agent.died();
  }

  reachable(): void {
    if (!this.agent.isAtWork) this.agent.restarted();
  }

  resumed(): void {
    const inbox = this.#inbox;
    this.#inbox = [];
    for (const act of inbox) act();
  }

  /** Registered again after a restart: it knows nothing but its logs. */
  startOver(image: ClusterImage): void {
    this.image = image;
    if (!this.hasFailedDisk) this.#takeUpReplicas();
  }

  #work(channel: BrokerChannel, request: KafkaRequest): void {
    switch (request.api) {
      case 'produce':
        this.#produce(channel, request);
        break;
      case 'fetch':
        this.reads(channel);
        this.#fetches.work(channel, request);
        this.keepWhatIsWanted();
        break;
      case 'metadata': {
        const registrations = this.image.partitions.map(({ registration }) => registration);
        const leaders = registrations.map(({ leader }) => leader);
        const leaderEpochs = registrations.map(({ leaderEpoch }) => leaderEpoch);
        channel.respond(parcelOf({ api: 'metadataAnswer', leaders, leaderEpochs }));
        break;
      }
      case 'findCoordinator': {
        const broker = coordinatorOf(request.name, this.image.isLive);
        channel.respond(parcelOf({ api: 'coordinator', broker }));
        break;
      }
      default:
        this.#coordinate(channel, request);
    }
  }

  /** The broker appends one record after the other: a request waits for its turn. */
  #produce(channel: BrokerChannel, request: ProduceRequest): void {
    const { append } = this.settings;
    if (append === 0) {
      this.#produces.work(channel, request);
      return;
    }
    const { context } = this;
    const records = request.batches.reduce((count, batch) => count + batch.records.length, 0);
    const start = Math.max(context.now, this.#busyUntil);
    this.#busyUntil = instant(start + append * records);
    const { session } = channel;
    const queued = { broker: this, channel, session, life: this.#life, request };
    context.schedule(this.#busyUntil, appendNow, queued);
  }

  #coordinate(channel: BrokerChannel, request: GroupRequest | TransactionRequest): void {
    const { session } = channel;
    const life = this.#life;
    const answer = (response: PlainResponse): void => {
      if (life !== this.#life) return;
      this.whenAwake(() => {
        if (channel.session === session && channel.isOpen) channel.respond(parcelOf(response));
      });
    };
    this.cluster.coordinate({ broker: this, client: channel.client, request, answer });
  }

  #carryOut(replica: Replica, partition: PartitionImage): void {
    const { leader, leaderEpoch } = partition.registration;
    const isNews = leaderEpoch !== replica.leaderEpoch || leader !== replica.leader;
    if (!isNews) {
      replica.isrDecided(partition.registration);
      return;
    }
    this.fetchers[replica.leader]?.remove(replica);
    if (leader === this.place) replica.becomeLeader(partition);
    else {
      replica.becomeFollower(partition.registration);
      this.fetchers[leader]?.add(replica);
    }
  }

  #takeUpReplicas(): void {
    for (const replica of this.replicas) {
      if (replica === undefined) continue;
      this.#carryOut(replica, this.image.partitions[replica.plan.index] as PartitionImage);
    }
  }

  #letGoOfReplicas(): void {
    for (const fetcher of this.fetchers) fetcher?.clear();
    for (const replica of this.replicas) replica?.stopWork();
  }

  /** Durability off keeps nothing over a crash of the leader. */
  #loseEverything(): void {
    for (const replica of this.replicas) {
      if (replica === undefined || replica.lead === null) continue;
      this.cluster.moveLogStart(replica.plan, replica.log.logEnd, 'lost in the crash');
    }
  }
}

const NO_TIME = microseconds(0);
const sweepNow = (broker: Broker): void => broker.sweep();
const appendNow = (queued: QueuedProduce): void => queued.broker.appendTurn(queued);
