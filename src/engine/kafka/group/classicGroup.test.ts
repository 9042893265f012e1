// The classic protocol, step by step: members and a coordinator a millisecond apart.

import { describe, expect, test } from 'vitest';
import { milliseconds, seconds } from '../../kernel/simTime';
import { EntryKind } from '../../trace/entryKinds';
import type { KafkaSettings } from '../configuration';
import type { GroupRequest, GroupResponse } from '../wire/requests';
import { type Happening, ownersAfter, SmallGroup } from './smallGroup';

const of = (happenings: readonly Happening[], ...kinds: EntryKind[]) =>
  happenings.filter(({ kind }) => kinds.includes(kind));

const timesOf = (happenings: readonly Happening[], kind: EntryKind) =>
  of(happenings, kind).map(({ ms }) => ms);

/** Members that start at the same time, and the rest of them later by hand. */
function group(
  plan: { members: number; partitions: number; starting?: number; seconds?: number },
  settings: Partial<KafkaSettings> = {},
) {
  const world = new SmallGroup({ ...plan, settings });
  world.at(0, () => {
    for (const consumer of world.consumers.slice(0, plan.starting ?? plan.members)) {
      consumer.start();
    }
  });
  return world;
}

describe('the first generation', () => {
  test('waits group.initial.rebalance.delay.ms for more members, then every partition is owned', () => {
    const world = group({ members: 3, partitions: 6 });
    const happenings = world.finish();
    // The join takes 1 ms there; the sync comes 2 ms after the answer left.
    expect(timesOf(happenings, EntryKind.RebalanceStarted)).toEqual([1]);
    expect(of(happenings, EntryKind.RebalanceEnded)).toMatchObject([{ ms: 6_003, value: 1 }]);
    expect(ownersAfter(happenings)).toEqual(
      new Map([
        [0, 0],
        [1, 0],
        [2, 1],
        [3, 1],
        [4, 2],
        [5, 2],
      ]),
    );
  });

  test('waits on while members keep coming, and no longer than the rebalance timeout', () => {
    const world = group(
      { members: 3, partitions: 3, starting: 1, seconds: 20 },
      { maxPollInterval: seconds(7) },
    );
    world.at(2_000, () => world.consumers[1]?.start());
    world.at(5_000, () => world.consumers[2]?.start());
    const ended = of(world.finish(), EntryKind.RebalanceEnded);
    expect(ended).toMatchObject([{ ms: 7_003, value: 1 }]);
  });

  test('a member beyond the partitions has none', () => {
    const world = group({ members: 3, partitions: 2 });
    const owners = ownersAfter(world.finish());
    expect([...owners.values()]).toEqual([0, 1]);
    expect(world.consumers.map(({ positions }) => positions.size)).toEqual([1, 1, 0]);
  });

  test('its members know where to begin only when they have asked for the offsets', () => {
    const assigned = of(group({ members: 1, partitions: 1 }).finish(), EntryKind.Assigned);
    expect(assigned).toMatchObject([{ ms: 3_006, node: 0, place: 0, value: 0 }]);
  });
});

describe('a second member joins', () => {
  const later = (assignor: KafkaSettings['assignor'], enableAutoCommit: 'on' | 'off' = 'on') => {
    const world = group(
      { members: 2, partitions: 4, starting: 1, seconds: 30 },
      { assignor, enableAutoCommit },
    );
    world.at(10_000, () => world.consumers[1]?.start());
    world.runUntil(9_999);
    const before = new Map(world.consumers[0]?.positions);
    return { world, before, happenings: world.finish() };
  };

  test('eager: all is given up at the next heartbeat, and nobody reads until the sync', () => {
    const { happenings } = later('range');
    const since = happenings.filter(({ ms }) => ms > 9_999);
    expect(of(since, EntryKind.Revoked).map(({ place }) => place)).toEqual([0, 1, 2, 3]);
    const [revoked] = timesOf(since, EntryKind.Revoked);
    const [assigned] = timesOf(since, EntryKind.Assigned);
    expect(revoked).toBeGreaterThan(10_001);
    expect(revoked).toBeLessThan(13_100);
    // Commit, join and sync, and the question for the offsets: eight ways of a millisecond.
    expect((assigned as number) - (revoked as number)).toBe(8);
    expect(of(since, EntryKind.RebalanceEnded)).toMatchObject([{ value: 2 }]);
    expect(of(since, EntryKind.Assigned)).toHaveLength(4);
  });

  test('eager: what was read is committed first, so the new owner goes on where the old one was', () => {
    const { happenings } = later('range');
    const started = of(happenings, EntryKind.Assigned).filter(({ node }) => node === 1);
    const committed = new Map(
      of(happenings, EntryKind.Committed)
        .filter(({ node }) => node === 0)
        .map(({ place, value }) => [place, value]),
    );
    expect(started).toHaveLength(2);
    for (const { place, value } of started) {
      expect(value).toBeGreaterThan(300);
      expect(value).toBe(committed.get(place));
    }
  });

  test('without auto commit the new owner starts at what was committed: here at nothing', () => {
    const { happenings } = later('range', 'off');
    const started = of(happenings, EntryKind.Assigned).filter(({ node }) => node === 1);
    expect(started.map(({ value }) => value)).toEqual([0, 0]);
  });

  test('cooperative: only what moves is revoked, and a second round hands it over', () => {
    const { happenings, world } = later('cooperative-sticky');
    const since = happenings.filter(({ ms }) => ms > 9_999);
    expect(of(since, EntryKind.Revoked)).toHaveLength(2);
    expect(of(since, EntryKind.RebalanceEnded).map(({ value }) => value)).toEqual([2, 3]);
    expect(of(since, EntryKind.Assigned).every(({ node }) => node === 1)).toBe(true);
    // What it kept it has read without a break.
    const kept = [...(world.consumers[0]?.positions.values() ?? [])];
    expect(kept).toHaveLength(2);
    expect(Math.min(...kept)).toBeGreaterThan((26_900 - 3_000) / 20);
  });
});

describe('a member goes', () => {
  const two = (settings: Partial<KafkaSettings> = {}, length = 100) =>
    group({ members: 2, partitions: 2, seconds: length }, settings);

  test('closed: it commits, leaves at once, and the other takes over at its next heartbeat', () => {
    const world = two();
    world.at(20_000, () => world.consumers[0]?.stop());
    const happenings = world.finish();
    expect(of(happenings, EntryKind.MemberLeft)).toMatchObject([{ ms: 20_003, node: 0, value: 0 }]);
    const taken = of(happenings, EntryKind.Assigned).filter(({ ms }) => ms > 20_000);
    expect(taken.map(({ node }) => node)).toEqual([1, 1]);
    expect(taken[0]?.ms).toBeLessThan(23_100);
    const left = of(happenings, EntryKind.Committed).find(({ node, ms }) => !node && ms > 20_000);
    expect(taken.find(({ place }) => place === left?.place)?.value).toBe(left?.value);
    expect([...ownersAfter(happenings).values()]).toEqual([1, 1]);
  });

  test('crashed: its partitions are read by nobody until its session is over', () => {
    const world = two();
    world.at(20_000, () => world.consumers[0]?.crash());
    const happenings = world.finish();
    const [left] = of(happenings, EntryKind.MemberLeft);
    expect(left).toMatchObject({ node: 0, value: 1 });
    // 45 s after its last heartbeat, which was at most 3 s before the crash.
    expect(left?.ms).toBeGreaterThan(62_000);
    expect(left?.ms).toBeLessThan(65_000);
    expect([...ownersAfter(happenings).values()]).toEqual([1, 1]);
  });

  test('not polling for max.poll.interval.ms: it leaves, and joins again when it polls', () => {
    const world = two({ maxPollInterval: seconds(10) }, 60);
    world.at(20_000, () => world.consumers[0]?.work(30_000));
    const happenings = world.finish();
    expect(of(happenings, EntryKind.MemberLeft)).toMatchObject([{ ms: 30_001, node: 0, value: 2 }]);
    // Until its next poll it believes to own what the other reads.
    const revoked = of(happenings, EntryKind.Revoked).filter(({ node }) => node === 0);
    expect(revoked[0]?.ms).toBe(50_000);
    expect(world.consumers[0]?.lost).toEqual([0]);
    expect([...ownersAfter(happenings).values()].sort((a, b) => a - b)).toEqual([0, 1]);
  });

  test('a rebalance waits for a member at work, but no longer than its rebalance timeout', () => {
    const world = group(
      { members: 2, partitions: 2, starting: 1 },
      { maxPollInterval: seconds(10) },
    );
    world.at(20_000, () => world.consumers[1]?.start());
    world.at(20_000, () => world.consumers[0]?.work(4_000));
    const happenings = world.finish();
    const ended = of(happenings, EntryKind.RebalanceEnded).filter(({ ms }) => ms > 20_000);
    expect(ended).toMatchObject([{ value: 2 }]);
    expect(ended[0]?.ms).toBeGreaterThan(24_000);
    expect(of(happenings, EntryKind.MemberLeft)).toEqual([]);
  });

  test('the last one gone, the group is empty and waits again for its first generation', () => {
    const world = group({ members: 1, partitions: 1 });
    world.at(10_000, () => world.consumers[0]?.stop());
    world.at(20_000, () => world.consumers[0]?.start());
    const happenings = world.finish();
    expect(of(happenings, EntryKind.RebalanceEnded)).toMatchObject([
      { value: 1 },
      { ms: 10_003, value: 2 },
      { ms: 23_003, value: 3 },
    ]);
  });
});

test('a zombie believes what it owned, and its commit is refused', () => {
  const world = group(
    { members: 2, partitions: 2, seconds: 90 },
    { sessionTimeout: seconds(6), enableAutoCommit: 'off' },
  );
  const [zombie, heir] = world.consumers;
  world.at(20_000, () => zombie?.node.stall());
  const errors: string[] = [];
  world.at(60_000, () => {
    expect([...(zombie?.positions.keys() ?? [])]).toEqual([0]);
    expect([...(heir?.positions.keys() ?? [])]).toEqual([0, 1]);
    zombie?.node.resume();
    zombie?.member.commit(new Map([[0, 77]]), (error) => errors.push(error));
  });
  const happenings = world.finish();
  expect(errors).toEqual(['UNKNOWN_MEMBER_ID']);
  expect(of(happenings, EntryKind.Committed)).toEqual([]);
  expect(of(happenings, EntryKind.Refused)).toMatchObject([{ node: 0, place: 0, value: 25 }]);
  expect(zombie?.lost).toEqual([0]);
  expect(zombie?.positions.size).toBe(1);
});

test('a coordinator that moves has everybody ask again, and loses nobody', () => {
  const world = group({ members: 3, partitions: 6 });
  for (const ms of [1_500, 6_002, 20_000]) {
    world.at(ms, () => {
      world.coordinator.moved();
      for (const consumer of world.consumers) consumer.loseConnection();
    });
  }
  const happenings = world.finish();
  expect(of(happenings, EntryKind.MemberJoined)).toHaveLength(3);
  expect(of(happenings, EntryKind.MemberLeft)).toEqual([]);
  expect(new Set(ownersAfter(happenings).values())).toEqual(new Set([0, 1, 2]));
  expect(world.consumers.map(({ positions }) => positions.size)).toEqual([2, 2, 2]);
});

describe('the coordinator', () => {
  /** Requests by hand to a group with one member, which is in generation 1. */
  function coordinator() {
    const world = group({ members: 1, partitions: 2, seconds: 10 });
    world.runUntil(5_000);
    const member = world.consumers[0]?.member.identity.member ?? '';
    const say = (request: GroupRequest) => {
      const answers: GroupResponse[] = [];
      world.coordinator.handle(9, request, (response) => answers.push(response));
      const [answer] = answers;
      return answer && 'error' in answer ? answer.error : answer?.api;
    };
    return { world, member, say };
  }

  test('knows its members and their generation', () => {
    const { member, say } = coordinator();
    const group = 'group';
    const assignments = new Map();
    const cases = [
      [member, 1, 'NONE'],
      [member, 0, 'ILLEGAL_GENERATION'],
      [member, 2, 'ILLEGAL_GENERATION'],
      ['stranger', 1, 'UNKNOWN_MEMBER_ID'],
    ] as const;
    for (const [who, generation, error] of cases) {
      const claim = { group, member: who, generation };
      expect(say({ api: 'heartbeat', ...claim })).toBe(error);
      expect(say({ api: 'sync', ...claim, assignments })).toBe(error);
      expect(say({ api: 'commit', ...claim, offsets: new Map([[0, 5]]) })).toBe(error);
    }
    expect(say({ api: 'commit', group, member: '', generation: -1, offsets: new Map() })).toBe(
      'UNKNOWN_MEMBER_ID',
    );
    expect(
      say({
        ...{ api: 'join', group, member: 'stranger', generation: 1 },
        ...{ topics: [], owned: [], assignor: 'range' },
      }),
    ).toBe('UNKNOWN_MEMBER_ID');
  });

  test('says in a heartbeat that the group rebalances, and takes commits meanwhile', () => {
    const { member, say } = coordinator();
    const group = 'group';
    const join = { topics: ['topic'], owned: [], assignor: 'range' };
    expect(say({ api: 'join', group, member: 'new', generation: -1, ...join })).toBeUndefined();
    const claim = { group, member, generation: 1 };
    expect(say({ api: 'heartbeat', ...claim })).toBe('REBALANCE_IN_PROGRESS');
    expect(say({ api: 'sync', ...claim, assignments: new Map() })).toBe('REBALANCE_IN_PROGRESS');
    expect(say({ api: 'commit', ...claim, offsets: new Map([[0, 5]]) })).toBe('NONE');
    // All have joined: the assignment is being made, and a commit comes too late.
    expect(say({ api: 'join', ...claim, ...join })).toBe('NONE');
    const next = { group, member, generation: 2 };
    expect(say({ api: 'heartbeat', ...next })).toBe('NONE');
    expect(say({ api: 'commit', ...next, offsets: new Map([[0, 5]]) })).toBe(
      'REBALANCE_IN_PROGRESS',
    );
  });

  test('takes a member at its word that asks again, and lets everybody wait for the leader', () => {
    const { member, say } = coordinator();
    const group = 'group';
    const join = { topics: ['topic'], owned: [], assignor: 'range' };
    say({ api: 'join', group, member: 'new', generation: -1, ...join });
    say({ api: 'join', group, member, generation: 1, ...join });
    // The answer got lost.
    expect(say({ api: 'join', group, member: 'new', generation: -1, ...join })).toBe('NONE');
    const sync = { api: 'sync', group, generation: 2 } as const;
    expect(say({ ...sync, member: 'new', assignments: new Map() })).toBeUndefined();
    const assignments = new Map([[member, [{ topic: 'topic', partition: 0 }]]]);
    expect(say({ ...sync, member, assignments })).toBe('NONE');
    expect(say({ ...sync, member: 'new', assignments: new Map() })).toBe('NONE');
  });

  test('expels who never asks for its assignment, after the rebalance timeout', () => {
    const world = group(
      { members: 1, partitions: 1, seconds: 30 },
      { maxPollInterval: seconds(10), sessionTimeout: milliseconds(60_000) },
    );
    world.at(5_000, () => {
      const join = { topics: ['topic'], owned: [], assignor: 'range' };
      world.coordinator.handle(
        9,
        { api: 'join', group: 'group', member: 'silent', generation: -1, ...join },
        () => {},
      );
    });
    const left = of(world.finish(), EntryKind.MemberLeft);
    expect(left).toMatchObject([{ node: 9, value: 2 }]);
  });
});
