// Whatever the run, its address reads back to the same run at the same time, packed or not.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant } from '../../engine/index';
import { SPEEDS } from '../../player/playhead';
import type { ParameterDefinition, ParameterValue, Scenario } from '../../scenarios/defineScenario';
import { findScenario, SCENARIOS } from '../../scenarios/registry';
import type { Intervention } from '../../scenarios/run';
import { PAGES } from './address';
import { isTooLong, packQuery, unpackQuery } from './addressPacking';
import { formatAddress, parseAddress } from './urlState';

const hash = '0123456789abcdef';

function anyValue(definition: ParameterDefinition): fc.Arbitrary<ParameterValue> {
  const { type, min, max, options } = definition;
  if (type === 'choice') return fc.constantFrom(...options);
  return fc.integer({ min: min ?? 0, max: max ?? 1_000_000 });
}

const parametersOf = (scenario: Scenario): fc.Arbitrary<Record<string, ParameterValue>> =>
  fc
    .tuple(...scenario.parameters.map((definition) => fc.option(anyValue(definition))))
    .map((values) => {
      const chosen = scenario.parameters.flatMap((definition, place) => {
        const value = values[place] ?? null;
        return value === null || value === definition.default ? [] : [[definition.name, value]];
      });
      return Object.fromEntries(chosen);
    });

const actOf = (scenario: Scenario): fc.Arbitrary<Intervention> =>
  fc.record({
    at: fc.integer({ min: 0, max: 40_000_000 }).map(instant),
    kind: fc.constantFrom('disconnect', 'reconnect'),
    target: fc.constantFrom(...scenario.people),
  });

const addressed = fc.constantFrom(...SCENARIOS).chain((scenario) =>
  fc.record({
    spec: fc.record({
      scenarioId: fc.constant(scenario.id),
      parameters: parametersOf(scenario),
      seed: fc.integer({ min: 0, max: 4_294_967_295 }),
      interventions: fc.array(actOf(scenario), { maxLength: 200, size: 'max' }),
    }),
    timeUs: fc.integer({ min: 0, max: 40_000_000 }),
    speed: fc.constantFrom(...SPEEDS),
    page: fc.constantFrom(...PAGES),
  }),
);

test('written and read, it is the same', async () => {
  const seen = { packed: 0 };
  await fc.assert(
    fc.asyncProperty(addressed, async (state) => {
      const scenario = findScenario(state.spec.scenarioId) as Scenario;
      const plain = formatAddress({ ...state, scenario, traceHash: hash });
      const query = await packQuery(plain);
      const packed = new URLSearchParams(query).get('s');
      if (packed !== null) seen.packed += 1;
      const unpacked = packed === null ? query : ((await unpackQuery(packed)) ?? '');
      const read = parseAddress(unpacked, findScenario);
      expect(read.problems).toEqual([]);
      expect(read).toMatchObject(state);
    }),
    { seed: 7, numRuns: 150 },
  );
  expect(seen.packed).toBeGreaterThan(0);
});

test('a packed address is shorter, and a damaged one is refused', async () => {
  const acts = Array.from({ length: 200 }, (_, place) => `do=${place}ms~disconnect~B`);
  const plain = `v=1&${acts.join('&')}`;
  expect(isTooLong(plain)).toBe(true);
  const packed = new URLSearchParams(await packQuery(plain)).get('s') ?? '';
  expect(packed.length).toBeLessThan(plain.length);
  expect(await unpackQuery(packed)).toBe(plain);
  expect(await unpackQuery(`${packed.slice(0, 40)}!`)).toBe(null);
  expect(await unpackQuery('')).toBe(null);
});
