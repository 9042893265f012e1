// Addresses: a plain one says nothing, a broken one opens with a sentence for each fault.

import { describe, expect, test } from 'vitest';
import { tunnel } from '../../scenarios/combined/tunnel';
import { DEFAULT_SCENARIO } from '../../scenarios/firstScenarios';
import { findScenario } from '../../scenarios/registry';
import { PLAIN_START } from './address';
import { formatAddress, parseAddress } from './urlState';

const hash = '0123456789abcdef';

test('the empty address is the default run at 0 and is written as nothing', () => {
  const address = parseAddress('', findScenario);
  expect(address).toEqual(PLAIN_START);
  expect(address.spec).toMatchObject({ scenarioId: 'both-talk', seed: 7 });
  const state = { ...address, scenario: DEFAULT_SCENARIO, traceHash: hash };
  expect(formatAddress(state)).toBe('');
});

test('what an address says is written again as it was', () => {
  const query = `v=1&scenario=tunnel&seed=8&t=12s&speed=0.5&do=12s~disconnect~B&h=${hash}`;
  const address = parseAddress(`?${query}`, findScenario);
  expect(address.problems).toEqual([]);
  expect(formatAddress({ ...address, scenario: tunnel, traceHash: hash })).toBe(query);
});

test('interventions keep their order, repeated or not', () => {
  const address = parseAddress('?v=1&do=60ms~disconnect~B&do=90ms~reconnect~B', findScenario);
  expect(address.spec.interventions.map(({ kind }) => kind)).toEqual(['disconnect', 'reconnect']);
  expect(address.isPlainStart).toBe(false);
});

describe('each fault gets one sentence and leaves a working page', () => {
  const faults = [
    ['scenario=nowhere', 'nowhere'],
    ['set.nothing=1', 'nothing'],
    ['set.linger.ms=soon', 'linger.ms'],
    ['set.durability=perhaps', 'durability'],
    ['seed=many', 'many'],
    ['seed=-1', '-1'],
    ['t=noon', 'noon'],
    ['t=1.5s', '1.5s'],
    ['speed=9', '9'],
    ['page=attic', 'attic'],
    ['do=12s', '12s'],
    ['do=noon~disconnect~B', 'noon'],
    ['do=12s~fly~B', 'fly'],
    ['do=12s~disconnect~Z', 'Z'],
    ['v=9', '9'],
    ['h=zzz', 'zzz'],
    ['colour=red', 'colour'],
    ['seed=1&seed=2', 'seed'],
  ] as const;

  test.each(faults)('%s', (query, named) => {
    const address = parseAddress(`?${query}`, findScenario);
    expect(address.problems).toHaveLength(1);
    expect(address.problems[0]).toContain(named);
    expect(address.problems[0]).toMatch(/\.$/);
    expect(address.spec.scenarioId).toBe('both-talk');
  });
});

test('what others hang on links is passed over in silence', () => {
  expect(parseAddress('?utm_source=x&fbclid=y', findScenario).problems).toEqual([]);
});
