// Order: kept within a partition, so with a key; broken by retries unless they are recognised.

import { describe, expect, test } from 'vitest';
import { type Measures, measuresAt, type StageId } from '../../../engine/index';
import type { ParameterValues } from '../../defineScenario';
import { heardBy, runOf, storyOf } from '../../testing/runOf';

interface Heard extends Measures {
  /** Send numbers in the order of hand-over. */
  readonly numbers: readonly number[];
}

function heard(parameters: ParameterValues = {}, stage: StageId = 'kafka'): Heard {
  const run = runOf('ordering', parameters);
  const numbers = heardBy(run, stage, 'B').map((said) => Number(said.slice('A#'.length)));
  return { ...measuresAt(run.index, stage, run.horizon), numbers };
}

const rising = (numbers: readonly number[]): boolean =>
  numbers.every((number, place) => place === 0 || number > (numbers[place - 1] as number));
/** The scene gives three in a row to each cart. */
const cartOf = (number: number): number => Math.floor(number / 3) % 3;

describe('without a key', () => {
  test('Ben gets all of it, in another order than Ana said it', () => {
    const { numbers, missed, duplicated } = heard();
    expect([numbers.length, missed, duplicated]).toEqual([36, 0, 0]);
    expect(rising(numbers)).toBe(false);
  });

  test('each partition keeps its order, so that none counts as reordered', () => {
    const rows = storyOf(runOf('ordering'), 'kafka').filter(({ what }) => what === 'delivered');
    for (const partition of [0, 1, 2]) {
      const here = rows.filter(({ place }) => place === partition);
      expect(here.length).toBeGreaterThan(0);
      expect(rising(here.map(({ said }) => Number(said.slice('A#'.length))))).toBe(true);
    }
    expect(heard().reordered).toBe(0);
  });

  test('one partition keeps the whole order', () => {
    const { numbers } = heard({ 'num.partitions': 1 });
    expect([rising(numbers), numbers.length]).toEqual([true, 36]);
  });
});

test('with a key the order is kept for each cart, not between carts', () => {
  const { numbers, reordered } = heard({ key: 'cart' });
  expect(rising(numbers)).toBe(false);
  for (const cart of [0, 1, 2]) {
    const own = numbers.filter((number) => cartOf(number) === cart);
    expect([rising(own), own.length]).toEqual([true, 12]);
  }
  expect(reordered).toBe(0);
});

describe('an ack gets lost while several sends are on their way', () => {
  const plain = { 'enable.idempotence': 'off' };

  test.each(['none', 'cart'])(
    'with idempotence nothing is doubled or overtaken (key %s)',
    (key) => {
      const { duplicated, reordered, missed } = heard({ key });
      expect([duplicated, reordered, missed]).toEqual([0, 0, 0]);
      expect(storyOf(runOf('ordering', { key }), 'kafka').map(({ what }) => what)).toContain(
        'retried',
      );
    },
  );

  test('without it a record comes twice, and behind one that was said after it', () => {
    const { numbers, duplicated, reordered } = heard({ ...plain, key: 'cart' });
    expect([duplicated, reordered]).toEqual([1, 1]);
    // 27 is written, its ack is lost; 28 goes first when both are sent again.
    const cart = numbers.filter((number) => number >= 27 && number <= 29);
    expect(cart).toEqual([27, 28, 27, 29]);
  });

  test('with one send in flight nothing overtakes, but the record still comes twice', () => {
    const { duplicated, reordered } = heard({
      ...plain,
      key: 'cart',
      'max.in.flight.requests.per.connection': 1,
    });
    expect([duplicated, reordered]).toEqual([1, 0]);
  });
});

test('on one WebSocket connection Ben hears in order what he hears at all', () => {
  const { numbers, missed, reordered } = heard({}, 'websocket');
  expect([rising(numbers), reordered]).toEqual([true, 0]);
  expect(missed).toBe(36 - numbers.length);
  expect(missed).toBeGreaterThan(0);
});
