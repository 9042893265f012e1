// What a leader makes of fetches and proposals, where the vectors are silent.

import { describe, expect, test } from 'vitest';
import { LeaderEpochs } from '../log/leaderEpochs';
import { LeaderReplica, type LeaderReplicaOptions } from './leaderReplica';

const LAG = 30_000_000;

const leaderOf = (options: Partial<LeaderReplicaOptions> = {}) =>
  new LeaderReplica({
    broker: 1,
    replicas: [1, 2, 3],
    isr: [1, 2, 3],
    leaderEpoch: 4,
    logEnd: 0,
    highWatermark: 0,
    settings: { minInsyncReplicas: 1, replicaLagTimeMax: LAG },
    isEligible: () => true,
    now: 0,
    ...options,
  });

describe('the high watermark', () => {
  test('is the smallest log end in the ISR, not that of a majority', () => {
    const leader = leaderOf();
    leader.appended(10);
    leader.followerFetched({ replica: 2, offset: 10, now: 1 });
    expect(leader.advanceHighWatermark(1)).toBe(false);
    leader.followerFetched({ replica: 3, offset: 4, now: 2 });
    expect(leader.advanceHighWatermark(2)).toBe(true);
    expect(leader.highWatermark).toBe(4);
  });

  test('of a new leader stays until every ISR member has fetched from it', () => {
    const leader = leaderOf({ logEnd: 10, highWatermark: 7 });
    leader.followerFetched({ replica: 2, offset: 10, now: 1 });
    expect(leader.advanceHighWatermark(1)).toBe(false);
    leader.followerFetched({ replica: 3, offset: 9, now: 2 });
    leader.advanceHighWatermark(2);
    expect(leader.highWatermark).toBe(9);
  });

  test('of the only member goes up to the log end at once', () => {
    const leader = leaderOf({ isr: [1], logEnd: 10, highWatermark: 7 });
    expect(leader.advanceHighWatermark(0)).toBe(true);
    expect(leader.highWatermark).toBe(10);
  });

  test('counts neither a shrink before the controller commits it, nor waits after', () => {
    const leader = leaderOf();
    leader.appended(10);
    leader.followerFetched({ replica: 2, offset: 10, now: 1 });
    const now = LAG + 1;
    leader.proposeIsr([1, 2]);
    expect(leader.maximalIsr).toEqual([1, 2, 3]);
    expect(leader.advanceHighWatermark(now)).toBe(false);
    leader.isrCommitted([1, 2]);
    expect(leader.advanceHighWatermark(now)).toBe(true);
    expect(leader.highWatermark).toBe(10);
  });

  test('waits for a replica that the controller has yet to let in', () => {
    const leader = leaderOf({ isr: [1, 2] });
    leader.appended(10);
    leader.followerFetched({ replica: 3, offset: 2, now: 1 });
    leader.proposeIsr([1, 2, 3]);
    leader.followerFetched({ replica: 2, offset: 10, now: LAG });
    leader.advanceHighWatermark(LAG);
    expect(leader.highWatermark).toBe(2);
    leader.isrRejected();
    leader.advanceHighWatermark(LAG);
    expect(leader.highWatermark).toBe(10);
  });

  test('does not wait for a replica outside that has fallen behind', () => {
    const leader = leaderOf({ isr: [1] });
    leader.followerFetched({ replica: 2, offset: 0, now: 5 });
    leader.appended(10);
    expect(leader.advanceHighWatermark(5 + LAG)).toBe(false);
    expect(leader.advanceHighWatermark(5 + LAG + 1)).toBe(true);
  });

  test('stands still under the minimum, and follows a minimum that is lowered', () => {
    const settings = { minInsyncReplicas: 2, replicaLagTimeMax: LAG };
    const leader = leaderOf({ isr: [1], settings });
    leader.appended(10);
    expect(leader.advanceHighWatermark(1)).toBe(false);
    settings.minInsyncReplicas = 1;
    expect(leader.advanceHighWatermark(1)).toBe(true);
  });
});

describe('a follower may join the ISR', () => {
  const follower = (offset: number, options: Partial<LeaderReplicaOptions> = {}) => {
    const leader = leaderOf({ isr: [1, 3], logEnd: 5, highWatermark: 2, ...options });
    leader.appended(7);
    leader.followerFetched({ replica: 2, offset, now: 1 });
    return leader;
  };

  test('once it has the epoch up to its start, though it was at the watermark before', () => {
    expect(follower(4).mayJoin(2)).toBe(false);
    expect(follower(5).mayJoin(2)).toBe(true);
  });

  test('once it has the watermark', () => {
    const committed = { logEnd: 6, highWatermark: 6 };
    expect(follower(5, committed).mayJoin(2)).toBe(false);
    expect(follower(6, committed).mayJoin(2)).toBe(true);
  });

  test('unless it is a member, a proposal is in flight, or its broker is not eligible', () => {
    expect(follower(7, { isr: [1, 2] }).mayJoin(2)).toBe(false);
    expect(follower(7, { isEligible: (broker) => broker !== 2 }).mayJoin(2)).toBe(false);
    const leader = follower(7);
    leader.proposeIsr([1]);
    expect(leader.mayJoin(2)).toBe(false);
    leader.isrRejected();
    expect(leader.mayJoin(2)).toBe(true);
  });

  test('not before it has fetched from this leader', () => {
    expect(leaderOf({ isr: [1] }).mayJoin(2)).toBe(false);
  });
});

describe('a laggard', () => {
  test('has one lag period of grace from the election on', () => {
    const leader = leaderOf({ logEnd: 3, now: 100 });
    expect(leader.laggards(100 + LAG)).toEqual([]);
    expect(leader.laggards(100 + LAG + 1)).toEqual([2, 3]);
  });

  test('is none who is always one batch behind, under a steady stream', () => {
    const leader = leaderOf({ replicas: [1, 2], isr: [1, 2] });
    for (let second = 1; second <= 100; second += 1) {
      const now = second * 1_000_000;
      leader.appended(second);
      leader.followerFetched({ replica: 2, offset: second - 1, now });
      expect(leader.laggards(now)).toEqual([]);
    }
    expect(leader.lastCaughtUpTimeOf(2)).toBe(99_000_000);
  });

  test('is not named while a proposal is in flight', () => {
    const leader = leaderOf({ logEnd: 3 });
    leader.proposeIsr([1, 2]);
    expect(leader.laggards(2 * LAG)).toEqual([]);
  });
});

test('ISRs are in the order of assignment, whoever came last', () => {
  const leader = leaderOf({ replicas: [3, 1, 2], isr: [2, 1] });
  expect(leader.isr).toEqual([1, 2]);
  leader.proposeIsr([2, 1, 3]);
  expect([leader.proposedIsr, leader.maximalIsr]).toEqual([
    [3, 1, 2],
    [3, 1, 2],
  ]);
});

describe('a fetch', () => {
  const epochs = new LeaderEpochs();
  epochs.assign(2, 0);
  epochs.assign(4, 5);
  const leader = leaderOf({ logEnd: 5 });
  leader.appended(8);

  test('of a follower without records diverges from nothing', () => {
    expect(leader.divergence(-1, 0, epochs)).toBeNull();
  });

  test('after the leader own last record agrees', () => {
    expect(leader.divergence(4, 8, epochs)).toBeNull();
  });

  test('of a deposed leader with a longer log is sent back to where its epoch ended', () => {
    expect(leader.divergence(2, 7, epochs)).toEqual({ epoch: 2, endOffset: 5 });
  });

  test('beyond the end of the current epoch is sent back to the log end', () => {
    expect(leader.divergence(4, 9, epochs)).toEqual({ epoch: 4, endOffset: 8 });
  });
});

test('faults of the caller stop the run', () => {
  const leader = leaderOf({ logEnd: 3 });
  expect(() => leader.followerFetched({ replica: 2, offset: 4, now: 1 })).toThrow('beyond');
  expect(() => leader.followerFetched({ replica: 9, offset: 1, now: 1 })).toThrow('without a copy');
  leader.proposeIsr([1]);
  expect(() => leader.proposeIsr([1, 2])).toThrow('in flight');
  expect(() => leader.appended(2)).toThrow('shrunk');
  expect(() => leaderOf({ broker: 9 })).toThrow('no copy');
  expect(() => leaderOf({ logEnd: 1, highWatermark: 2 })).toThrow('beyond');
});
