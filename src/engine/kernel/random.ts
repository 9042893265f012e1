// Seeded random streams, one per named purpose: a new draw in one place shifts nothing in another.

import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/**
 * A sequence of draws that depends on its seed and its name alone, in every browser to the last
 * bit.
 */
export interface RandomStream {
  /** A whole number, each of `from … to` equally likely, both ends included. */
  integer(from: number, to: number): number;
  /** A fraction in (0, 1], in steps of 2⁻³⁰. */
  fraction(): number;
  /** A waiting time with the given mean: gaps between arrivals that know nothing of each other. */
  exponential(mean: number): number;
}

const FRACTION_STEPS = 1_073_741_824;

/** Opens the stream `name` of the run with this seed. */
export function createRandomStream(seed: number, name: string): RandomStream {
  const generator = xoroshiro128plus(hashText(`${seed}/${name}`));
  const integer = (from: number, to: number) => uniformInt(generator, from, to);
  const fraction = () => integer(1, FRACTION_STEPS) / FRACTION_STEPS;
  return { integer, fraction, exponential: (mean) => -mean * naturalLogarithm(fraction()) };
}

/** FNV-1a over UTF-16 code units, as a signed 32-bit number. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash | 0;
}

// biome-ignore lint/suspicious/noApproximativeNumericConstant: a literal is the same everywhere.
const LN_2 = 0.6931471805599453;

/**
 * ln(x) for x in (0, 1], by halving into [½, 1] and the series of artanh. `Math.log` may differ in
 * its last bit
 * from browser to browser, and one bit is enough to part two runs.
 */
export function naturalLogarithm(x: number): number {
  let scaled = x;
  let halvings = 0;
  while (scaled < 0.5) {
    scaled *= 2;
    halvings += 1;
  }
  const ratio = (scaled - 1) / (scaled + 1);
  const square = ratio * ratio;
  let term = ratio;
  let sum = 0;
  for (let odd = 1; odd < 40; odd += 2) {
    sum += term / odd;
    term *= square;
  }
  return 2 * sum - halvings * LN_2;
}
