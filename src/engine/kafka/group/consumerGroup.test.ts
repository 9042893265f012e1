// KIP-848, step by step: epochs, and partitions that change hands only when they were given up.

import { describe, expect, test } from 'vitest';
import { seconds } from '../../kernel/simTime';
import { EntryKind } from '../../trace/entryKinds';
import type { KafkaSettings } from '../configuration';
import type { GroupHeartbeatRequest, GroupRequest, GroupResponse } from '../wire/requests';
import { nextStanding, type Standing } from './reconciliation';
import { type Happening, ownersAfter, SmallGroup } from './smallGroup';

const of = (happenings: readonly Happening[], ...kinds: EntryKind[]) =>
  happenings.filter(({ kind }) => kinds.includes(kind));

const PROTOCOL = { groupProtocol: 'consumer', assignor: 'uniform' } as const;

function group(
  plan: { members: number; partitions: number; starting?: number; seconds?: number },
  settings: Partial<KafkaSettings> = {},
) {
  const world = new SmallGroup({ ...plan, settings: { ...PROTOCOL, ...settings } });
  world.at(0, () => {
    for (const consumer of world.consumers.slice(0, plan.starting ?? plan.members)) {
      consumer.start();
    }
  });
  return world;
}

describe('joining', () => {
  test('the first member has its partitions with the answer to its first heartbeat', () => {
    const happenings = group({ members: 1, partitions: 2, seconds: 5 }).finish();
    expect(of(happenings, EntryKind.MemberJoined)).toMatchObject([{ ms: 1, value: 2 }]);
    expect(of(happenings, EntryKind.RebalanceEnded)).toMatchObject([{ ms: 1, value: 2 }]);
    // The question for the offsets waits for no heartbeat.
    const assigned = of(happenings, EntryKind.Assigned);
    expect(assigned).toMatchObject([{ ms: 4 }, { ms: 4 }]);
  });

  test('a target is computed at most once a second, so members that come together wait', () => {
    const happenings = group({ members: 3, partitions: 6, seconds: 30 }).finish();
    const [first, ...others] = of(happenings, EntryKind.OwnerSet).map(({ ms }) => ms);
    expect(first).toBe(1);
    expect(others.slice(0, 5)).toEqual([1, 1, 1, 1, 1]);
    expect(others[5]).toBeGreaterThan(3_000);
    expect(new Set(ownersAfter(happenings).values())).toEqual(new Set([0, 1, 2]));
  });

  test('the new owner gets a partition only after the old one has given it up', () => {
    const world = group({ members: 2, partitions: 4, starting: 1, seconds: 40 });
    world.at(10_000, () => world.consumers[1]?.start());
    const since = world.finish().filter(({ ms }) => ms > 9_999);
    const moved = of(since, EntryKind.Revoked);
    expect(moved).toHaveLength(2);
    for (const { place, ms: revoked } of moved) {
      const owners = of(since, EntryKind.OwnerSet).filter((each) => each.place === place);
      expect(owners.map(({ value }) => value)).toEqual([-1, 1]);
      expect(owners[0]?.ms).toBeGreaterThan(revoked);
      const assigned = of(since, EntryKind.Assigned).find((each) => each.place === place);
      const committed = of(since, EntryKind.Committed).find((each) => each.place === place);
      // It goes on exactly where the old owner stopped, and got it with a heartbeat of its own.
      expect(assigned).toMatchObject({ node: 1, value: committed?.value });
    }
    // Nobody else was disturbed.
    const kept = [...(world.consumers[0]?.positions.values() ?? [])];
    expect(Math.min(...kept)).toBeGreaterThan(1_900);
  });

  test('what a member was told to take is its own, though it has not yet said that it has it', () => {
    const world = group(
      { members: 3, partitions: 2, seconds: 10 },
      { heartbeatInterval: seconds(1) },
    );
    world.at(0, () => world.consumers[0]?.stop());
    world.at(1_001, () => world.consumers[2]?.stop());
    // Told to take the rest while it works; somebody comes, and a heartbeat is due as it commits.
    world.at(1_003, () => world.consumers[1]?.work(1_978));
    world.at(2_003, () => world.consumers[0]?.start());
    const happenings = world.finish();
    const since = happenings.filter(({ ms }) => ms > 2_000);
    const given = of(since, EntryKind.OwnerSet).find(({ value }) => value === 0);
    const taken = of(since, EntryKind.Assigned).filter(({ place }) => place === given?.place);
    expect(taken.find(({ node, ms }) => node === 1 && ms > (given?.ms ?? 0))).toBeUndefined();
    expect(taken.some(({ node }) => node === 0)).toBe(true);
    expect([...ownersAfter(happenings).values()].sort((a, b) => a - b)).toEqual([0, 1]);
  });

  test('range is the other assignor of the server', () => {
    const world = group({ members: 2, partitions: 3, seconds: 30 }, { assignor: 'range' });
    expect([...ownersAfter(world.finish())].sort(([a], [b]) => a - b)).toEqual([
      [0, 0],
      [1, 0],
      [2, 1],
    ]);
  });
});

describe('a member goes', () => {
  test('closed: its partitions are free at once, and given with the next heartbeats', () => {
    const world = group({ members: 2, partitions: 2, seconds: 40 });
    world.at(20_000, () => world.consumers[0]?.stop());
    const since = world.finish().filter(({ ms }) => ms > 19_999);
    expect(of(since, EntryKind.MemberLeft)).toMatchObject([{ ms: 20_003, node: 0, value: 0 }]);
    expect(of(since, EntryKind.OwnerSet)).toMatchObject([{ ms: 20_003, value: -1 }, { value: 1 }]);
  });

  test('a zombie believes what it owned, is fenced, and its commit is refused', () => {
    const world = group(
      { members: 2, partitions: 2, seconds: 90 },
      { sessionTimeout: seconds(6), enableAutoCommit: 'off' },
    );
    const [zombie, heir] = world.consumers;
    world.at(20_000, () => zombie?.node.stall());
    const errors: string[] = [];
    world.at(60_000, () => {
      expect([...(zombie?.positions.keys() ?? [])]).toEqual([0]);
      expect([...(heir?.positions.keys() ?? [])].sort((a, b) => a - b)).toEqual([0, 1]);
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

  test('who does not revoke within max.poll.interval.ms is expelled by the coordinator', () => {
    const world = group(
      { members: 2, partitions: 2, starting: 1, seconds: 60 },
      { maxPollInterval: seconds(15), sessionTimeout: seconds(1_000) },
    );
    world.at(20_000, () => world.consumers[1]?.start());
    // It is at work as it learns that it must revoke, and stalls before it can say goodbye.
    world.at(20_000, () => world.consumers[0]?.work(30_000));
    world.at(30_000, () => world.consumers[0]?.node.stall());
    const [left] = of(world.finish(), EntryKind.MemberLeft);
    expect(left).toMatchObject({ node: 0, value: 2 });
    expect(left?.ms).toBeGreaterThan(35_000);
    expect(left?.ms).toBeLessThan(38_100);
  });

  test('not polling: it leaves by itself, and joins again when it polls', () => {
    const world = group({ members: 2, partitions: 2 }, { maxPollInterval: seconds(10) });
    world.at(20_000, () => world.consumers[0]?.work(20_000));
    const happenings = world.finish();
    expect(of(happenings, EntryKind.MemberLeft)).toMatchObject([{ ms: 30_001, node: 0 }]);
    expect(of(happenings, EntryKind.MemberJoined).at(-1)).toMatchObject({ ms: 40_001, node: 0 });
    expect([...ownersAfter(happenings).values()].sort((a, b) => a - b)).toEqual([0, 1]);
  });
});

test('a coordinator that moves has everybody ask again, and loses nobody', () => {
  const world = group({ members: 3, partitions: 6 });
  for (const ms of [1, 3_003, 20_000]) {
    world.at(ms, () => {
      world.coordinator.moved();
      for (const consumer of world.consumers) consumer.loseConnection();
    });
  }
  const happenings = world.finish();
  expect(of(happenings, EntryKind.MemberJoined)).toHaveLength(3);
  expect(of(happenings, EntryKind.MemberLeft)).toEqual([]);
  expect(world.consumers.map(({ positions }) => positions.size)).toEqual([2, 2, 2]);
});

describe('the coordinator', () => {
  const topics = ['topic'];
  const name = (partition: number) => ({ topic: 'topic', partition });

  function coordinator() {
    const world = new SmallGroup({ members: 0, partitions: 2, settings: PROTOCOL });
    const say = (request: GroupRequest) => {
      const answers: GroupResponse[] = [];
      world.coordinator.handle(9, request, (response) => answers.push(response));
      return answers[0];
    };
    const beat = (member: string, memberEpoch: number, owned: readonly number[] | null) => {
      const request: GroupHeartbeatRequest = {
        ...{ api: 'groupHeartbeat', group: 'group', member, memberEpoch, topics },
        owned: owned === null ? null : owned.map(name),
      };
      return say(request);
    };
    const commit = (member: string, generation: number, partition: number) => {
      const offsets = new Map([[partition, 5]]);
      const answer = say({ api: 'commit', group: 'group', member, generation, offsets });
      return answer && 'error' in answer ? answer.error : undefined;
    };
    return { world, beat, commit };
  }

  test('tells a member what to own until it does, and nothing afterwards', () => {
    const { beat } = coordinator();
    const both = [name(0), name(1)];
    expect(beat('a', 0, [])).toMatchObject({ memberEpoch: 2, assignment: both });
    expect(beat('a', 2, [])).toMatchObject({ memberEpoch: 2, assignment: both });
    expect(beat('a', 2, [0, 1])).toMatchObject({ memberEpoch: 2, assignment: null });
    expect(beat('a', 2, null)).toMatchObject({ memberEpoch: 2, assignment: null });
  });

  test('frees nothing that a member was given and has not yet spoken of', () => {
    const { beat, world } = coordinator();
    beat('a', 0, []);
    world.runUntil(2_000);
    beat('b', 0, []);
    expect(beat('a', 2, null)).toMatchObject({ memberEpoch: 2, assignment: [name(0)] });
    expect(beat('b', 3, null)).toMatchObject({ memberEpoch: 3, assignment: null });
    expect(beat('a', 2, [])).toMatchObject({ memberEpoch: 3, assignment: [name(0)] });
    expect(beat('b', 3, null)).toMatchObject({ memberEpoch: 3, assignment: [name(1)] });
  });

  test('leads a member to less: first revoke, in the old epoch, then the new one', () => {
    const { beat, world } = coordinator();
    beat('a', 0, []);
    world.runUntil(2_000);
    expect(beat('b', 0, [])).toMatchObject({ memberEpoch: 3, assignment: [] });
    expect(beat('a', 2, [0, 1])).toMatchObject({ memberEpoch: 2, assignment: [name(0)] });
    expect(beat('b', 3, [])).toMatchObject({ memberEpoch: 3, assignment: null });
    expect(beat('a', 2, [0])).toMatchObject({ memberEpoch: 3, assignment: null });
    expect(beat('b', 3, [])).toMatchObject({ memberEpoch: 3, assignment: [name(1)] });
  });

  test('fences epochs that it did not give, but the one before the last answer will do', () => {
    const { beat } = coordinator();
    beat('a', 0, []);
    expect(beat('a', 3, [])).toMatchObject({ error: 'FENCED_MEMBER_EPOCH' });
    expect(beat('a', 1, [])).toMatchObject({ error: 'FENCED_MEMBER_EPOCH' });
    expect(beat('stranger', 2, [])).toMatchObject({ error: 'UNKNOWN_MEMBER_ID' });
    expect(beat('a', 0, [])).toMatchObject({ error: 'NONE', memberEpoch: 2 });
  });

  test('takes an older epoch in a commit for what the member has held since (KIP-1251)', () => {
    const { beat, commit, world } = coordinator();
    beat('a', 0, []);
    expect(commit('a', 2, 0)).toBe('NONE');
    expect(commit('a', 3, 0)).toBe('STALE_MEMBER_EPOCH');
    world.runUntil(2_000);
    beat('b', 0, []);
    beat('a', 2, [0, 1]);
    beat('a', 2, [0]);
    expect(commit('a', 2, 0)).toBe('NONE');
    expect(commit('a', 2, 1)).toBe('STALE_MEMBER_EPOCH');
    expect(commit('stranger', 2, 0)).toBe('UNKNOWN_MEMBER_ID');
    expect(commit('', -1, 0)).toBe('UNKNOWN_MEMBER_ID');
  });
});

describe('the next standing of a member', () => {
  const stable: Standing = { state: 'stable', epoch: 3, assigned: [0, 1], revoking: [] };
  const situation = (owned: number[], free: number[]) => ({
    owned: new Set(owned),
    isFree: (partition: number) => free.includes(partition),
  });

  test('is the same at the target epoch', () => {
    const target = { epoch: 3, partitions: [5] };
    expect(nextStanding(stable, target, situation([0, 1], [5]))).toBe(stable);
  });

  test('is unrevoked, in its old epoch, while it owns too much; what it shall get waits', () => {
    const target = { epoch: 4, partitions: [0, 2] };
    const unrevoked = { state: 'unrevoked', epoch: 3, assigned: [0], revoking: [1] } as const;
    const next = nextStanding(stable, target, situation([0, 1], [2]));
    expect(next).toEqual(unrevoked);
    expect(nextStanding(next, target, situation([0, 1], [2]))).toBe(next);
    expect(nextStanding(next, target, situation([0], [2]))).toEqual({
      ...{ state: 'stable', epoch: 4, assigned: [0, 2], revoking: [] },
    });
  });

  test('skips that when the member has dropped it already', () => {
    const target = { epoch: 4, partitions: [0] };
    expect(nextStanding(stable, target, situation([0], []))).toMatchObject({
      ...{ state: 'stable', epoch: 4, assigned: [0] },
    });
  });

  test('is unreleased until all it shall have is free; what is free it gets', () => {
    const target = { epoch: 4, partitions: [0, 1, 2, 3] };
    const next = nextStanding(stable, target, situation([0, 1], [3]));
    expect(next).toMatchObject({ state: 'unreleased', epoch: 4, assigned: [0, 1, 3] });
    const all = nextStanding(next, target, situation([0, 1, 3], [2]));
    expect(all).toMatchObject({ state: 'stable', epoch: 4, assigned: [0, 1, 3, 2] });
  });

  test('counts what it has just revoked as its own, if it shall have it after all', () => {
    const before: Standing = { state: 'unrevoked', epoch: 3, assigned: [0], revoking: [1] };
    const target = { epoch: 5, partitions: [0, 1] };
    const next = nextStanding(before, target, situation([0], []));
    expect(next).toMatchObject({ state: 'stable', assigned: [0, 1] });
  });
});
