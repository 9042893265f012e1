// Offsets without a record, counted between a log's start and its watermark.

import { expect, test } from 'vitest';
import { LogGaps } from './logGaps';

test('a marker counts once it lies below the watermark, and no more below the start', () => {
  const gaps = new LogGaps();
  gaps.endsAt(5);
  gaps.add(5);
  expect(gaps.count).toBe(0);
  gaps.endsAt(6);
  expect(gaps.count).toBe(1);
  gaps.startsAt(6);
  expect(gaps.count).toBe(0);
});

test('a hole counts at once, and once only', () => {
  const gaps = new LogGaps();
  gaps.endsAt(10);
  gaps.add(3);
  gaps.add(3);
  gaps.add(7);
  expect(gaps.count).toBe(2);
  gaps.startsAt(4);
  expect(gaps.count).toBe(1);
});

test('what is cut off counts no more, nor what is written in its place', () => {
  const gaps = new LogGaps();
  gaps.add(2);
  gaps.add(6);
  gaps.endsAt(8);
  gaps.truncateTo(5);
  expect(gaps.count).toBe(1);
  gaps.endsAt(8);
  expect(gaps.count).toBe(1);
});

test('a watermark that goes back takes its gaps along, and brings them again', () => {
  const gaps = new LogGaps();
  gaps.add(2);
  gaps.add(6);
  gaps.endsAt(8);
  gaps.endsAt(4);
  expect(gaps.count).toBe(1);
  gaps.endsAt(7);
  expect(gaps.count).toBe(2);
});

test('a log that begins anew above its watermark counts from there on', () => {
  const gaps = new LogGaps();
  gaps.endsAt(2);
  gaps.add(3);
  gaps.startsAt(5);
  gaps.add(6);
  gaps.endsAt(7);
  expect(gaps.count).toBe(1);
});
