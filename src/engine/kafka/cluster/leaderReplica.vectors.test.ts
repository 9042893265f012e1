// The replication vectors, each run on a leader and its followers as a broker would.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LeaderEpochs } from '../log/leaderEpochs';
import { KAFKA_ERRORS } from './errors';
import { followerHighWatermark } from './followerReplica';
import { type Divergence, LeaderReplica } from './leaderReplica';

interface State {
  readonly leader?: number;
  readonly replicas?: number[];
  readonly isr?: number[];
  readonly minIsr?: number;
  readonly leo?: number;
  readonly hw?: number;
  readonly leaderEpochStartOffset?: number;
  readonly followerLeo?: Readonly<Record<string, number>>;
  readonly prevFetchLeaderLeo?: number;
  readonly fetches?: readonly { readonly t: number; readonly offset: number }[];
  readonly neverFetched?: number[];
  readonly fenced?: number[];
  readonly shuttingDown?: number[];
  /** `replica.lag.time.max.ms`. */
  readonly lag?: number;
  readonly t?: number;
  readonly role?: 'follower';
  readonly leaderHw?: number;
  readonly log?: string;
}

interface Event {
  readonly followerFetch?: {
    readonly replica?: number;
    readonly offset: number;
    readonly t?: number;
    readonly lastFetchedEpoch?: number;
  };
  readonly append?: number | string;
  readonly controllerRejects?: boolean | string;
  readonly controllerShrank?: number[];
  readonly elapsedMs?: number;
  readonly atMs?: number;
  readonly fetch?: { readonly t: number; readonly offset: number };
  readonly check?: string;
  readonly fetchResponse?: { readonly highWatermark: number };
}

interface Vector {
  readonly id: string;
  readonly state: State;
  readonly event: Event;
  readonly expected: Readonly<Record<string, unknown>>;
}

const path = new URL('../../vectors/replication-hw-isr.json', import.meta.url);
const file = JSON.parse(readFileSync(path, 'utf8')) as { readonly vectors: readonly Vector[] };

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  vector: ['id', 'state', 'event', 'expected', 'note', 'source'],
  state: [
    ...['leader', 'replicas', 'isr', 'minIsr', 'leo', 'hw', 'leaderEpochStartOffset', 'lag', 't'],
    ...['followerLeo', 'prevFetchLeaderLeo', 'fetches', 'neverFetched', 'fenced', 'shuttingDown'],
    ...['role', 'leaderHw', 'log'],
  ],
  event: [
    ...['followerFetch', 'append', 'controllerRejects', 'controllerShrank', 'elapsedMs', 'atMs'],
    ...['fetch', 'check', 'fetchResponse'],
  ],
};

test('the file holds vectors, each of one event, and no field that nobody reads', () => {
  expect(new Set(file.vectors.map(({ id }) => id)).size).toBe(file.vectors.length);
  expect(new Set(file.vectors.flatMap(({ event }) => Object.keys(event)))).toEqual(
    new Set(FIELDS['event']),
  );
  for (const vector of file.vectors) {
    for (const [name, part] of Object.entries({ ...vector, vector })) {
      if (FIELDS[name] === undefined) continue;
      expect(FIELDS[name], name).toEqual(expect.arrayContaining(Object.keys(part as object)));
    }
    expect(Object.keys(vector.event)).toHaveLength(1);
    expect(Object.keys(vector.expected)).not.toHaveLength(0);
  }
});

test.each(file.vectors)('$id', (vector) => {
  const run = new Run(vector);
  run.handle(vector.event);
  for (const [name, value] of Object.entries(vector.expected)) {
    const observe = observations[name];
    if (observe === undefined) throw new Error(`nobody observes "${name}"`);
    expect(observe(run), name).toEqual(SENTENCES[String(value)] ?? value);
  }
});

const US_PER_MS = 1_000;
/** Before it a follower of a vector has fetched, so that a later caught-up time tells them apart. */
const PREVIOUS_FETCH_MS = 100;
const EVENT_MS = 200;

/** What the words of a vector come to. */
const SENTENCES: Readonly<Record<string, number>> = {
  'time of the previous fetch': PREVIOUS_FETCH_MS,
};
const APPENDS: Readonly<Record<string, number>> = { 'acks=0 or 1': 1 };
const REFUSALS: Readonly<Record<string, keyof typeof KAFKA_ERRORS>> = {
  'INVALID_UPDATE_VERSION-class error': 'INVALID_UPDATE_VERSION',
  true: 'INELIGIBLE_REPLICA',
};

/** A leader in the state of a vector, and what came of its event. */
class Run {
  readonly leader: LeaderReplica;
  readonly state: State;
  readonly epochs = new LeaderEpochs();
  /** The replica that the vector is about. */
  readonly follower: number;
  now = 0;
  divergence: Divergence | 'OFFSET_OUT_OF_RANGE' | null = null;
  followerHighWatermark: number | null = null;
  outOfSync: readonly number[] = [];

  constructor({ state, event }: Vector) {
    this.state = state;
    const followerEnds = Object.entries(state.followerLeo ?? {});
    const followers = followerEnds.map(([replica]) => Number(replica));
    this.follower = event.followerFetch?.replica ?? followers[0] ?? 2;
    const named = [...(state.isr ?? []), ...followers, this.follower, ...(state.fenced ?? [])];
    const replicas = state.replicas ?? [...new Set([state.leader ?? 1, ...named])].sort(ascending);
    const [first = 1] = replicas;
    const log = parseLog(state.log);
    for (const [epoch, startOffset] of log.entries) this.epochs.assign(epoch, startOffset);
    this.epochs.assign(log.leaderEpoch, log.logEnd);
    const hw = state.hw ?? 0;
    const start = Math.max(state.leaderEpochStartOffset ?? hw, log.logEnd);
    this.now = (state.t ?? 0) * US_PER_MS;
    this.leader = new LeaderReplica({
      broker: state.leader ?? first,
      replicas,
      // Before the controller took them out, those with a known log end were in sync.
      isr: event.controllerShrank ? [...(state.isr ?? []), ...followers] : (state.isr ?? replicas),
      leaderEpoch: log.leaderEpoch,
      logEnd: start,
      highWatermark: hw,
      settings: {
        minInsyncReplicas: state.minIsr ?? 1,
        replicaLagTimeMax: (state.lag ?? 30_000) * US_PER_MS,
      },
      isEligible: (broker) =>
        !state.fenced?.includes(broker) && !state.shuttingDown?.includes(broker),
      now: this.now,
    });
    this.#past(followerEnds);
  }

  /** What had happened before the vector's event. */
  #past(followerEnds: readonly (readonly [string, number])[]): void {
    const { state, leader } = this;
    const logEnd = state.leo ?? leader.logEnd;
    leader.appended(state.prevFetchLeaderLeo ?? logEnd);
    if (state.prevFetchLeaderLeo !== undefined) this.now = PREVIOUS_FETCH_MS * US_PER_MS;
    for (const [replica, offset] of followerEnds) {
      expect(state.neverFetched ?? []).not.toContain(Number(replica));
      leader.followerFetched({ replica: Number(replica), offset, now: this.now });
    }
    leader.appended(logEnd);
    for (const { t, offset } of state.fetches ?? []) {
      leader.followerFetched({ replica: this.follower, offset, now: t * US_PER_MS });
    }
    expect(leader.highWatermark).toBe(state.hw ?? 0);
  }

  handle(event: Event): void {
    const { leader, state } = this;
    if (event.followerFetch) this.#fetch(event.followerFetch);
    if (event.append !== undefined) {
      const count = typeof event.append === 'number' ? event.append : APPENDS[event.append];
      leader.appended(leader.logEnd + (count as number));
      leader.advanceHighWatermark(this.now);
    }
    if (event.controllerRejects !== undefined) {
      expect(KAFKA_ERRORS).toHaveProperty(REFUSALS[String(event.controllerRejects)] as string);
      this.#proposeAnother();
      leader.isrRejected();
      expect([leader.proposedIsr, leader.maximalIsr]).toEqual([null, leader.isr]);
    }
    if (event.controllerShrank) {
      expect(leader.isr).not.toEqual(event.controllerShrank);
      leader.isrCommitted(event.controllerShrank);
      leader.advanceHighWatermark(this.now);
    }
    if (event.elapsedMs !== undefined) {
      this.now += event.elapsedMs * US_PER_MS;
      this.outOfSync = leader.laggards(this.now);
      const rest = leader.isr.filter((one) => !this.outOfSync.includes(one));
      if (rest.length < leader.isr.length) this.#propose(rest);
    }
    if (event.atMs !== undefined) this.outOfSync = leader.laggards(event.atMs * US_PER_MS);
    if (event.fetch) {
      this.now = event.fetch.t * US_PER_MS;
      expect(leader.laggards(this.now)).toEqual([this.follower]);
      this.#fetch({ offset: event.fetch.offset, t: event.fetch.t });
      expect(leader.proposedIsr).toBeNull();
      this.outOfSync = leader.laggards(this.now);
    }
    if (event.fetchResponse) {
      expect(state).toMatchObject({
        role: 'follower',
        leaderHw: event.fetchResponse.highWatermark,
      });
      const { highWatermark } = event.fetchResponse;
      this.followerHighWatermark = followerHighWatermark(highWatermark, state.leo ?? 0);
    }
    if (event.check !== undefined) expect(['isAtMinIsr', 'isUnderMinIsr']).toContain(event.check);
  }

  /** The order in which Kafka's Partition handles a follower's fetch. */
  #fetch({ offset, t, lastFetchedEpoch }: NonNullable<Event['followerFetch']>): void {
    const { leader, follower } = this;
    this.now = (t ?? EVENT_MS) * US_PER_MS;
    this.divergence = leader.divergence(lastFetchedEpoch ?? -1, offset, this.epochs);
    if (this.divergence !== null) return;
    leader.followerFetched({ replica: follower, offset, now: this.now });
    if (leader.mayJoin(follower)) this.#propose([...leader.isr, follower]);
    leader.advanceHighWatermark(this.now);
  }

  #propose(isr: readonly number[]): void {
    // A shrink that is on its way must not take effect.
    this.leader.proposeIsr(isr);
    this.leader.advanceHighWatermark(this.now);
  }

  #proposeAnother(): void {
    const { leader } = this;
    const joins = leader.isr.length < leader.replicas.length;
    leader.proposeIsr(joins ? leader.replicas : leader.isr.slice(0, -1));
    expect(leader.proposedIsr).not.toBeNull();
  }

  /** The controller commits what is on its way. */
  acknowledge(): void {
    const { proposedIsr } = this.leader;
    if (proposedIsr === null) throw new Error('nothing was proposed');
    this.leader.isrCommitted(proposedIsr);
    this.leader.advanceHighWatermark(this.now);
  }
}

/** In the order of a vector's fields, since the controller's answer is one of them. */
const observations: Readonly<Record<string, (run: Run) => unknown>> = {
  leo: ({ leader }) => leader.logEnd,
  hw: ({ leader }) => leader.highWatermark,
  hwBeforeAck: ({ leader }) => leader.highWatermark,
  hwAfterAck: afterAck,
  hwAfterControllerAck: afterAck,
  followerLeo: ({ leader, follower }) => leader.logEndOf(follower),
  lastCaughtUp: ({ leader, follower }) => leader.lastCaughtUpTimeOf(follower) / US_PER_MS,
  isr: ({ leader }) => leader.isr,
  maximalIsr: ({ leader }) => leader.maximalIsr,
  isrChangeProposed: ({ leader }) => leader.proposedIsr !== null,
  proposedIsr: ({ leader }) => leader.proposedIsr,
  isrAfterControllerAck: (run) => {
    run.acknowledge();
    return run.leader.isr;
  },
  outOfSync: (run) => run.outOfSync,
  atMinIsr: ({ leader }) => leader.isr.length === leader.effectiveMinIsr,
  underMinIsr: ({ leader }) => leader.isUnderMinIsr,
  effectiveMinIsr: ({ leader }) => leader.effectiveMinIsr,
  followerHw: (run) => run.followerHighWatermark,
  divergingEpoch: ({ divergence }) => divergence && (divergence as Divergence).epoch,
  endOffset: ({ divergence }) => divergence && (divergence as Divergence).endOffset,
  error: ({ divergence }) => divergence,
};

function afterAck(run: Run): number {
  run.acknowledge();
  return run.leader.highWatermark;
}

/** `log epochs (epoch:start) 0:0 3:2, LEO 17, current leader epoch 10`. */
function parseLog(text: string | undefined) {
  if (text === undefined) return { entries: [], logEnd: 0, leaderEpoch: 0 };
  const pattern =
    /^log epochs \(epoch:start\)((?: \d+:\d+)+), LEO (\d+), current leader epoch (\d+)$/;
  const [, list = '', logEnd, leaderEpoch] = pattern.exec(text) ?? [];
  const entries = list
    .trim()
    .split(' ')
    .map((entry) => entry.split(':').map(Number) as [epoch: number, startOffset: number]);
  return { entries, logEnd: Number(logEnd), leaderEpoch: Number(leaderEpoch) };
}

function ascending(one: number, other: number): number {
  return one - other;
}
