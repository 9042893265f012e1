// Something is said beside each parameter's field, once, and nothing of a parameter that is none.

import { expect, test } from 'vitest';
import { PARAMETERS } from '../scenarios/parameters';
import { SCENARIOS } from '../scenarios/registry';
import { helpOf, SHARED_HELP } from './parameterHelp';

test.each(SCENARIOS.map((scenario) => [scenario.id, scenario.parameters] as const))(
  'a sentence stands beside each field of %s',
  (_, parameters) => {
    for (const parameter of parameters) expect(helpOf(parameter), parameter.name).toMatch(/\.$/);
  },
);

test('the shared sentences are those of the shared parameters', () => {
  const names = Object.values(PARAMETERS).map(({ name }) => name);
  expect(Object.keys(SHARED_HELP).sort()).toEqual([...names].sort());
});
