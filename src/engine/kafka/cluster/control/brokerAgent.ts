// What a broker says to the controller: registers, gives signs of life, proposes in-sync sets and
// asks for leave to shut down; the controller decides.

import type { EventId } from '../../../kernel/eventQueue';
import { milliseconds, type SimDuration } from '../../../kernel/simTime';
import type { BrokerPlace } from '../../wire/requests';
import type { Broker } from '../broker';
import type { PartitionRegistration } from '../election';
import type { Replica } from '../replication/replica';
import type { ClusterImage } from './clusterImage';

/** Between two tries to register while the controller still believes in the process that died. */
const REGISTRATION_BACKOFF = milliseconds(100);
/** Until the second heartbeat of a shutdown (BrokerLifecycleManager). */
const SHUTDOWN_HEARTBEAT_DELAY = milliseconds(50);
/** Until a proposal that found no way is sent again. */
const PROPOSAL_RETRY = milliseconds(1_000);

export interface BrokerHeartbeat {
  readonly broker: BrokerPlace;
  /** Which life of the process speaks. */
  readonly incarnation: number;
  /** The version of the cluster's image that it has heard of. */
  readonly version: number;
  readonly wantsShutDown: boolean;
  readonly hasFailedDisk: boolean;
}

/** AlterPartition: the leader asks for another ISR. */
export interface IsrProposal {
  readonly replica: Replica;
  readonly broker: BrokerPlace;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly isr: readonly BrokerPlace[];
}

export class BrokerAgent {
  /** From its registration until it dies. */
  isAtWork = true;
  readonly #broker: Broker;
  #incarnation = 0;
  #wasCleanlyShutDown = false;
  #wantsShutDown = false;
  #heartbeatTimer: EventId | null = null;
  #isrTimer: EventId | null = null;

  constructor(broker: Broker) {
    this.#broker = broker;
  }

  /** Begins its heartbeats and its looks at laggards. */
  start(): void {
    this.heartbeat();
    this.#lookAtLaggardsLater();
  }

  /** Gives a sign of life now, and the next one when it is due. */
  heartbeat(): void {
    const { settings } = this.#broker;
    this.#beatAfter(settings.brokerHeartbeatInterval);
    this.#say();
  }

  /** Controlled shutdown: asks until its leaders have moved. */
  shutDown(): void {
    if (!this.isAtWork || this.#wantsShutDown) return;
    this.#wantsShutDown = true;
    this.#beatAfter(SHUTDOWN_HEARTBEAT_DELAY);
    this.#say();
  }

  /** The controller lets it go. */
  mayShutDown(incarnation: number): void {
    if (incarnation !== this.#incarnation || !this.#wantsShutDown) return;
    this.#wasCleanlyShutDown = true;
    this.#broker.node.crash();
  }

  died(): void {
    this.isAtWork = false;
    this.#wantsShutDown = false;
    const { context } = this.#broker;
    if (this.#heartbeatTimer !== null) context.cancel(this.#heartbeatTimer);
    if (this.#isrTimer !== null) context.cancel(this.#isrTimer);
    this.#heartbeatTimer = null;
    this.#isrTimer = null;
  }

  /** A new process: it registers as soon as the controller has given the old one up. */
  restarted(): void {
    this.#incarnation += 1;
    this.#register(this.#incarnation);
  }

  /** The controller's answer to a heartbeat of this life. */
  registered(image: ClusterImage): void {
    this.isAtWork = true;
    this.#wasCleanlyShutDown = false;
    this.#broker.startOver(image);
    this.start();
  }

  /** Asks for another ISR, until it is answered or no longer its business. */
  proposeIsr(replica: Replica, isr: readonly BrokerPlace[]): void {
    replica.lead?.proposeIsr(isr);
    this.#send({
      replica,
      broker: this.#broker.place,
      leaderEpoch: replica.leaderEpoch,
      partitionEpoch: replica.partitionEpoch,
      isr,
    });
  }

  #send(proposal: IsrProposal): void {
    const { replica } = proposal;
    const { context, cluster, place } = this.#broker;
    const lead = replica.lead;
    if (lead === null || lead.proposedIsr === null) return;
    if (replica.leaderEpoch !== proposal.leaderEpoch) return;
    if (replica.partitionEpoch !== proposal.partitionEpoch) return;
    const again = (): void => {
      const retry = (): void => this.#broker.receive(() => this.#send(proposal));
      context.after(PROPOSAL_RETRY, retry, undefined);
    };
    const path = cluster.pathToController(place);
    const answered = (registration: PartitionRegistration): void => {
      path.send(context, () => this.#broker.receive(() => replica.isrDecided(registration)), again);
    };
    path.send(context, () => answered(cluster.controller.alterIsr(proposal)), again);
  }

  #register(incarnation: number): void {
    const { context, cluster, place } = this.#broker;
    const path = cluster.pathToController(place);
    const isClean = this.#wasCleanlyShutDown;
    const again = (): void => {
      const retry = (): void => {
        if (this.#incarnation === incarnation && this.#broker.node.up && !this.isAtWork) {
          this.#register(incarnation);
        }
      };
      context.after(REGISTRATION_BACKOFF, retry, undefined);
    };
    const arrive = (): void => {
      const image = cluster.controller.register(place, { incarnation, isClean });
      if (image === null) again();
      else {
        const welcome = (): void => {
          if (this.#incarnation === incarnation && !this.isAtWork) this.registered(image);
        };
        path.send(context, () => this.#broker.receive(welcome), again);
      }
    };
    path.send(context, arrive, again);
  }

  #say(): void {
    const { context, cluster, place, image, hasFailedDisk } = this.#broker;
    const heartbeat: BrokerHeartbeat = {
      broker: place,
      incarnation: this.#incarnation,
      version: image.version,
      wantsShutDown: this.#wantsShutDown,
      hasFailedDisk,
    };
    const arrive = (): void => cluster.controller.heartbeat(heartbeat);
    cluster.pathToController(place).send(context, arrive);
  }

  #beatAfter(delay: SimDuration): void {
    const { context } = this.#broker;
    if (this.#heartbeatTimer !== null) context.cancel(this.#heartbeatTimer);
    const beat = (): void => this.#broker.whenAwake(() => this.heartbeat());
    this.#heartbeatTimer = context.after(delay, beat, undefined);
  }

  /** Every half `replica.lag.time.max.ms`, so that a laggard goes one to one and a half after it. */
  #lookAtLaggardsLater(): void {
    const { context, settings } = this.#broker;
    const delay = Math.max(1, Math.floor(settings.replicaLagTimeMax / 2)) as SimDuration;
    const look = (): void => {
      this.#lookAtLaggardsLater();
      this.#broker.whenAwake(() => this.#shrinkIsrs());
    };
    this.#isrTimer = context.after(delay, look, undefined);
  }

  #shrinkIsrs(): void {
    const { now } = this.#broker.context;
    for (const replica of this.#broker.replicas) {
      const lead = replica?.lead;
      if (!replica || !lead) continue;
      const laggards = lead.laggards(now);
      if (laggards.length === 0) continue;
      this.proposeIsr(
        replica,
        lead.isr.filter((broker) => !laggards.includes(broker)),
      );
    }
  }
}
