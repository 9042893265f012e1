// Where the playhead goes from a time: clamped, by speed, to bookmarks.

import { expect, test } from 'vitest';
import { instant, milliseconds } from '../engine/index';
import { createPace } from './pace';
import { advance, clamp, nextBookmark, SPEEDS } from './playhead';

const at = (count: number) => instant(milliseconds(count));

test('a time becomes a whole microsecond within the run', () => {
  expect(clamp(-1, at(300))).toBe(0);
  expect(clamp(12.4, at(300))).toBe(12);
  expect(clamp(Number.POSITIVE_INFINITY, at(300))).toBe(300_000);
  expect(clamp(Number.NaN, at(300))).toBe(0);
});

test('the way on screen grows with the speed', () => {
  const pace = createPace(300_000, []);
  const ways = SPEEDS.map((speed) => advance(pace, 0, { elapsedMs: 1_200, speed }).timeUs);
  expect(ways).toEqual([5_000, 10_000, 20_000, 40_000, 80_000]);
});

test('the next bookmark is the first one after the time', () => {
  const bookmarks = [{ at: at(43) }, { at: at(10) }, { at: at(258) }];
  expect(nextBookmark(bookmarks, at(0))).toBe(10_000);
  expect(nextBookmark(bookmarks, at(43))).toBe(258_000);
  expect(nextBookmark(bookmarks, at(258))).toBe(null);
});
