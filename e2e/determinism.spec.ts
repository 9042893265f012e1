// The same specification gives the same trace in Node and in the browser, to the last bit.

import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { traceHash } from '../src/engine/index';
import { SCENARIOS } from '../src/scenarios/registry';
import { type RunSpec, runScenario } from '../src/scenarios/runScenario';
import { bundle } from './support/bundle';

const source = fileURLToPath(new URL('../src/', import.meta.url));

test('every scenario has the same trace in Node and in the browser', async ({ page }) => {
  const script = await bundle(
    'bothWays',
    `import { traceHash } from '${source}engine/index';
     import { runScenario } from '${source}scenarios/runScenario';
     export const hashOf = (spec) => traceHash(runScenario(spec).index.trace);`,
  );
  await page.goto('about:blank');
  await page.addScriptTag({ content: script });
  const specs: RunSpec[] = SCENARIOS.flatMap(({ id }) =>
    [7, 8].map((seed) => ({ scenarioId: id, parameters: {}, seed, interventions: [] })),
  );
  const inNode = specs.map((spec) => traceHash(runScenario(spec).index.trace));
  const inBrowser = await page.evaluate((all) => {
    const { bothWays } = window as unknown as { bothWays: { hashOf(spec: unknown): string } };
    return all.map((spec) => bothWays.hashOf(spec));
  }, specs);
  expect(inBrowser).toEqual(inNode);
});
