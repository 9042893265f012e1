// What one client knows of the cluster: who leads each partition, and a connection to each broker.
// Asks the next broker when it seems to know wrongly; reads and writes no records.

import type { EventId } from '../../kernel/eventQueue';
import { microseconds } from '../../kernel/simTime';
import type { Environment } from '../../network/node';
import type { TcpConnectionOptions } from '../../network/tcpConnection';
import type { PartitionIndex } from '../../trace/trace';
import type { Cluster } from '../cluster/cluster';
import { byPartition } from '../cluster/clusterPlan';
import type { KafkaSettings } from '../configuration';
import type { BrokerPlace, KafkaResponse, MetadataResponse } from '../wire/requests';
import { backoffAfter } from './backoff';
import { type Asker, BrokerConnection, type ConnectionOwner } from './brokerConnection';
import type { ClientProcess } from './clientProcess';

/** Where a client stands: its process, its cluster, and its way to each broker, by place. */
export interface ClientParts {
  readonly process: ClientProcess;
  readonly cluster: Cluster;
  readonly routes: readonly TcpConnectionOptions[];
}

/** The producer, consumer or coordinator link on top. */
export interface ClusterUser {
  /** A connection is open, or other brokers lead: try what could not be done. */
  proceed(): void;
  /** A connection has begun: nothing that its predecessor had agreed on holds. */
  opened(place: BrokerPlace): void;
  /** A connection died; what was unanswered on it has been told. */
  lost(place: BrokerPlace): void;
  /** Whether it would dial this broker if it came within reach. */
  needs(place: BrokerPlace): boolean;
}

export class ClusterClient implements ConnectionOwner, Asker {
  readonly connections: readonly BrokerConnection[];
  /** Grows with each metadata answer. */
  version = 0;
  readonly #environment: Environment;
  readonly #settings: KafkaSettings;
  readonly #process: ClientProcess;
  readonly #user: ClusterUser;
  // The bootstrap came before the scene, so that everything is known at its start.
  readonly #leaders: BrokerPlace[];
  readonly #leaderEpochs: number[];
  /** Metadata are wanted; asked for, or to be asked for as soon as somebody can be. */
  #isStale = false;
  #isAsked = false;
  #timer: EventId | null = null;
  /** Answers in a row that brought nothing new. */
  #vain = 0;
  #mayAskAt = Number.NEGATIVE_INFINITY;
  #askedLast: BrokerPlace = -1;

  constructor(
    environment: Environment,
    settings: KafkaSettings,
    { process, cluster, routes }: ClientParts,
    user: ClusterUser,
  ) {
    this.#environment = environment;
    this.#settings = settings;
    this.#process = process;
    this.#user = user;
    this.#leaders = byPartition(cluster.plan.partitions, ({ replicas }) => replicas[0] ?? -1);
    this.#leaderEpochs = this.#leaders.map(() => 0);
    this.connections = cluster.brokers.map((broker, place) => {
      const route = routes[place] as TcpConnectionOptions;
      return new BrokerConnection({ environment, settings, process, broker, route }, this);
    });
  }

  /** Who leads, as far as this client knows; -1: nobody. */
  leaderOf(partition: PartitionIndex): BrokerPlace {
    return this.#leaders[partition] as BrokerPlace;
  }

  connectionTo(place: BrokerPlace): BrokerConnection | undefined {
    return this.connections[place];
  }

  /** Whether requests can be sent there now; otherwise dials if that has a chance. */
  use(place: BrokerPlace): 'open' | 'connecting' | 'unreachable' {
    const tcp = this.connections[place]?.tcp;
    tcp?.open();
    const state = tcp?.state ?? 'closed';
    return state === 'closed' ? 'unreachable' : state;
  }

  /** A broker has said itself who leads now (KIP-951). */
  leaderIs(partition: PartitionIndex, leader: BrokerPlace): void {
    if (leader >= 0) this.#leaders[partition] = leader;
  }

  /** Asks who leads, soon: at once, or when `retry.backoff.ms` is over since the last answer. */
  refresh(): void {
    this.#isStale = true;
    if (this.#isAsked || this.#timer !== null) return;
    const wait = this.#mayAskAt - this.#environment.context.now;
    if (wait <= 0) this.ask();
    else this.#timer = this.#process.after(microseconds(wait), askNow, this);
  }

  /** Asks the next broker that can be asked; with none, when one can. */
  ask(): void {
    this.#timer = null;
    if (!this.#isStale || this.#isAsked) return;
    const connection = this.anyBroker();
    if (!connection?.isOpen) {
      connection?.tcp.open();
      return;
    }
    this.#isAsked = true;
    this.#askedLast = connection.place;
    connection.send({ api: 'metadata' }, this);
  }

  /**
   * The broker to ask what any can answer: connected and with the least to do, or else one that can
   * be dialled; in turn (Kafka 4.3, NetworkClient.leastLoadedNode).
   */
  anyBroker(): BrokerConnection | undefined {
    let best: BrokerConnection | undefined;
    let least = Number.POSITIVE_INFINITY;
    const { connections } = this;
    for (let step = 1; step <= connections.length; step += 1) {
      const place = (this.#askedLast + step) % connections.length;
      const connection = connections[place] as BrokerConnection;
      if (!connection.isUsable) continue;
      const load = loadOf(connection);
      if (load < least) {
        best = connection;
        least = load;
      }
    }
    return best;
  }

  answered(response: KafkaResponse): void {
    this.#isAsked = false;
    this.#isStale = false;
    this.version += 1;
    const hasChanged = this.#learn(response as MetadataResponse);
    this.#vain = hasChanged ? 0 : this.#vain + 1;
    this.#backOff(Math.max(1, this.#vain));
    this.#user.proceed();
  }

  unanswered(): void {
    this.#isAsked = false;
    this.#vain += 1;
    this.#backOff(this.#vain);
    this.refresh();
  }

  opened(connection: BrokerConnection): void {
    this.#user.opened(connection.place);
    this.#askIfPossible();
    this.#user.proceed();
  }

  lost({ place }: BrokerConnection): void {
    this.#user.lost(place);
    this.#user.proceed();
  }

  canDial(connection: BrokerConnection): void {
    if (this.#user.needs(connection.place)) connection.tcp.open();
    this.#askIfPossible();
  }

  /** The process died, and with it what it was about to ask. */
  loseMemory(): void {
    this.#isStale = false;
    this.#isAsked = false;
    this.#timer = null;
    this.#vain = 0;
    this.#mayAskAt = Number.NEGATIVE_INFINITY;
  }

  #askIfPossible(): void {
    if (this.#timer === null) this.ask();
  }

  #backOff(tries: number): void {
    const { now } = this.#environment.context;
    this.#mayAskAt = now + backoffAfter(tries, this.#settings.retryBackoff);
  }

  /** @returns whether anybody else leads anything; what is older than what is known counts not. */
  #learn({ leaders, leaderEpochs }: MetadataResponse): boolean {
    let hasChanged = false;
    for (let partition = 0; partition < leaders.length; partition += 1) {
      const epoch = leaderEpochs[partition] as number;
      if (epoch < (this.#leaderEpochs[partition] as number)) continue;
      this.#leaderEpochs[partition] = epoch;
      if (this.#leaders[partition] === leaders[partition]) continue;
      this.#leaders[partition] = leaders[partition] as BrokerPlace;
      hasChanged = true;
    }
    return hasChanged;
  }
}

/** What must still be opened comes after all that is open, and what must be dialled comes last. */
function loadOf({ tcp, pending }: BrokerConnection): number {
  if (tcp.state === 'open') return pending;
  return tcp.state === 'connecting' ? 1e6 : 2e6;
}

const askNow = (client: ClusterClient): void => client.ask();
