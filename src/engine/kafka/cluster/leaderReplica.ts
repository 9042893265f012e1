// What a leader knows of its partition's replicas: how far each one is, who is in sync, and the
// high watermark that follows. It holds no records, sends nothing and has no clock.

import { assert } from '../../assert';
import type { LeaderEpochs } from '../log/leaderEpochs';
import { effectiveMinIsr } from './minIsr';

/** Read anew at each use, as a setting may change while the leader leads. */
export interface ReplicationSettings {
  /** `min.insync.replicas`. */
  readonly minInsyncReplicas: number;
  /** `replica.lag.time.max.ms`, in microseconds. */
  readonly replicaLagTimeMax: number;
}

export interface LeaderReplicaOptions {
  /** The broker that leads. */
  readonly broker: number;
  /** In the order of assignment, the leader among them. */
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  readonly leaderEpoch: number;
  /** Log end offset and high watermark at the election. */
  readonly logEnd: number;
  readonly highWatermark: number;
  readonly settings: ReplicationSettings;
  /** Whether a broker is neither fenced nor shutting down, as far as the leader has heard. */
  readonly isEligible: (broker: number) => boolean;
  /** Time of the election, in microseconds. */
  readonly now: number;
}

/** The fetch at `offset` is the proof that the follower has everything below it. */
export interface FollowerFetch {
  readonly replica: number;
  readonly offset: number;
  /** In microseconds. */
  readonly now: number;
}

/**
 * Where the follower's log left the leader's: the follower truncates to the smaller end of `epoch`
 * and fetches again.
 */
export interface Divergence {
  readonly epoch: number;
  readonly endOffset: number;
}

const UNKNOWN_OFFSET = -1;
const NEVER = Number.NEGATIVE_INFINITY;

/**
 * One object for each leader epoch; positions are indexed by the replica's place in the assignment
 * (Kafka 4.3, Partition and ReplicaState). The caller moves the watermark after whatever may move
 * it: a start, an append, a fetch, a change of the ISR.
 */
export class LeaderReplica {
  readonly broker: number;
  readonly replicas: readonly number[];
  readonly leaderEpoch: number;
  /** The offset of this epoch's first record. */
  readonly epochStartOffset: number;
  #logEnd: number;
  #highWatermark: number;
  readonly #settings: ReplicationSettings;
  readonly #isEligible: (broker: number) => boolean;
  readonly #leaderPlace: number;
  #isr: readonly number[];
  #maximalIsr: readonly number[];
  #proposedIsr: readonly number[] | null = null;
  readonly #isInMaximalIsr: boolean[];
  readonly #logEnds: Float64Array;
  readonly #lastFetchTimes: Float64Array;
  readonly #logEndsAtLastFetch: Float64Array;
  readonly #lastCaughtUpTimes: Float64Array;

  constructor(options: LeaderReplicaOptions) {
    const { broker, replicas, isr, logEnd, highWatermark } = options;
    assert(replicas.includes(broker), `broker ${broker} leads a partition of which it has no copy`);
    assert(highWatermark <= logEnd, `a high watermark beyond the log's end at ${logEnd}`);
    this.broker = broker;
    this.replicas = replicas;
    this.leaderEpoch = options.leaderEpoch;
    this.epochStartOffset = logEnd;
    this.#logEnd = logEnd;
    this.#highWatermark = highWatermark;
    this.#settings = options.settings;
    this.#isEligible = options.isEligible;
    this.#leaderPlace = replicas.indexOf(broker);
    this.#isr = this.#inOrder(isr);
    this.#maximalIsr = this.#isr;
    this.#isInMaximalIsr = replicas.map((replica) => isr.includes(replica));
    const count = replicas.length;
    this.#logEnds = new Float64Array(count).fill(UNKNOWN_OFFSET);
    this.#lastFetchTimes = new Float64Array(count).fill(NEVER);
    this.#logEndsAtLastFetch = new Float64Array(count).fill(UNKNOWN_OFFSET);
    // Whoever is in sync at the election has one lag period of grace; nobody else holds back the
    // watermark.
    this.#lastCaughtUpTimes = Float64Array.from(replicas, (replica) =>
      isr.includes(replica) ? options.now : NEVER,
    );
  }

  /** Offset of the next record to be appended. */
  get logEnd(): number {
    return this.#logEnd;
  }

  /** Consumers read below it; it never moves back. */
  get highWatermark(): number {
    return this.#highWatermark;
  }

  /** As the controller has committed it, in the order of assignment. */
  get isr(): readonly number[] {
    return this.#isr;
  }

  /** The committed ISR and whoever a proposal would add: the watermark waits for all (KIP-497). */
  get maximalIsr(): readonly number[] {
    return this.#maximalIsr;
  }

  /** The ISR that the controller has been asked for; null when nothing is in flight. */
  get proposedIsr(): readonly number[] | null {
    return this.#proposedIsr;
  }

  get effectiveMinIsr(): number {
    return effectiveMinIsr(this.#settings.minInsyncReplicas, this.replicas.length);
  }

  get isUnderMinIsr(): boolean {
    return this.#isr.length < this.effectiveMinIsr;
  }

  /** Log end offset that the replica's last fetch has proven; -1 before the first one. */
  logEndOf(replica: number): number {
    const place = this.#placeOf(replica);
    return place === this.#leaderPlace ? this.logEnd : (this.#logEnds[place] as number);
  }

  /** The last instant at which the follower is known to have had all; -Infinity: never. */
  lastCaughtUpTimeOf(replica: number): number {
    return this.#lastCaughtUpTimes[this.#placeOf(replica)] as number;
  }

  /** A leader's log only grows. */
  appended(logEnd: number): void {
    assert(logEnd >= this.#logEnd, 'the log of a leader has shrunk');
    this.#logEnd = logEnd;
  }

  /**
   * A follower that reaches the log end is caught up now. One that reaches the log end of its
   * previous fetch was caught up then: so a follower stays in sync under a steady stream of small
   * batches, though it is never at the very end.
   */
  followerFetched({ replica, offset, now }: FollowerFetch): void {
    const place = this.#placeOf(replica);
    assert(offset <= this.logEnd, 'a follower fetches beyond the end of its leader');
    const logEndAtLastFetch = this.#logEndsAtLastFetch[place] as number;
    let caughtUp = NEVER;
    if (offset === this.#logEnd) caughtUp = now;
    else if (offset >= logEndAtLastFetch) caughtUp = this.#lastFetchTimes[place] as number;
    if (caughtUp > (this.#lastCaughtUpTimes[place] as number)) {
      this.#lastCaughtUpTimes[place] = caughtUp;
    }
    this.#logEnds[place] = offset;
    this.#logEndsAtLastFetch[place] = this.#logEnd;
    this.#lastFetchTimes[place] = now;
  }

  /**
   * Moves the watermark to the smallest log end over the leader, the maximal ISR and the caught-up
   * replicas that may join it: without these, a single leader under load would outrun whoever
   * returns. It stands still while the committed ISR is too small, whatever acks were asked for
   * (KIP-966).
   *
   * @returns whether the watermark moved.
   */
  advanceHighWatermark(now: number): boolean {
    if (this.isUnderMinIsr) return false;
    let to = this.#logEnd;
    const logEnds = this.#logEnds;
    for (let place = 0; place < logEnds.length; place += 1) {
      const logEnd = logEnds[place] as number;
      if (logEnd >= to || place === this.#leaderPlace) continue;
      if (this.#isInMaximalIsr[place] || this.#waitsToJoin(place, now)) to = logEnd;
    }
    if (to <= this.#highWatermark) return false;
    this.#highWatermark = to;
    return true;
  }

  /**
   * Members of the ISR that have not been caught up for `replica.lag.time.max.ms`. Who has
   * everything never lags, however long ago it fetched. None while a proposal is in flight.
   */
  laggards(now: number): number[] {
    if (this.#proposedIsr !== null) return [];
    return this.#isr.filter(
      (replica) => replica !== this.broker && !this.#isCaughtUp(this.#placeOf(replica), now),
    );
  }

  /**
   * Whether the leader would ask the controller to let `replica` into the ISR: it has everything
   * that is committed, also what may have been committed before this leader's epoch began.
   */
  mayJoin(replica: number): boolean {
    if (this.#proposedIsr !== null || this.#isr.includes(replica)) return false;
    const logEnd = this.logEndOf(replica);
    const isFarEnough = logEnd >= this.#highWatermark && logEnd >= this.epochStartOffset;
    return isFarEnough && this.#isEligible(replica);
  }

  /** The leader asks for another ISR (AlterPartition); until it is answered, the larger counts. */
  proposeIsr(isr: readonly number[]): void {
    assert(this.#proposedIsr === null, 'a second proposal while the first is in flight');
    this.#proposedIsr = this.#inOrder(isr);
    this.#countOn(this.replicas.filter((one) => this.#isr.includes(one) || isr.includes(one)));
  }

  /** The controller says what the ISR is: the one proposed, or one without a lost broker. */
  isrCommitted(isr: readonly number[]): void {
    this.#isr = this.#inOrder(isr);
    this.#proposedIsr = null;
    this.#countOn(this.#isr);
  }

  /** The controller refused the proposal: the committed ISR holds. */
  isrRejected(): void {
    this.isrCommitted(this.#isr);
  }

  /**
   * What a fetch at `offset` meets whose last record has the epoch `lastFetchedEpoch` (-1: the
   * follower has no record): null when the logs agree so far. Out of range when the follower knows
   * an epoch that is newer than the leader's own (KIP-595, Partition.readRecords).
   */
  divergence(
    lastFetchedEpoch: number,
    offset: number,
    epochs: LeaderEpochs,
  ): Divergence | 'OFFSET_OUT_OF_RANGE' | null {
    if (lastFetchedEpoch < 0) return null;
    if (lastFetchedEpoch === epochs.latest && offset <= this.#logEnd) return null;
    const end = epochs.endOf(lastFetchedEpoch, this.#logEnd);
    if (end.epoch < 0) return 'OFFSET_OUT_OF_RANGE';
    return end.epoch < lastFetchedEpoch || end.endOffset < offset ? end : null;
  }

  #waitsToJoin(place: number, now: number): boolean {
    return this.#isCaughtUp(place, now) && this.#isEligible(this.replicas[place] as number);
  }

  #isCaughtUp(place: number, now: number): boolean {
    const lag = now - (this.#lastCaughtUpTimes[place] as number);
    return this.#logEnds[place] === this.#logEnd || lag <= this.#settings.replicaLagTimeMax;
  }

  #placeOf(replica: number): number {
    const place = this.replicas.indexOf(replica);
    assert(place >= 0, 'a broker without a copy is asked about as a replica');
    return place;
  }

  #inOrder(brokers: readonly number[]): readonly number[] {
    return this.replicas.filter((replica) => brokers.includes(replica));
  }

  #countOn(maximalIsr: readonly number[]): void {
    this.#maximalIsr = maximalIsr;
    this.replicas.forEach((replica, place) => {
      this.#isInMaximalIsr[place] = maximalIsr.includes(replica);
    });
  }
}
