// What holds of a high watermark over any appends, fetches, laggards and decisions.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LeaderReplica } from './leaderReplica';

const settings = { seed: 20_261_121, numRuns: 400 } as const;
const REPLICAS = [1, 2, 3, 4];
const LAG = 50;

const acts = fc.array(
  fc.record({
    kind: fc.constantFrom('append', 'copy', 'fetch', 'shrink', 'commit', 'reject', 'fence'),
    replica: fc.constantFrom(...REPLICAS.slice(1)),
    count: fc.nat(5),
    pause: fc.nat(20),
  }),
  { minLength: 20, maxLength: 120, size: 'max' },
);

const worlds = fc.record({
  acts,
  isr: fc.subarray(REPLICAS.slice(1)).map((others) => [1, ...others]),
  minInsyncReplicas: fc.integer({ min: 1, max: 5 }),
  committed: fc.nat(4),
  tail: fc.nat(4),
});

type World = typeof worlds extends fc.Arbitrary<infer Drawn> ? Drawn : never;

/** The cluster as it really is; the leader sees of it what fetches prove. */
class Cluster {
  readonly leader: LeaderReplica;
  readonly logEnds: Map<number, number>;
  readonly fenced = new Set<number>();
  now = 0;

  constructor({ isr, minInsyncReplicas, committed, tail }: World) {
    const logEnd = committed + tail;
    // Whoever is in sync has at least what is committed.
    this.logEnds = new Map(REPLICAS.map((one) => [one, isr.includes(one) ? committed : 0]));
    this.logEnds.set(1, logEnd);
    this.leader = new LeaderReplica({
      broker: 1,
      replicas: REPLICAS,
      isr,
      leaderEpoch: 1,
      logEnd,
      highWatermark: committed,
      settings: { minInsyncReplicas, replicaLagTimeMax: LAG },
      isEligible: (broker) => !this.fenced.has(broker),
      now: 0,
    });
  }

  act({ kind, replica, count, pause }: World['acts'][number]): void {
    const { leader } = this;
    this.now += pause;
    const logEnd = this.logEnds.get(replica) as number;
    if (kind === 'append') this.logEnds.set(1, leader.logEnd + count);
    if (kind === 'append') leader.appended(leader.logEnd + count);
    if (kind === 'copy') this.logEnds.set(replica, Math.min(logEnd + count, leader.logEnd));
    if (kind === 'fetch') this.#fetch(replica, logEnd);
    if (kind === 'shrink') this.#shrink();
    if (kind === 'fence') this.#fence(replica);
    if (kind === 'reject' && leader.proposedIsr) leader.isrRejected();
    if (kind === 'commit' && leader.proposedIsr) leader.isrCommitted(leader.proposedIsr);
  }

  #fetch(replica: number, offset: number): void {
    this.leader.followerFetched({ replica, offset, now: this.now });
    if (this.leader.mayJoin(replica)) this.leader.proposeIsr([...this.leader.isr, replica]);
  }

  #shrink(): void {
    const laggards = this.leader.laggards(this.now);
    if (laggards.length === 0) return;
    this.leader.proposeIsr(this.leader.isr.filter((one) => !laggards.includes(one)));
  }

  /** The controller takes a broker out, whatever the leader has proposed; or lets it back in. */
  #fence(replica: number): void {
    if (this.fenced.delete(replica)) return;
    this.fenced.add(replica);
    this.leader.isrCommitted(this.leader.isr.filter((one) => one !== replica));
  }
}

test('the watermark never moves back, nor past a log end, nor under the minimum', () => {
  let moves = 0;
  let freezes = 0;
  fc.assert(
    fc.property(worlds, (world) => {
      const cluster = new Cluster(world);
      const { leader } = cluster;
      for (const act of world.acts) {
        cluster.act(act);
        const before = leader.highWatermark;
        const isFrozen = leader.isr.length < Math.min(world.minInsyncReplicas, REPLICAS.length);
        const hasMoved = leader.advanceHighWatermark(cluster.now);
        expect(hasMoved).toBe(leader.highWatermark > before);
        expect(leader.highWatermark).toBeGreaterThanOrEqual(before);
        if (isFrozen) expect(leader.highWatermark).toBe(before);
        for (const member of [1, ...leader.maximalIsr]) {
          expect(leader.highWatermark).toBeLessThanOrEqual(cluster.logEnds.get(member) as number);
        }
        moves += hasMoved ? 1 : 0;
        freezes += isFrozen ? 1 : 0;
      }
    }),
    settings,
  );
  // A property that held because nothing ever happened would prove nothing.
  expect(moves).toBeGreaterThan(500);
  expect(freezes).toBeGreaterThan(500);
});

test('a watermark that may move does so: when all in sync have fetched to the end, it is there', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const cluster = new Cluster(world);
      const { leader } = cluster;
      for (const act of world.acts) cluster.act(act);
      for (const replica of REPLICAS.slice(1)) {
        leader.followerFetched({ replica, offset: leader.logEnd, now: cluster.now });
      }
      leader.advanceHighWatermark(cluster.now);
      if (!leader.isUnderMinIsr) expect(leader.highWatermark).toBe(leader.logEnd);
    }),
    settings,
  );
});
