// The frame clock asks for frames while it runs and for none after it stops.

import { expect, test } from 'vitest';
import { createFrameClock } from './frameClock';

function fakeSource() {
  const callbacks = new Map<number, (timestampMs: number) => void>();
  const counted = { requests: 0 };
  return {
    counted,
    requestAnimationFrame(callback: (timestampMs: number) => void): number {
      counted.requests += 1;
      callbacks.set(counted.requests, callback);
      return counted.requests;
    },
    cancelAnimationFrame(handle: number): void {
      callbacks.delete(handle);
    },
    frame(timestampMs: number): void {
      const waiting = [...callbacks.values()];
      callbacks.clear();
      for (const callback of waiting) callback(timestampMs);
    },
  };
}

test('hands on the milliseconds between frames', () => {
  const source = fakeSource();
  const elapsed: number[] = [];
  createFrameClock(source).start((elapsedMs) => elapsed.push(elapsedMs));
  for (const timestampMs of [1_000, 1_016, 1_033]) source.frame(timestampMs);
  expect(elapsed).toEqual([0, 16, 17]);
});

test('requests no frame before the start and none after the stop', () => {
  const source = fakeSource();
  const clock = createFrameClock(source);
  expect(source.counted.requests).toBe(0);
  clock.start(() => clock.stop());
  source.frame(0);
  source.frame(16);
  const requests = source.counted.requests;
  source.frame(32);
  expect(source.counted.requests).toBe(requests);
});

test('a frame after a long sleep counts as a tenth of a second', () => {
  const source = fakeSource();
  const elapsed: number[] = [];
  createFrameClock(source).start((elapsedMs) => elapsed.push(elapsedMs));
  source.frame(0);
  source.frame(60_000);
  expect(elapsed).toEqual([0, 100]);
});
