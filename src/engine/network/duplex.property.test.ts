// Who may talk when, over random reservations.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Direction, type DuplexMode, Medium, type Occupation } from './duplex';

const settings = { seed: 20_260_905, numRuns: 300 } as const;

interface Granted extends Occupation {
  readonly direction: Direction;
  readonly askedAt: number;
  readonly transmission: number;
}

const requests = fc.record({
  turnaround: fc.nat(20),
  latency: fc.nat(50),
  wishes: fc.array(
    fc.record({
      direction: fc.constantFrom<Direction>(0, 1),
      pause: fc.nat(60),
      bytes: fc.nat(40),
    }),
    { minLength: 2, maxLength: 40, size: 'max' },
  ),
});

type Requests = typeof requests extends fc.Arbitrary<infer Drawn> ? Drawn : never;

function grants(mode: DuplexMode, { turnaround, latency, wishes }: Requests): Granted[] {
  const medium = new Medium({ mode, turnaround });
  let now = 0;
  return wishes.map(({ direction, pause, bytes }) => {
    now += pause;
    const occupation = medium.reserve(direction, now, bytes, latency);
    return { ...occupation, direction, askedAt: now, transmission: bytes };
  });
}

test('a half-duplex medium never carries both directions, and turns round in between', () => {
  fc.assert(
    fc.property(requests, (drawn) => {
      const granted = grants('half-duplex', drawn);
      for (const one of granted) {
        for (const other of granted) {
          if (one.direction === other.direction || one.start > other.start) continue;
          expect(other.start).toBeGreaterThanOrEqual(one.arrival + drawn.turnaround);
        }
      }
    }),
    settings,
  );
});

test.each<DuplexMode>(['half-duplex', 'full-duplex', 'simplex'])(
  'on a %s medium nothing leaves before it is ready, and one message after the other',
  (mode) => {
    fc.assert(
      fc.property(requests, (drawn) => {
        const leftUntil = [0, 0];
        for (const { direction, askedAt, start, arrival, transmission } of grants(mode, drawn)) {
          expect(start).toBeGreaterThanOrEqual(Math.max(askedAt, leftUntil[direction] as number));
          expect(arrival).toBe(start + transmission + drawn.latency);
          leftUntil[direction] = start + transmission;
        }
      }),
      settings,
    );
  },
);

test('on a full-duplex medium nobody waits for the other side', () => {
  fc.assert(
    fc.property(requests, (drawn) => {
      for (const side of [0, 1] as const) {
        const mine = { ...drawn, wishes: keepTimes(drawn.wishes, side) };
        const starts = (granted: Granted[]) =>
          granted.filter(({ direction }) => direction === side).map(({ start }) => start);
        expect(starts(grants('full-duplex', drawn))).toEqual(starts(grants('full-duplex', mine)));
      }
    }),
    settings,
  );
});

/** The wishes of one side alone, each at its time. */
function keepTimes(wishes: Requests['wishes'], side: Direction): Requests['wishes'] {
  let pause = 0;
  const kept: Requests['wishes'] = [];
  for (const wish of wishes) {
    pause += wish.pause;
    if (wish.direction !== side) continue;
    kept.push({ ...wish, pause });
    pause = 0;
  }
  return kept;
}

test('a half-duplex medium is not idle while somebody waits', () => {
  fc.assert(
    fc.property(requests, (drawn) => {
      const granted = grants('half-duplex', drawn);
      for (const { start, askedAt } of granted) {
        if (start === askedAt) continue;
        const frees = granted.flatMap((other) => [
          other.start + other.transmission,
          other.arrival + drawn.turnaround,
        ]);
        expect(frees).toContain(start);
      }
    }),
    settings,
  );
});

test('a simplex medium carries one way only', () => {
  const medium = new Medium({ mode: 'simplex', turnaround: 0 });
  expect([medium.carries(0), medium.carries(1)]).toEqual([true, false]);
  for (const mode of ['half-duplex', 'full-duplex'] as const) {
    const both = new Medium({ mode, turnaround: 0 });
    expect([both.carries(0), both.carries(1)]).toEqual([true, true]);
  }
});
