// The assignor vectors, outputs of Kafka's own classes, each run through the engine's functions.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Assignment, Assignor, GroupMember } from './assignor';
import { ASSIGNORS } from './assignors';

/** Topic → partition numbers. */
type Numbers = Readonly<Record<string, readonly number[]>>;

interface Vector {
  readonly id: string;
  readonly assignor: string;
  readonly partitionsPerTopic: Readonly<Record<string, number>>;
  readonly members: readonly {
    readonly id: string;
    readonly topics: readonly string[];
    readonly instanceId?: string;
    readonly owned?: Numbers;
    readonly generation?: number;
  }[];
  readonly expected: Readonly<Record<string, Numbers>>;
}

const path = new URL('../../vectors/assignors.json', import.meta.url);
const file = JSON.parse(readFileSync(path, 'utf8')) as { readonly vectors: readonly Vector[] };

const NAMED: Readonly<Record<string, Assignor>> = {
  range: ASSIGNORS.range,
  roundrobin: ASSIGNORS.roundrobin,
  sticky: ASSIGNORS.sticky,
  'cooperative-sticky': ASSIGNORS['cooperative-sticky'],
  'kip848-range': ASSIGNORS['server-range'],
  'kip848-uniform': ASSIGNORS.uniform,
};

const FIELDS = [
  ...['id', 'assignor', 'partitionsPerTopic', 'members', 'expected'],
  ...['note', 'testExpectationTranscribed', 'source'],
].sort();
const MEMBER_FIELDS = ['id', 'topics', 'instanceId', 'owned', 'generation'];

describe('the file', () => {
  test('holds vectors for every assignor, and for no other', () => {
    expect(Object.keys(file).sort()).toEqual(['meta', 'vectors']);
    const named = new Set(file.vectors.map(({ assignor }) => assignor));
    expect(named).toEqual(new Set(Object.keys(NAMED)));
  });

  test('has no field that nobody reads', () => {
    for (const vector of file.vectors) {
      expect(Object.keys(vector).sort(), vector.id).toEqual(FIELDS);
      for (const member of vector.members) {
        expect(Object.keys(member)).toEqual(expect.arrayContaining(['id', 'topics']));
        expect(MEMBER_FIELDS).toEqual(expect.arrayContaining(Object.keys(member)));
      }
    }
  });

  test('asks uniform about one topic at a time: with several, its ties follow topic ids', () => {
    const uniform = file.vectors.filter(({ assignor }) => assignor === 'kip848-uniform');
    for (const { id, partitionsPerTopic } of uniform) {
      expect(Object.keys(partitionsPerTopic), id).toHaveLength(1);
    }
  });
});

test.each(file.vectors)('$id', (vector) => {
  const assign = NAMED[vector.assignor] as Assignor;
  const partitionsPerTopic = new Map(Object.entries(vector.partitionsPerTopic));
  expect(numbersOf(assign(vector.members.map(asMember), partitionsPerTopic))).toEqual(
    vector.expected,
  );
});

function asMember(member: Vector['members'][number]): GroupMember {
  const { id, topics, instanceId = null, owned = {}, generation = -1 } = member;
  return {
    ...{ id, topics, instanceId, generation },
    owned: Object.entries(owned).flatMap(([topic, numbers]) =>
      numbers.map((partition) => ({ topic, partition })),
    ),
  };
}

function numbersOf(assignment: Assignment): Record<string, Record<string, number[]>> {
  const all: Record<string, Record<string, number[]>> = {};
  for (const [id, partitions] of assignment) {
    const mine: Record<string, number[]> = {};
    for (const { topic, partition } of partitions) {
      mine[topic] = [...(mine[topic] ?? []), partition];
    }
    all[id] = mine;
  }
  return all;
}
