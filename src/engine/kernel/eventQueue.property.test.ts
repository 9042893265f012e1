// The event queue against a list that is sorted anew for every event.

import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { type EventId, EventQueue } from './eventQueue';

// A machine that is busy with other work takes its time.
vi.setConfig({ testTimeout: 60_000 });

const settings = { seed: 20_260_903, numRuns: 300 } as const;

interface Pending {
  readonly id: EventId;
  readonly time: number;
  readonly order: number;
}

/** The queue and a plain list of the same events, driven side by side. */
class Pair {
  readonly origin: number;
  readonly queue: EventQueue;
  readonly given: EventId[] = [];
  pending: Pending[] = [];
  now: number;
  readonly #ran: number[] = [];

  constructor(origin: number) {
    this.origin = origin;
    this.now = origin;
    this.queue = new EventQueue(origin);
  }

  push(delay: number): void {
    const order = this.given.length;
    const time = this.now + delay;
    const id = this.queue.push(time, order, (ran) => this.#ran.push(ran as number), order);
    this.given.push(id);
    this.pending.push({ id, time, order });
  }

  cancel(which: number): void {
    const id = this.given[which % Math.max(1, this.given.length)];
    if (id === undefined) return;
    const isPending = this.pending.some((event) => event.id === id);
    expect(this.queue.cancel(id)).toBe(isPending);
    this.pending = this.pending.filter((event) => event.id !== id);
  }

  /** Takes the next event until `now + span` from both. */
  pop(span: number): boolean {
    const end = this.now + span;
    const sorted = [...this.pending].sort((a, b) => a.time - b.time || a.order - b.order);
    const [next] = sorted;
    const isDue = next !== undefined && next.time <= end;
    expect(this.queue.pop(end)).toBe(isDue);
    this.now = isDue ? next.time : end;
    if (!isDue) return false;
    this.pending = this.pending.filter((event) => event !== next);
    const { queue } = this;
    queue.handler(queue.payload);
    expect([queue.time, queue.cause, this.#ran.at(-1)]).toEqual([
      next.time,
      next.order,
      next.order,
    ]);
    return true;
  }

  checkSize(): void {
    expect(this.queue.size).toBe(this.pending.length);
  }
}

const delay = fc.oneof(
  fc.nat(3),
  fc.nat(200),
  fc.nat(5_000_000),
  fc.constantFrom(31, 32, 255, 256, 2 ** 13, 2 ** 18, 2 ** 23 - 1, 2 ** 23, 2 ** 38, 2 ** 42 + 1),
);
const act = fc.oneof(
  { weight: 4, arbitrary: fc.record({ push: delay }) },
  { weight: 1, arbitrary: fc.record({ cancel: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ pop: delay }) },
);

test('events leave by time, and those of one instant in the order in which they came', () => {
  fc.assert(
    fc.property(
      fc.array(act, { maxLength: 120, size: 'max' }),
      fc.constantFrom(0, -80_000, -7, 12),
      (acts, origin) => {
        const pair = new Pair(origin);
        for (const one of acts) {
          if ('push' in one) pair.push(one.push);
          else if ('cancel' in one) pair.cancel(one.cancel);
          else pair.pop(one.pop);
          pair.checkSize();
        }
        while (pair.pending.length > 0) expect(pair.pop(2 ** 50)).toBe(true);
        expect(pair.pop(2 ** 50)).toBe(false);
      },
    ),
    settings,
  );
});

test('it grows past 1,024 pending events and keeps their order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { minLength: 2_100, maxLength: 2_600 }), (times) => {
      const queue = new EventQueue(0);
      const left: number[] = [];
      const note = (order: unknown) => left.push(order as number);
      for (const [order, time] of times.entries()) queue.push(time, -1, note, order);
      while (queue.pop(40)) queue.handler(queue.payload);
      const sorted = times.map((time, order) => ({ time, order }));
      sorted.sort((a, b) => a.time - b.time || a.order - b.order);
      expect(left).toEqual(sorted.map(({ order }) => order));
    }),
    { ...settings, numRuns: 12 },
  );
});

test('an id of an event that has happened cancels nothing, even when its place is used again', () => {
  const queue = new EventQueue(0);
  const first = queue.push(1, -1, () => undefined, 'first');
  expect(queue.pop(1)).toBe(true);
  const second = queue.push(2, -1, () => undefined, 'second');
  expect(second).not.toBe(first);
  expect(queue.cancel(first)).toBe(false);
  expect(queue.size).toBe(1);
  expect(queue.cancel(second)).toBe(true);
  expect(queue.cancel(second)).toBe(false);
  expect(queue.pop(10)).toBe(false);
});

test('an event that a handler adds for the same instant comes after those already waiting', () => {
  const queue = new EventQueue(0);
  const ran: string[] = [];
  const add = () => {
    ran.push('adds');
    queue.push(5, -1, () => ran.push('added'), undefined);
  };
  queue.push(5, -1, add, undefined);
  queue.push(5, -1, () => ran.push('waited'), undefined);
  while (queue.pop(5)) queue.handler(queue.payload);
  expect(ran).toEqual(['adds', 'waited', 'added']);
});
