// Where new replicas go.

import { expect, test } from 'vitest';
import { placeReplicas } from './placement';

const places = (partitions: number, startBroker = 1, replicationFactor = 3) =>
  Array.from({ length: partitions }, (_, partition) =>
    placeReplicas(partition, { brokers: [1, 2, 3, 4], replicationFactor, startBroker }),
  );

test('each partition begins one broker further on, and goes round', () => {
  expect(places(5)).toEqual([
    [1, 2, 3],
    [2, 3, 4],
    [3, 4, 1],
    [4, 1, 2],
    [1, 2, 3],
  ]);
});

test('the start is the preferred leader of the first partition', () => {
  expect(places(2, 4, 2)).toEqual([
    [4, 1],
    [1, 2],
  ]);
});

test('every broker leads as many partitions, and holds as many replicas', () => {
  const held = places(8).flat();
  const led = places(8).map(([leader]) => leader);
  for (const broker of [1, 2, 3, 4]) {
    expect(led.filter((leader) => leader === broker)).toHaveLength(2);
    expect(held.filter((holder) => holder === broker)).toHaveLength(6);
  }
});

test('more replicas than brokers cannot be placed', () => {
  expect(() => places(1, 1, 5)).toThrow('INVALID_REPLICATION_FACTOR');
});
