// The outputs of Kafka's own PartitionChangeBuilder, and what its vectors leave open.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  changePartition,
  type Election,
  type PartitionEvent,
  type PartitionRegistration,
} from './election';

type State = Omit<PartitionRegistration, 'leaderRecoveryState'>;

interface Vector {
  readonly id: string;
  readonly state: State;
  readonly event: PartitionEvent;
  readonly expected: Omit<PartitionRegistration, 'replicas'> & { readonly changed: boolean };
}

const path = new URL('../../vectors/leader-election-elr.json', import.meta.url);
const file = JSON.parse(readFileSync(path, 'utf8')) as { readonly vectors: readonly Vector[] };

const numbers = ['leader', 'leaderEpoch', 'partitionEpoch'];
const lists = ['isr', 'elr', 'lastKnownElr'];

/** The fields of each part of a vector: those that must be there, and those that may. */
const FIELDS: Readonly<Record<string, readonly [string[], string[]]>> = {
  vector: [['id', 'state', 'event', 'expected', 'note', 'source'], []],
  state: [['replicas', ...lists, ...numbers], []],
  event: [
    ['alive', 'minIsr', 'elrEnabled', 'lastKnownLeaderEnabled', 'election'],
    ['targetIsr', 'uncleanShutdown'],
  ],
  expected: [['changed', ...lists, ...numbers, 'leaderRecoveryState'], []],
};

test('the file holds vectors, of every kind of election, and no field that nobody reads', () => {
  const elections = new Set(file.vectors.map(({ event }) => event.election));
  expect(elections).toEqual(new Set<Election>(['PREFERRED', 'ONLINE', 'UNCLEAN']));
  for (const vector of file.vectors) {
    const parts = { vector, state: vector.state, event: vector.event, expected: vector.expected };
    for (const [name, part] of Object.entries(parts)) {
      const [needed, optional] = FIELDS[name] ?? [[], []];
      expect(Object.keys(part), name).toEqual(expect.arrayContaining(needed));
      expect([...needed, ...optional], name).toEqual(expect.arrayContaining(Object.keys(part)));
    }
  }
});

test.each(file.vectors)('$id', ({ state, event, expected }) => {
  const before: PartitionRegistration = { ...state, leaderRecoveryState: 'RECOVERED' };
  const after = changePartition(before, event);
  const { changed, ...registration } = expected;
  expect(after).toEqual({ ...registration, replicas: state.replicas });
  expect(after !== before).toBe(changed);
});

const healthy: PartitionRegistration = {
  replicas: [1, 2, 3],
  isr: [1, 2, 3],
  elr: [],
  lastKnownElr: [],
  leader: 1,
  leaderEpoch: 5,
  partitionEpoch: 10,
  leaderRecoveryState: 'RECOVERED',
};

const event: PartitionEvent = {
  election: 'ONLINE',
  alive: [1, 2, 3],
  minIsr: 2,
  elrEnabled: true,
  lastKnownLeaderEnabled: true,
};

describe('a partition whose last replica went down uncleanly', () => {
  const lost = changePartition(
    { ...healthy, isr: [1] },
    { ...event, alive: [2, 3], targetIsr: [], uncleanShutdown: [1] },
  );

  test('has nobody in ISR and ELR, and remembers its last leader', () => {
    expect(lost).toMatchObject({ leader: -1, isr: [], elr: [], lastKnownElr: [1] });
  });

  test('stays offline while others are alive', () => {
    expect(changePartition(lost, { ...event, alive: [2, 3] })).toBe(lost);
  });

  test('is led by it again, RECOVERING, and forgets that it was the last', () => {
    const back = changePartition(lost, event);
    expect(back).toMatchObject({ leader: 1, isr: [1], lastKnownElr: [], leaderEpoch: 7 });
    expect(back.leaderRecoveryState).toBe('RECOVERING');
  });

  test('is RECOVERED once its leader says so, without a new leader epoch', () => {
    const back = changePartition(lost, event);
    const well = changePartition(back, { ...event, leaderRecoveryState: 'RECOVERED' });
    expect(well).toEqual({ ...back, leaderRecoveryState: 'RECOVERED', partitionEpoch: 13 });
  });
});

describe('a last known leader that is back does not lead', () => {
  const offline = { ...healthy, isr: [], lastKnownElr: [1], leader: -1 };

  test('while somebody eligible is still away', () => {
    const waiting = { ...offline, elr: [2] };
    expect(changePartition(waiting, { ...event, alive: [1, 3] })).toBe(waiting);
  });

  test('when nobody can tell which one of several it was', () => {
    const several = { ...offline, lastKnownElr: [1, 2] };
    expect(changePartition(several, event)).toBe(several);
  });

  test('when such elections are off, though others may lead uncleanly', () => {
    const without = { ...event, lastKnownLeaderEnabled: false };
    expect(changePartition(offline, without).leader).toBe(-1);
    const unclean = changePartition(offline, { ...without, election: 'UNCLEAN', alive: [1, 3] });
    expect(unclean).toMatchObject({ leader: 1, isr: [1], leaderRecoveryState: 'RECOVERING' });
  });

  test('without ELR, which leaves what was once remembered', () => {
    const after = changePartition(offline, { ...event, elrEnabled: false });
    expect(after).toBe(offline);
    const led = { ...healthy, lastKnownElr: [3] };
    expect(changePartition(led, { ...event, elrEnabled: false })).toBe(led);
  });
});

test('a leader that leaves the ISR hands over, although it is alive', () => {
  const after = changePartition(healthy, { ...event, targetIsr: [2, 3] });
  expect(after).toMatchObject({ leader: 2, isr: [2, 3], leaderEpoch: 6, partitionEpoch: 11 });
});

test('what has not changed is the same object, and what has leaves the old one as it was', () => {
  const frozen = Object.freeze({ ...healthy, isr: Object.freeze([1, 2, 3]) });
  expect(changePartition(frozen, event)).toBe(frozen);
  expect(changePartition(frozen, { ...event, targetIsr: [1, 2] }).isr).toEqual([1, 2]);
  expect(frozen.isr).toEqual([1, 2, 3]);
});
