// Reconciling a follower's log with its leader's.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LeaderEpochs } from '../log/leaderEpochs';
import { followerHighWatermark, truncationOffset } from './followerReplica';
import { LeaderReplica } from './leaderReplica';

test("a follower's watermark is the leader's, as far as its own log goes", () => {
  expect([followerHighWatermark(8, 10), followerHighWatermark(8, 5)]).toEqual([8, 5]);
});

/** A log of nothing but its records' leader epochs: two records are the same if these are. */
class Log {
  readonly epochs = new LeaderEpochs();
  readonly records: number[] = [];

  append(epoch: number): void {
    this.epochs.assign(epoch, this.records.length);
    this.records.push(epoch);
  }

  truncateTo(offset: number): void {
    this.records.length = offset;
    this.epochs.truncateTo(offset);
  }
}

function logOf(...records: readonly number[]): Log {
  const log = new Log();
  for (const epoch of records) log.append(epoch);
  return log;
}

/** Fetches until the leader has nothing against it; @returns how many answers were a divergence. */
function reconcile(follower: Log, leader: Log, leaderEpoch: number): number {
  leader.epochs.assign(leaderEpoch, leader.records.length);
  const replica = new LeaderReplica({
    ...{ broker: 1, replicas: [1, 2], isr: [1], leaderEpoch, highWatermark: 0, now: 0 },
    logEnd: leader.records.length,
    settings: { minInsyncReplicas: 1, replicaLagTimeMax: 0 },
    isEligible: () => true,
  });
  for (let rounds = 0; ; rounds += 1) {
    const logEnd = follower.records.length;
    const found = replica.divergence(follower.epochs.latest, logEnd, leader.epochs);
    if (found === null) return rounds;
    if (found === 'OFFSET_OUT_OF_RANGE') throw new Error('the leader knows no newer epoch');
    const latest = follower.epochs.latest;
    follower.truncateTo(truncationOffset(found, follower.epochs, logEnd));
    // An epoch in which it led without a record may be all that it has to forget.
    const isShorter = follower.records.length < logEnd;
    expect(isShorter || follower.epochs.latest < latest).toBe(true);
  }
}

describe('a follower', () => {
  test('that has the same records keeps them', () => {
    const follower = logOf(0, 0, 1);
    expect(reconcile(follower, logOf(0, 0, 1, 1), 2)).toBe(0);
    expect(follower.records).toEqual([0, 0, 1]);
  });

  test('that led and wrote more is cut to where its epoch ended', () => {
    const follower = logOf(0, 0, 0, 0);
    expect(reconcile(follower, logOf(0, 0, 1), 1)).toBe(1);
    expect(follower.records).toEqual([0, 0]);
  });

  test('that lacks the epoch named to it goes back to its own one before', () => {
    const follower = logOf(0, 0, 3, 3);
    expect(reconcile(follower, logOf(0, 1, 1, 2, 2), 4)).toBe(2);
    expect(follower.records).toEqual([0]);
  });
});

const histories = fc.array(
  fc.record({
    leader: fc.nat(2),
    appends: fc.nat(3),
    copied: fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4)),
  }),
  { minLength: 2, maxLength: 12, size: 'max' },
);

test('over any leaders, uncleanly elected ones too, exactly what differs is cut', () => {
  let cuts = 0;
  fc.assert(
    fc.property(histories, (terms) => {
      const logs = [new Log(), new Log(), new Log()] as const;
      terms.forEach(({ leader, appends, copied }, epoch) => {
        const leading = logs[leader] as Log;
        for (const [place, follower] of logs.entries()) {
          // A follower that copies nothing this time was away, and stays as it was.
          if (place === leader || copied[place] === 0) continue;
          const agreed = follower.records.findIndex((one, at) => one !== leading.records[at]);
          const same = agreed < 0 ? follower.records.length : agreed;
          cuts += same < follower.records.length ? 1 : 0;
          reconcile(follower, leading, epoch);
          expect(follower.records).toEqual(leading.records.slice(0, same));
        }
        leading.epochs.assign(epoch, leading.records.length);
        for (let count = 0; count < appends; count += 1) leading.append(epoch);
        for (const [place, follower] of logs.entries()) {
          if (place === leader || copied[place] === 0) continue;
          const from = follower.records.length;
          const fetched = leading.records.slice(from, from + (copied[place] as number));
          for (const record of fetched) follower.append(record);
        }
      });
    }),
    { seed: 20_261_121, numRuns: 500 },
  );
  expect(cuts).toBeGreaterThan(500);
});
