// Random streams: the same for the same name, apart for others, within their bounds.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandomStream, naturalLogarithm } from './random';
import { instant } from './simTime';
import { Simulation } from './simulation';

const settings = { seed: 20_260_904, numRuns: 200 } as const;
const take = (count: number, draw: () => number) => Array.from({ length: count }, draw);

function simulation(seed: number): Simulation {
  const bounds = { start: instant(0), horizon: instant(1), eventLimit: 1 };
  return new Simulation({ seed, ...bounds });
}

test('draws from another stream shift nothing in the first', () => {
  fc.assert(
    fc.property(fc.nat(), fc.array(fc.boolean(), { maxLength: 20 }), (seed, interrupts) => {
      const alone = simulation(seed);
      const mixed = simulation(seed);
      for (const interrupt of interrupts) {
        if (interrupt) mixed.random('another').fraction();
        expect(mixed.random('mine').integer(0, 1_000_000)).toBe(
          alone.random('mine').integer(0, 1_000_000),
        );
      }
    }),
    settings,
  );
});

test('seed and name alone decide what a stream draws', () => {
  const draws = (seed: number, name: string) => {
    const stream = createRandomStream(seed, name);
    return take(8, () => stream.integer(0, 1_000_000_000));
  };
  expect(draws(7, 'gaps')).toEqual(draws(7, 'gaps'));
  expect(draws(8, 'gaps')).not.toEqual(draws(7, 'gaps'));
  expect(draws(7, 'loss')).not.toEqual(draws(7, 'gaps'));
});

test('the first draws are those of every browser, written down once', () => {
  const stream = createRandomStream(7, 'written down');
  expect(take(4, () => stream.integer(0, 999_999))).toMatchInlineSnapshot(`
    [
      327141,
      290170,
      384262,
      600992,
    ]
  `);
  expect(take(2, () => stream.exponential(1_000))).toMatchInlineSnapshot(`
    [
      403.5040766125129,
      261.77718858687274,
    ]
  `);
});

test('integers reach both bounds and nothing beyond, fractions lie in (0, 1]', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: -50, max: 50 }), fc.nat(3), (seed, from, width) => {
      const stream = createRandomStream(seed, 'range');
      const drawn = new Set(take(200, () => stream.integer(from, from + width)));
      const every = Array.from({ length: width + 1 }, (_, place) => from + place);
      expect([...drawn].sort((a, b) => a - b)).toEqual(every);
      for (const fraction of take(50, () => stream.fraction())) {
        expect(fraction).toBeGreaterThan(0);
        expect(fraction).toBeLessThanOrEqual(1);
      }
    }),
    settings,
  );
});

test('waiting times have the mean that was asked for', () => {
  const stream = createRandomStream(7, 'waiting');
  const waits = take(20_000, () => stream.exponential(500));
  const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
  expect(mean).toBeGreaterThan(485);
  expect(mean).toBeLessThan(515);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(0);
});

/** From a table of logarithms, to as many digits as a number holds. */
const LOGARITHMS = [
  [1, 0],
  [0.9, -0.1053605156578263],
  [0.75, -0.2876820724517809],
  [0.625, -0.4700036292457356],
  [0.25, -1.3862943611198906],
  [0.2, -1.6094379124341003],
  [0.01, -4.605170185988092],
  [0.000_001, -13.815510557964274],
  [1 / 1_073_741_824, -20.79441541679836],
] as const;

test.each(LOGARITHMS)('the logarithm of %d is %d', (x, logarithm) => {
  expect(Math.abs(naturalLogarithm(x) - logarithm)).toBeLessThan(1e-14 * (1 - logarithm));
});

test('the logarithm agrees with the machine’s own over all fractions', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_073_741_824 }), (steps) => {
      const x = steps / 1_073_741_824;
      expect(Math.abs(naturalLogarithm(x) - Math.log(x))).toBeLessThan(1e-13);
    }),
    settings,
  );
});
