// Numbers as people read them.

import { expect, test } from 'vitest';
import { countText, durationText, shareText } from './numberText';

test('a number keeps only the digits that are meant', () => {
  expect([0, 1.25, 9.96, 12.6, 1_234_567].map(countText)).toEqual([
    '0',
    '1.3',
    '10',
    '13',
    '1\u202f234\u202f567',
  ]);
});

test('a length of time is milliseconds up to a second', () => {
  expect([20, 999, 9_540].map(durationText)).toEqual(['20\u202fms', '999\u202fms', '9.5\u202fs']);
});

test('a share is never rounded to all or nothing', () => {
  expect([0, 0.004, 0.5, 0.996, 1].map(shareText)).toEqual([
    '0\u202f%',
    '<\u202f1\u202f%',
    '50\u202f%',
    '99\u202f%',
    '100\u202f%',
  ]);
});
