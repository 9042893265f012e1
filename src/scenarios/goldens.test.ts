// Every scenario as text, as it comes: whoever changes a run sees in the diff what changed.

import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formatTrace } from '../engine/index';
import { DEFAULT_SEED } from './firstScenarios';
import { SCENARIOS } from './registry';
import { runScenario } from './runScenario';

const ACCEPT =
  'The run differs from its golden. If the change is meant, accept it: npx vitest run -u';

test.each(SCENARIOS.map(({ id }) => id))('%s runs as its golden says', async (scenarioId) => {
  const spec = { scenarioId, parameters: {}, seed: DEFAULT_SEED, interventions: [] };
  const text = formatTrace(runScenario(spec).index.trace);
  await expect(text, ACCEPT).toMatchFileSnapshot(`./goldens/${scenarioId}.trace.txt`);
});

test('every golden belongs to a scenario', () => {
  const files = readdirSync(new URL('./goldens', import.meta.url));
  expect(files.sort()).toEqual(SCENARIOS.map(({ id }) => `${id}.trace.txt`).sort());
});
