// The rate over two samples of half a minute each.

import { expect, test } from 'vitest';
import { oldestSample, sampledRate } from './sampledRate';

const S = 1_000_000;

test('before the first sample is full, the time that has passed is added to a whole one', () => {
  expect(sampledRate(2, 14 * S)).toBe(2 / 44);
  expect(sampledRate(0, 14 * S)).toBe(0);
  expect(sampledRate(3, -1)).toBe(3 / 30);
});

test('from then on it is the time since the older sample began', () => {
  expect(sampledRate(2, 45 * S)).toBe(2 / 45);
  expect(sampledRate(2, 70 * S)).toBe(2 / 40);
});

test('what is older than both samples is forgotten', () => {
  expect([0, 29, 31, 59, 60, 95].map((second) => oldestSample(second * S) / S)).toEqual([
    0, 0, 0, 0, 30, 60,
  ]);
});
