// What sticky and uniform do when members subscribe to different topics, by small examples.

import { expect, test } from 'vitest';
import type { Assignor, GroupMember } from './assignor';
import { ASSIGNORS } from './assignors';

interface Round {
  /** Topic → number of partitions. */
  readonly topics: Readonly<Record<string, number>>;
  /** Member id → its topics, and what it holds: `a0` is partition 0 of topic a. */
  readonly members: Readonly<Record<string, readonly [topics: string, holds: string]>>;
  /** Members that missed the last generation. */
  readonly late?: readonly string[];
}

function outcome(assign: Assignor, { topics, members, late = [] }: Round): Record<string, string> {
  const group = Object.entries(members).map(
    ([id, [subscribed, holds]]): GroupMember => ({
      ...{ id, instanceId: null, generation: late.includes(id) ? 1 : 2 },
      topics: words(subscribed),
      owned: words(holds).map(([topic = '', partition]) => ({
        topic,
        partition: Number(partition),
      })),
    }),
  );
  const assignment = assign(group, new Map(Object.entries(topics)));
  return Object.fromEntries(
    [...assignment].map(([id, partitions]) => [
      id,
      partitions.map(({ topic, partition }) => topic + partition).join(' '),
    ]),
  );
}

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}

test('sticky: what is dealt anew makes way before what is held', () => {
  const topics = { b: 3, c: 3 };
  const members = { m1: ['b c', 'b1'], m2: ['b', ''], m3: ['c', 'b0'] } as const;
  expect(outcome(ASSIGNORS.sticky, { topics, members })).toEqual({
    m1: 'b1 c2',
    m2: 'b0 b2',
    m3: 'c0 c1',
  });
});

test('sticky: two partitions of a topic do not change places', () => {
  const topics = { a: 3, b: 2, c: 3 };
  const members = { m1: ['a b c', 'a0'], m2: ['b', ''], m3: ['a b c', 'a2 b0 b1 c1 c2'] } as const;
  expect(outcome(ASSIGNORS.sticky, { topics, members })).toEqual({
    m1: 'a0 a1 c0',
    m2: 'b0 b1',
    m3: 'a2 c1 c2',
  });
});

test('sticky: a member that missed a generation is the first to get back what it held', () => {
  const topics = { a: 4 };
  const members = { m1: ['a b', 'a0 a1 a2 a3'], m2: ['a', ''], m3: ['a', 'a0'] } as const;
  expect(outcome(ASSIGNORS.sticky, { topics, members, late: ['m3'] })).toEqual({
    m1: 'a2 a3',
    m2: 'a1',
    m3: 'a0',
  });
});

test('uniform: topics with most partitions for each subscriber are dealt first', () => {
  const topics = { a: 1, b: 2, c: 2 };
  const members = { m1: ['a b c', ''], m2: ['a b', ''] } as const;
  expect(outcome(ASSIGNORS.uniform, { topics, members })).toEqual({
    m1: 'a0 c0 c1',
    m2: 'b0 b1',
  });
});

test('uniform: of two members with most partitions the later one gives', () => {
  const topics = { a: 2, b: 1, c: 1 };
  const members = { m1: ['a b', ''], m2: ['a', 'b0'], m3: ['a b c', 'a0'] } as const;
  expect(outcome(ASSIGNORS.uniform, { topics, members })).toEqual({
    m1: 'a1 b0',
    m2: 'a0',
    m3: 'c0',
  });
});
