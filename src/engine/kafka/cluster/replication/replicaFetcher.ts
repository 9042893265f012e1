// A follower's fetches from one leader: it asks, waits there until there is something, takes it
// over and asks again. Nothing of this is in the trace but what it does to the logs.

import type { EventId } from '../../../kernel/eventQueue';
import { instant, later, milliseconds, type SimTime } from '../../../kernel/simTime';
import type { EntrySeq } from '../../../trace/trace';
import type { Offset } from '../../wire/requests';
import type { Broker } from '../broker';
import type { BrokerPath } from '../brokerPath';
import type { Divergence } from '../leaderReplica';
import type { Replica } from './replica';

/** `replica.fetch.backoff.ms`: until a fetch that found no way is tried again. */
const RETRY_BACKOFF = milliseconds(1_000);
/** `replica.fetch.wait.max.ms`; left out where the follower would ask for the same once more. */
const LONGEST_WAIT = milliseconds(500);

type Finding = Divergence | 'OFFSET_OUT_OF_RANGE' | null;

/** One partition as a fetch and its answer see it. */
interface Share {
  readonly replica: Replica;
  /** The leader has looked at this fetch's position, as a leader of the epoch that was asked. */
  isHeard: boolean;
  finding: Finding;
  /** The watermark that the follower was told last. */
  told: Offset;
  // The answer on its way:
  /** Log end at the leader; -1: it says nothing of this partition. */
  end: Offset;
  logStart: Offset;
  cuts: number;
  cause: EntrySeq;
}

// Simplified: Copying between brokers is recorded when it is done; its requests are not drawn one
// by one.
// Simplified: A follower gets all that its leader has in one answer; Kafka's ends at a megabyte for
// each partition.
// Simplified: A follower that is given a leader asks it at once; Kafka's would first end a fetch
// that waits there.
export class ReplicaFetcher {
  readonly follower: Broker;
  readonly leader: Broker;
  readonly #path: BrokerPath;
  #shares: Share[] = [];
  #pending: EventId | null = null;
  #isWaiting = false;
  #waitsSince: SimTime = instant(0);
  #isTimed = false;
  /** Grows when the fetch is given up, so that what a stalled broker kept of it is void. */
  #turn = 0;

  constructor(follower: Broker, leader: Broker, path: BrokerPath) {
    this.follower = follower;
    this.leader = leader;
    this.#path = path;
  }

  add(replica: Replica): void {
    this.#drop(replica);
    this.#shares.push({
      replica,
      isHeard: false,
      finding: null,
      told: -1,
      end: -1,
      logStart: 0,
      cuts: 0,
      cause: -1,
    });
    this.#giveUp();
    this.#ask();
  }

  remove(replica: Replica): void {
    if (!this.#drop(replica)) return;
    this.#giveUp();
    this.#ask();
  }

  /** The follower died. */
  clear(): void {
    this.#shares = [];
    this.#giveUp();
  }

  /** The leader died, and the connection with it. */
  leaderDied(): void {
    if (this.#isWaiting) this.#tryLater();
  }

  /** Answers a fetch that waits, if the leader has something for it now. */
  answerIfReady(): void {
    if (!this.#isWaiting) return;
    let isReady = false;
    let mustHurry = false;
    for (const share of this.#shares) {
      const lead = this.#leadOf(share);
      if (lead === null) continue;
      if (!share.isHeard) this.#hear(share, lead);
      if (hasNews(share, lead)) isReady = true;
      else if (this.#mustHurry(share, lead)) mustHurry = true;
    }
    if (isReady) this.#answer();
    else if (mustHurry) this.#setTimer();
  }

  #drop(replica: Replica): boolean {
    const before = this.#shares.length;
    this.#shares = this.#shares.filter((share) => share.replica !== replica);
    return this.#shares.length < before;
  }

  #giveUp(): void {
    this.#turn += 1;
    this.#isWaiting = false;
    if (this.#pending !== null) this.follower.context.cancel(this.#pending);
    this.#pending = null;
  }

  #ask(): void {
    this.#pending = null;
    if (this.#shares.length === 0) return;
    this.#pending = this.follower.context.after(this.#path.latency, askedNow, this);
  }

  /** The fetch has come to the leader, or has found no way. */
  asked(): void {
    this.#pending = null;
    if (!this.#path.isOpen) this.#tryLater();
    else this.#whenAwake(this.leader, waitNow);
  }

  /** The leader takes the fetch up. */
  wait(): void {
    this.#isWaiting = true;
    this.#waitsSince = this.leader.context.now;
    let isReady = false;
    for (const share of this.#shares) {
      share.isHeard = false;
      share.finding = null;
      const lead = this.#leadOf(share);
      if (lead === null) continue;
      this.#hear(share, lead);
      if (hasNews(share, lead)) isReady = true;
      else if (this.#mustHurry(share, lead)) this.#setTimer();
    }
    if (isReady) this.leader.sweepSoon();
  }

  /** The answer has come to the follower, or has found no way. */
  answered(): void {
    this.#pending = null;
    if (!this.#path.isOpen) this.#tryLater();
    else this.#whenAwake(this.follower, takeNow);
  }

  /** The follower takes the answer over, and asks again. */
  take(): void {
    for (const share of this.#shares) {
      const { replica, end, finding, cause } = share;
      const lead = this.leader.replicas[replica.plan.index];
      // What stood there when the answer left may have been cut since.
      if (end < 0 || lead?.log.cuts !== share.cuts) continue;
      if (finding !== null) {
        replica.truncateAt(finding === 'OFFSET_OUT_OF_RANGE' ? null : finding, end);
        continue;
      }
      if (end > replica.log.logEnd && !this.follower.canWrite()) return;
      replica.copyFrom(lead, { end, cause });
      replica.learn(share.told, share.logStart);
    }
    this.#ask();
  }

  again(): void {
    this.#ask();
  }

  /** The longest wait may be over. */
  timeIsUp(): void {
    this.#isTimed = false;
    if (!this.#isWaiting) return;
    const { now } = this.leader.context;
    if (later(this.#waitsSince, LONGEST_WAIT) > now) this.#setTimer();
    else if (!this.leader.node.stalled) this.#answer();
  }

  #setTimer(): void {
    if (this.#isTimed) return;
    this.#isTimed = true;
    const { context } = this.leader;
    const end = Math.max(later(this.#waitsSince, LONGEST_WAIT), context.now);
    context.schedule(instant(end), timeIsUpNow, this);
  }

  #answer(): void {
    this.#isWaiting = false;
    for (const share of this.#shares) {
      const lead = this.#leadOf(share);
      share.end = lead === null || !share.isHeard ? -1 : lead.log.logEnd;
      if (lead === null) continue;
      share.told = lead.highWatermark;
      share.logStart = lead.log.logStart;
      share.cuts = lead.log.cuts;
      share.cause = lead.logEntry;
    }
    this.#pending = this.follower.context.after(this.#path.latency, answeredNow, this);
  }

  /** Whether the fetch may not wait for ever: it is to bring news, or to prove itself once more. */
  #mustHurry({ told }: Share, { highWatermark, lead }: Replica): boolean {
    return highWatermark > told || lead?.isr.includes(this.follower.place) === false;
  }

  /** The leader learns from the fetch how far the follower is. */
  #hear(share: Share, leader: Replica): void {
    const { log } = share.replica;
    share.isHeard = true;
    const { lead } = leader;
    if (lead === null) return;
    share.finding =
      log.logEnd > leader.log.logEnd && log.lastEpoch < 0
        ? 'OFFSET_OUT_OF_RANGE'
        : lead.divergence(log.lastEpoch, log.logEnd, leader.log.epochs);
    if (share.finding === null) leader.followerIsAt(share.replica, this.follower.place);
  }

  /** The leader's replica, if it leads in the epoch that the follower knows. */
  #leadOf({ replica }: Share): Replica | null {
    const leader = this.leader.replicas[replica.plan.index];
    if (leader === undefined || leader.lead === null) return null;
    return leader.leaderEpoch === replica.leaderEpoch ? leader : null;
  }

  #tryLater(): void {
    this.#giveUp();
    this.#pending = this.follower.context.after(RETRY_BACKOFF, againNow, this);
  }

  #whenAwake(broker: Broker, handler: (fetcher: ReplicaFetcher) => void): void {
    if (!broker.node.stalled) handler(this);
    else {
      const turn = this.#turn;
      broker.whenAwake(() => {
        if (turn === this.#turn) handler(this);
      });
    }
  }
}

const hasNews = ({ finding, replica }: Share, { log }: Replica): boolean =>
  finding !== null || log.logEnd > replica.log.logEnd;

const askedNow = (fetcher: ReplicaFetcher): void => fetcher.asked();
const waitNow = (fetcher: ReplicaFetcher): void => fetcher.wait();
const answeredNow = (fetcher: ReplicaFetcher): void => fetcher.answered();
const takeNow = (fetcher: ReplicaFetcher): void => fetcher.take();
const againNow = (fetcher: ReplicaFetcher): void => fetcher.again();
const timeIsUpNow = (fetcher: ReplicaFetcher): void => fetcher.timeIsUp();
