// The controller: knows who is alive, decides who leads and who is in sync, and tells every broker;
// how a leader is chosen is election.ts's.

import type { SimTime } from '../../../kernel/simTime';
import { instant, later } from '../../../kernel/simTime';
import { type ElectionKind, EntryKind, electionDetail } from '../../../trace/entryKinds';
import type { EntrySeq, PartitionIndex } from '../../../trace/trace';
import type { BrokerPlace } from '../../wire/requests';
import type { Cluster } from '../cluster';
import {
  changePartition,
  type Election,
  NO_LEADER,
  type PartitionEvent,
  type PartitionRegistration,
} from '../election';
import { effectiveMinIsr } from '../minIsr';
import type { BrokerHeartbeat, IsrProposal } from './brokerAgent';
import type { ClusterImage } from './clusterImage';
import { electionKind } from './electionKind';

/** What the controller holds of a broker. */
interface Member {
  incarnation: number;
  isFenced: boolean;
  isShuttingDown: boolean;
  hasFailedDisk: boolean;
  lastContact: SimTime;
  isWatched: boolean;
}

interface Watch {
  readonly controller: Controller;
  readonly broker: BrokerPlace;
}

// Simplified: One controller decides, at once and for ever; Kafka's are three or more that agree by
// majority (KRaft).
export class Controller {
  image: ClusterImage;
  readonly #cluster: Cluster;
  readonly #members: Member[];
  readonly #registrations: PartitionRegistration[];
  readonly #causes: EntrySeq[];
  #hasNews = false;

  constructor(cluster: Cluster, image: ClusterImage) {
    this.#cluster = cluster;
    this.image = image;
    this.#registrations = image.partitions.map(({ registration }) => registration);
    this.#causes = image.partitions.map(({ cause }) => cause);
    this.#members = image.isLive.map(() => ({
      incarnation: 0,
      isFenced: false,
      isShuttingDown: false,
      hasFailedDisk: false,
      lastContact: cluster.environment.context.now,
      isWatched: false,
    }));
  }

  start(): void {
    this.#members.forEach((member, broker) => {
      member.lastContact = this.#now;
      this.#watch(broker);
    });
    this.#restoreLeadersLater();
  }

  /** Unclean election may have been allowed for partitions that have nobody. */
  settingsChanged(): void {
    this.#electForLeaderless();
    this.#publish();
  }

  // Simplified: A broker that missed a change hears of it with its next heartbeat; Kafka's brokers
  // ask for changes all the time.
  /** A sign of life. */
  heartbeat(heartbeat: BrokerHeartbeat): void {
    const { broker, incarnation, version, wantsShutDown, hasFailedDisk } = heartbeat;
    const member = this.#members[broker] as Member;
    if (member.incarnation !== incarnation) return;
    member.lastContact = this.#now;
    this.#watch(broker);
    this.#diskIs(broker, hasFailedDisk);
    if (wantsShutDown) this.#shutsDown(broker);
    else if (member.isFenced) this.#unfence(broker);
    const isBehind = version < this.image.version;
    if (!this.#publish() && isBehind) this.#tell(broker);
  }

  /** A restarted broker asks to come back; null: its old session still counts. */
  register(
    broker: BrokerPlace,
    life: { readonly incarnation: number; readonly isClean: boolean },
  ): ClusterImage | null {
    const member = this.#members[broker] as Member;
    if (!member.isFenced) return null;
    member.incarnation = life.incarnation;
    member.isShuttingDown = false;
    member.lastContact = this.#now;
    if (!life.isClean) this.#lostPowers(broker);
    this.#publish();
    return this.image;
  }

  /** A leader asks for another ISR. @returns the partition as it is now, changed or not. */
  alterIsr({
    replica,
    broker,
    leaderEpoch,
    partitionEpoch,
    isr,
  }: IsrProposal): PartitionRegistration {
    const partition = replica.plan.index;
    const registration = this.#registrations[partition] as PartitionRegistration;
    const isCurrent =
      registration.leader === broker &&
      registration.leaderEpoch === leaderEpoch &&
      registration.partitionEpoch === partitionEpoch;
    if (!isCurrent || !isr.every((member) => this.#isEligible(member))) return registration;
    this.#change(partition, { targetIsr: isr, leaderRecoveryState: 'RECOVERED' });
    this.#publish();
    return this.#registrations[partition] as PartitionRegistration;
  }

  /** Its session may be over. */
  look(broker: BrokerPlace): void {
    const member = this.#members[broker] as Member;
    member.isWatched = false;
    if (member.isFenced) return;
    if (this.#sessionEnd(member) > this.#now) this.#watch(broker);
    else {
      this.#fence(broker);
      this.#publish();
    }
  }

  /** Preferred leaders that are in sync come back (auto.leader.rebalance.enable). */
  restoreLeaders(): void {
    this.#restoreLeadersLater();
    this.#registrations.forEach(({ leader, replicas }, partition) => {
      if (leader !== replicas[0]) this.#change(partition, { election: 'PREFERRED' });
    });
    this.#publish();
  }

  get #now(): SimTime {
    return this.#cluster.environment.context.now;
  }

  get #election(): Election {
    return this.#cluster.settings.uncleanLeaderElection === 'on' ? 'UNCLEAN' : 'ONLINE';
  }

  #sessionEnd(member: Member): SimTime {
    return later(member.lastContact, this.#cluster.settings.brokerSessionTimeout);
  }

  /** One timer a broker; it looks again when the session has been renewed meanwhile. */
  #watch(broker: BrokerPlace): void {
    const member = this.#members[broker] as Member;
    if (member.isWatched || member.isFenced) return;
    member.isWatched = true;
    const at = Math.max(this.#sessionEnd(member), this.#now);
    const watch: Watch = { controller: this, broker };
    this.#cluster.environment.context.schedule(instant(at), lookNow, watch);
  }

  #restoreLeadersLater(): void {
    const { environment, settings } = this.#cluster;
    environment.context.after(settings.leaderImbalanceCheckInterval, restoreNow, this);
  }

  #fence(broker: BrokerPlace): void {
    (this.#members[broker] as Member).isFenced = true;
    this.#hasNews = true;
    const cause = this.#write(EntryKind.BrokerFenced, broker);
    this.#withdraw(broker, cause);
  }

  #unfence(broker: BrokerPlace): void {
    const member = this.#members[broker] as Member;
    member.isFenced = false;
    this.#hasNews = true;
    this.#watch(broker);
    this.#write(EntryKind.BrokerUnfenced, broker);
    this.#electForLeaderless();
  }

  /** First its leaders move, then, with the next heartbeat, it may go. */
  #shutsDown(broker: BrokerPlace): void {
    const member = this.#members[broker] as Member;
    const { environment, brokers } = this.#cluster;
    if (!member.isShuttingDown) {
      member.isShuttingDown = true;
      this.#hasNews = true;
      this.#withdraw(broker, environment.context.cause);
      return;
    }
    if (!member.isFenced) this.#fence(broker);
    const target = brokers[broker];
    const { incarnation } = member;
    this.#publish();
    this.#cluster.pathToController(broker).send(environment.context, () => {
      target?.receive(() => target.agent.mayShutDown(incarnation));
    });
  }

  #diskIs(broker: BrokerPlace, hasFailed: boolean): void {
    const member = this.#members[broker] as Member;
    if (member.hasFailedDisk === hasFailed) return;
    member.hasFailedDisk = hasFailed;
    this.#hasNews = true;
    if (hasFailed) this.#withdraw(broker, this.#cluster.environment.context.cause);
    else this.#electForLeaderless();
  }

  /** Takes a broker out of every ISR, and with that from every leadership. */
  #withdraw(broker: BrokerPlace, cause: EntrySeq): void {
    this.#registrations.forEach(({ isr, leader }, partition) => {
      if (!isr.includes(broker) && leader !== broker) return;
      this.#cluster.environment.context.cause = cause;
      this.#change(partition, { targetIsr: isr.filter((member) => member !== broker) });
    });
  }

  /** A process that died uncleanly may lack what it had acknowledged (KIP-966). */
  #lostPowers(broker: BrokerPlace): void {
    this.#registrations.forEach(({ isr, elr }, partition) => {
      if (!isr.includes(broker) && !elr.includes(broker)) return;
      const targetIsr = isr.filter((member) => member !== broker);
      this.#change(partition, { targetIsr, uncleanShutdown: [broker] });
    });
  }

  #electForLeaderless(): void {
    const { context } = this.#cluster.environment;
    const { cause } = context;
    this.#registrations.forEach(({ leader }, partition) => {
      context.cause = cause;
      if (leader === NO_LEADER) this.#change(partition, {});
    });
    context.cause = cause;
  }

  #change(partition: PartitionIndex, event: Partial<PartitionEvent>): void {
    const before = this.#registrations[partition] as PartitionRegistration;
    const { minInsyncReplicas } = this.#cluster.settings;
    const after = changePartition(before, {
      election: this.#election,
      alive: this.#members.flatMap((_, place) => (this.#isEligible(place) ? [place] : [])),
      minIsr: effectiveMinIsr(minInsyncReplicas, before.replicas.length),
      elrEnabled: true,
      lastKnownLeaderEnabled: true,
      ...event,
    });
    if (after === before) return;
    this.#registrations[partition] = after;
    this.#hasNews = true;
    this.#record(partition, before, electionKind(before, after, event.election));
    this.#causes[partition] = this.#cluster.environment.context.cause;
  }

  #record(partition: PartitionIndex, before: PartitionRegistration, kind: ElectionKind): void {
    const after = this.#registrations[partition] as PartitionRegistration;
    const { recorder } = this.#cluster.environment;
    const { plan, records } = this.#cluster;
    const node = plan.controller.index;
    const isrBits = isrCode(after);
    if (isrBits !== isrCode(before)) {
      const detail = after.isr.length > before.isr.length ? 1 : 0;
      recorder.entry(EntryKind.IsrChanged, { node, place: partition, value: isrBits, detail });
    }
    if (after.leader === before.leader) return;
    const record = records[partition];
    if (record && after.leader !== NO_LEADER) record.leader = after.leader;
    recorder.entry(EntryKind.LeaderChanged, {
      node,
      place: partition,
      value: plan.brokers[after.leader]?.index ?? -1,
      detail: electionDetail(after.leaderEpoch, kind),
    });
  }

  #isEligible(broker: BrokerPlace): boolean {
    const { isFenced, isShuttingDown, hasFailedDisk } = this.#members[broker] as Member;
    return !isFenced && !isShuttingDown && !hasFailedDisk;
  }

  /** Tells every broker what is new. @returns whether there was something. */
  #publish(): boolean {
    if (!this.#hasNews) return false;
    this.#hasNews = false;
    this.image = {
      version: this.image.version + 1,
      partitions: this.#registrations.map((registration, partition) => ({
        registration,
        cause: this.#causes[partition] as EntrySeq,
      })),
      isLive: this.#members.map(({ isFenced }) => !isFenced),
      isEligible: this.#members.map((_, broker) => this.#isEligible(broker)),
    };
    this.#cluster.brokers.forEach(({ place }) => {
      this.#tell(place);
    });
    this.#cluster.coordinatorsMove(this.image.isLive);
    return true;
  }

  #tell(broker: BrokerPlace): void {
    const { image } = this;
    const target = this.#cluster.brokers[broker];
    const { context } = this.#cluster.environment;
    this.#cluster.pathToController(broker).send(context, () => {
      target?.receive(() => {
        if (target.agent.isAtWork) target.learn(image);
      });
    });
  }

  /** An entry about a broker. */
  #write(kind: EntryKind, broker: BrokerPlace): EntrySeq {
    const { environment, plan } = this.#cluster;
    return environment.recorder.entry(kind, { node: plan.brokers[broker]?.index ?? -1 });
  }
}

/** A bit for each place of the assignment. */
const isrCode = ({ replicas, isr }: PartitionRegistration): number =>
  replicas.reduce((bits, replica, place) => bits + (isr.includes(replica) ? 1 << place : 0), 0);

const lookNow = ({ controller, broker }: Watch): void => controller.look(broker);
const restoreNow = (controller: Controller): void => controller.restoreLeaders();
