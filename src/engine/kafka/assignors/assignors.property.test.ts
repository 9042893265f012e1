// What each assignor promises, over random groups, topics and holdings.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Assignment, AssignorName } from './assignor';
import { ASSIGNORS } from './assignors';
import { Ownership, partitionName } from './round/ownership';
import { Subscriptions } from './round/subscriptions';

const settings = { seed: 20_260_905, numRuns: 500 } as const;

const AT_ONCE: AssignorName[] = ['range', 'roundrobin', 'sticky', 'uniform', 'server-range'];
const ALL: AssignorName[] = [...AT_ONCE, 'cooperative-sticky'];
const STICKY: AssignorName[] = ['sticky', 'uniform'];

const TOPICS = ['a', 'b', 'c', 'a-1'];
const counts = fc.dictionary(fc.constantFrom(...TOPICS), fc.nat(9), { minKeys: 1 });
const subscription = fc.uniqueArray(fc.constantFrom(...TOPICS, 'unknown'));
const claim = fc.record({ topic: fc.constantFrom(...TOPICS), partition: fc.nat(10) });

const member = fc.record({
  id: fc.string({ minLength: 1, maxLength: 3 }),
  instanceId: fc.option(fc.string({ maxLength: 2 })),
  topics: subscription,
  owned: fc.array(claim, { maxLength: 20, size: 'max' }),
  generation: fc.integer({ min: -1, max: 3 }),
});

/** Each member subscribes to what it likes, and some claim what others claim. */
const anyGroup = fc.record({
  members: fc.uniqueArray(member, { selector: ({ id }) => id, maxLength: 7, size: 'max' }),
  partitionsPerTopic: counts.map((numbers) => new Map(Object.entries(numbers))),
});

type Group = typeof anyGroup extends fc.Arbitrary<infer Drawn> ? Drawn : never;

const equalGroup = fc
  .tuple(anyGroup, subscription)
  .map(([group, topics]) => subscribed(group, topics));

function subscribed(group: Group, topics: string[]): Group {
  return { ...group, members: group.members.map((each) => ({ ...each, topics })) };
}

function assign(name: AssignorName, { members, partitionsPerTopic }: Group): Assignment {
  return ASSIGNORS[name](members, partitionsPerTopic);
}

/** The same group a round later: all hold what they were given. */
function after(group: Group, assignment: Assignment): Group {
  const members = group.members.map((each) => ({
    ...each,
    owned: [...(assignment.get(each.id) ?? [])],
    generation: 4,
  }));
  return { ...group, members };
}

/** Partition name → ids of the members that have it. */
function ownersIn(assignment: Assignment): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  for (const [id, partitions] of assignment) {
    for (const name of partitions.map(partitionName)) {
      owners.set(name, [...(owners.get(name) ?? []), id]);
    }
  }
  return owners;
}

/** Partition name → ids of those that subscribe to it; without those that nobody subscribes to. */
function subscribersIn({ members, partitionsPerTopic }: Group): Map<string, string[]> {
  const all = new Map<string, string[]>();
  for (const [topic, count] of partitionsPerTopic) {
    const ids = members.filter(({ topics }) => topics.includes(topic)).map(({ id }) => id);
    for (let partition = 0; partition < count && ids.length > 0; partition += 1) {
      all.set(partitionName({ topic, partition }), ids);
    }
  }
  return all;
}

function expectOneOwnerEach(group: Group, assignment: Assignment): void {
  const owners = ownersIn(assignment);
  const subscribers = subscribersIn(group);
  expect([...owners.keys()].sort()).toEqual([...subscribers.keys()].sort());
  for (const [name, [owner, ...others]] of owners) {
    expect(others, name).toEqual([]);
    expect(subscribers.get(name), name).toContain(owner);
  }
}

test.each(AT_ONCE)('%s: every partition with a subscriber has one owner, a subscriber', (name) => {
  fc.assert(
    fc.property(anyGroup, (group) => {
      const assignment = assign(name, group);
      expect([...assignment.keys()].sort()).toEqual(group.members.map(({ id }) => id).sort());
      expectOneOwnerEach(group, assignment);
    }),
    settings,
  );
});

test.each(ALL)('%s: the order in which members are given says nothing', (name) => {
  const shuffled = anyGroup.chain((group) =>
    fc.tuple(
      fc.constant(group),
      fc.shuffledSubarray(group.members, { minLength: group.members.length }),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([group, members]) => {
      const there = assign(name, { ...group, members });
      expect([...there]).toEqual([...assign(name, group)]);
    }),
    settings,
  );
});

test.each<AssignorName>(['roundrobin', ...STICKY])(
  '%s: with equal subscriptions shares differ by one at most',
  (name) => {
    fc.assert(
      fc.property(equalGroup, (group) => {
        const shares = [...assign(name, group).values()].map(({ length }) => length);
        fc.pre(shares.length > 0);
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
      }),
      settings,
    );
  },
);

test.each<AssignorName>(['range', 'server-range'])(
  '%s: with equal subscriptions each topic is cut into runs that differ by one at most',
  (name) => {
    fc.assert(
      fc.property(equalGroup, (group) => {
        for (const [topic] of group.partitionsPerTopic) {
          const runs = [...assign(name, group).values()].map((partitions) =>
            partitions.filter((each) => each.topic === topic).map(({ partition }) => partition),
          );
          const lengths = runs.map(({ length }) => length);
          expect(Math.max(0, ...lengths)).toBeLessThanOrEqual(Math.min(99, ...lengths) + 1);
          for (const run of runs) expect(run).toEqual(run.map((_, place) => (run[0] ?? 0) + place));
        }
      }),
      settings,
    );
  },
);

test.each(STICKY)('%s: no partition has a subscriber with two fewer than its owner', (name) => {
  fc.assert(
    fc.property(anyGroup, (group) => {
      const assignment = assign(name, group);
      const loadOf = (id: string | undefined) => assignment.get(id ?? '')?.length ?? 0;
      const subscribers = subscribersIn(group);
      for (const [partition, [owner]] of ownersIn(assignment)) {
        const loads = (subscribers.get(partition) ?? []).map(loadOf);
        expect(loadOf(owner), partition).toBeLessThanOrEqual(Math.min(...loads) + 1);
      }
    }),
    settings,
  );
});

test.each(STICKY)('%s: with equal subscriptions all is kept that even shares permit', (name) => {
  fc.assert(
    fc.property(equalGroup, ({ members, partitionsPerTopic }) => {
      fc.pre(members.length > 0);
      const subscriptions = new Subscriptions(members, partitionsPerTopic);
      const ownership = new Ownership(subscriptions);
      const total = subscriptions.partitions.length;
      const share = Math.floor(total / members.length);
      const held = members.map((each) => ownership.ownedBy(each));
      const keepable = held.map(({ length }) => Math.min(length, share));
      const extras = held.filter(({ length }) => length > share).length;
      const assignment = assign(name, { members, partitionsPerTopic });
      const kept = members.map(({ id }, place) => {
        const names = new Set(assignment.get(id)?.map(partitionName));
        return (held[place] ?? []).filter((each) => names.has(partitionName(each))).length;
      });
      expect(sum(kept)).toBe(sum(keepable) + Math.min(extras, total % members.length));
    }),
    settings,
  );
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

test.each(AT_ONCE)('%s: a round in which nothing has changed moves nothing', (name) => {
  fc.assert(
    fc.property(anyGroup, (group) => {
      const assignment = assign(name, group);
      expect([...assign(name, after(group, assignment))]).toEqual([...assignment]);
    }),
    settings,
  );
});

test('cooperative-sticky: nobody is given what another member may still hold', () => {
  fc.assert(
    fc.property(anyGroup, (group) => {
      for (const [name, [owner, ...others]] of ownersIn(assign('cooperative-sticky', group))) {
        expect(others, name).toEqual([]);
        const claimants = group.members.filter(({ owned }) =>
          owned.map(partitionName).includes(name),
        );
        const own = claimants.find(({ id }) => id === owner)?.generation ?? -2;
        const rivals = claimants.filter(({ id, generation }) => id !== owner && generation >= own);
        expect(rivals, name).toEqual([]);
      }
    }),
    settings,
  );
});

/** Goes on until a round withholds nothing; more than `limit` rounds fail. */
function settle(first: Group, limit: number): Assignment {
  let group = first;
  for (let round = 1; round <= limit; round += 1) {
    const assignment = assign('cooperative-sticky', group);
    if (ownersIn(assignment).size === subscribersIn(group).size) return assignment;
    group = after(group, assignment);
  }
  throw new Error(`Not settled after ${limit} rounds.`);
}

test('cooperative-sticky: with equal subscriptions two rounds give all, in even shares', () => {
  fc.assert(
    fc.property(equalGroup, (group) => {
      fc.pre(group.members.length > 0);
      const assignment = settle(group, 2);
      expectOneOwnerEach(group, assignment);
      const shares = [...assignment.values()].map(({ length }) => length);
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
      expect([...assign('cooperative-sticky', after(group, assignment))]).toEqual([...assignment]);
    }),
    settings,
  );
});

test('cooperative-sticky: with unequal ones dealing may move more, and a third round ends it', () => {
  fc.assert(
    fc.property(anyGroup, (group) => {
      const assignment = settle(group, 3);
      expectOneOwnerEach(group, assignment);
      expect([...assign('cooperative-sticky', after(group, assignment))]).toEqual([...assignment]);
    }),
    { ...settings, numRuns: 2_000 },
  );
});
