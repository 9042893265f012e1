// One broker's copy of a partition and its part in it: leader, follower, or neither; who leads is
// decided elsewhere, and how copies travel is the fetcher's.

import { EntryKind, type LossCause, lossCauseCode } from '../../../trace/entryKinds';
import type { EntrySeq } from '../../../trace/trace';
import { ReplicaLog, type TransactionMarker } from '../../log/replicaLog';
import type { BrokerPlace, IsolationLevel, Offset, RecordBatch } from '../../wire/requests';
import type { Broker } from '../broker';
import type { PartitionPlan } from '../clusterPlan';
import type { PartitionImage } from '../control/clusterImage';
import type { PartitionRegistration } from '../election';
import { followerHighWatermark, truncationOffset } from '../followerReplica';
import { type Divergence, LeaderReplica } from '../leaderReplica';
import type { PartitionRecord } from './partitionRecord';

export class Replica {
  readonly plan: PartitionPlan;
  readonly log: ReplicaLog;
  /** Set while this replica leads. */
  lead: LeaderReplica | null = null;
  /** What this replica has heard last; -1: nothing, nobody. */
  leader: BrokerPlace = -1;
  leaderEpoch = -1;
  partitionEpoch = -1;
  /** Waits to be looked at when the instant ends. */
  isTouched = false;
  /** Entries that what comes next follows from: the last append or copy, the last watermark. */
  logEntry: EntrySeq = -1;
  watermarkEntry: EntrySeq = -1;
  readonly #broker: Broker;
  readonly #record: PartitionRecord;
  #followerWatermark: Offset = 0;
  #stableOffset: Offset = -1;

  constructor(broker: Broker, plan: PartitionPlan, record: PartitionRecord) {
    this.#broker = broker;
    this.#record = record;
    this.plan = plan;
    this.log = new ReplicaLog(broker.cluster.settings, broker.cluster.keyBytes);
  }

  get highWatermark(): Offset {
    return this.lead === null ? this.#followerWatermark : this.lead.highWatermark;
  }

  /** The end of what a consumer may read here. */
  readableEnd(isolation: IsolationLevel): Offset {
    const { highWatermark } = this;
    if (isolation === 'read_uncommitted') return highWatermark;
    return this.log.lastStableOffset(highWatermark);
  }

  /** The controller has named this broker: it leads from what it has. */
  becomeLeader({ registration, cause }: PartitionImage): void {
    const { cluster, place, node } = this.#broker;
    const { context } = cluster.environment;
    const { highWatermark, log } = this;
    this.#heard(registration);
    log.advanceLogStart(this.#record.logStart);
    log.epochs.assign(registration.leaderEpoch, log.logEnd);
    this.lead = new LeaderReplica({
      broker: place,
      replicas: registration.replicas,
      isr: registration.isr,
      leaderEpoch: registration.leaderEpoch,
      logEnd: log.logEnd,
      highWatermark: Math.min(highWatermark, log.logEnd),
      settings: cluster.settings,
      isEligible: (broker) => this.#broker.image.isEligible[broker] === true,
      now: context.now,
    });
    context.cause = cause;
    if (this.#isOnRecord) this.#record.isNow(log, node.index);
    this.logEntry = context.cause;
    this.watermarkEntry = context.cause;
    // A leader before it may have moved the watermark when it was deposed and did not know it.
    this.#recordWatermark();
    this.advance();
    this.#broker.touch(this);
  }

  /** Somebody else leads, or nobody. */
  becomeFollower(registration: PartitionRegistration): void {
    this.#stopLeading();
    this.#heard(registration);
  }

  // Simplified: A replica's high watermark outlives its broker's process; Kafka writes it down
  // every five seconds.
  /** Its broker died, or lost its disk: it takes no part and has heard nothing. */
  stopWork(): void {
    this.#stopLeading();
    this.leader = -1;
    this.leaderEpoch = -1;
    this.partitionEpoch = -1;
  }

  #stopLeading(): void {
    if (this.lead === null) return;
    this.#followerWatermark = this.lead.highWatermark;
    this.lead = null;
    this.#broker.touch(this);
  }

  /** The controller says who is in sync, unasked or asked. */
  isrDecided(registration: PartitionRegistration): void {
    if (this.lead === null || registration.leaderEpoch !== this.leaderEpoch) return;
    if (registration.partitionEpoch < this.partitionEpoch) return;
    this.partitionEpoch = registration.partitionEpoch;
    this.lead.isrCommitted(registration.isr);
    this.advance();
    // Whoever waits for the copies of a smaller ISR than the minimum is answered with an error.
    this.#broker.touch(this);
  }

  append(batch: RecordBatch): Offset {
    const { log, leaderEpoch } = this;
    const { now } = this.#broker.cluster.environment.context;
    const base = log.append(batch, { leaderEpoch, now });
    this.#appended(base);
    return base;
  }

  appendMarker(marker: TransactionMarker): void {
    const { log, leaderEpoch } = this;
    const { now } = this.#broker.cluster.environment.context;
    this.#appended(log.appendMarker(marker, { leaderEpoch, now }));
  }

  /** A follower's fetch proves how far it is. */
  followerIsAt(follower: Replica, replica: BrokerPlace): void {
    const lead = this.lead as LeaderReplica;
    const { context } = this.#broker.cluster.environment;
    lead.followerFetched({ replica, offset: follower.log.logEnd, now: context.now });
    if (follower.logEntry >= 0) context.cause = follower.logEntry;
    this.advance();
    if (lead.mayJoin(replica)) this.#broker.agent.proposeIsr(this, [...lead.isr, replica]);
  }

  /** Moves the watermark as far as it may go. */
  advance(): void {
    const { context } = this.#broker.cluster.environment;
    if (this.lead?.advanceHighWatermark(context.now) !== true) return;
    this.#broker.touch(this);
    if (!this.#isOnRecord) return;
    this.watermarkEntry = context.cause;
    this.#recordWatermark();
    const { highWatermark } = this.lead;
    if (!this.log.hasTransactions) return;
    const stableOffset = this.log.lastStableOffset(highWatermark);
    if (stableOffset === this.#stableOffset) return;
    this.#stableOffset = stableOffset;
    this.#write(EntryKind.StableOffsetMoved, stableOffset);
  }

  /** The leader's response as far as `end`: what it held when it answered. */
  copyFrom(leader: Replica, answer: { readonly end: Offset; readonly cause: EntrySeq }): void {
    if (answer.end <= this.log.logEnd) return;
    this.log.copyFrom(leader.log, answer.end);
    this.#broker.cluster.environment.context.cause = answer.cause;
    this.logEntry = this.#write(EntryKind.Replicated, this.log.logEnd);
  }

  /** What the leader's response says beside the records. */
  learn(highWatermark: Offset, logStart: Offset): void {
    this.#followerWatermark = followerHighWatermark(highWatermark, this.log.logEnd);
    this.log.advanceLogStart(logStart);
  }

  /** Cuts off what the leader's log has otherwise; null: it has less, and knows no older epoch. */
  truncateAt(divergence: Divergence | null, leaderEnd: Offset): void {
    const { log } = this;
    const to = divergence ? truncationOffset(divergence, log.epochs, log.logEnd) : leaderEnd;
    if (to >= log.logEnd) return;
    log.truncateTo(to);
    this.#followerWatermark = Math.min(this.#followerWatermark, to);
    this.logEntry = this.#write(EntryKind.FollowerTruncated, to);
  }

  /** Forgets the records below `to`; `cause` is why a reader who still wanted them misses them. */
  moveLogStart(to: Offset, cause: LossCause): void {
    if (to <= this.log.logStart) return;
    this.log.advanceLogStart(to);
    if (this.lead === null || !this.#isOnRecord || to <= this.#record.logStart) return;
    this.#record.logStart = to;
    this.#write(EntryKind.LogStartMoved, to, lossCauseCode(cause));
  }

  /** Whether the trace takes this replica's log for the partition's. */
  get #isOnRecord(): boolean {
    return this.#record.leader === this.#broker.place;
  }

  #appended(base: Offset): void {
    const { log } = this;
    const { place, node } = this.#broker;
    for (let offset = base; offset < log.logEnd; offset += 1) {
      this.logEntry = this.#record.recordAppend({ node: node.index, log, offset });
      this.#record.appended(place, log.records.messageAt(offset));
    }
    this.lead?.appended(log.logEnd);
    this.#broker.cluster.logGrew();
    this.advance();
    this.#broker.touch(this);
  }

  /** Says how far the partition's watermark has come, if that is news. */
  #recordWatermark(): void {
    const { highWatermark } = this;
    if (!this.#isOnRecord || highWatermark <= this.#record.highWatermark) return;
    this.#record.highWatermark = highWatermark;
    this.watermarkEntry = this.#write(EntryKind.WatermarkMoved, highWatermark);
  }

  #heard({ leader, leaderEpoch, partitionEpoch }: PartitionRegistration): void {
    this.leader = leader;
    this.leaderEpoch = leaderEpoch;
    this.partitionEpoch = partitionEpoch;
  }

  #write(kind: EntryKind, value: number, detail = -1): EntrySeq {
    const { index } = this.plan;
    const node = this.#broker.node.index;
    const { recorder } = this.#broker.cluster.environment;
    return recorder.entry(kind, { node, place: index, value, detail });
  }
}
