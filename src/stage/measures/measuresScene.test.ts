// The numbers under a stage: raw for scripts, short for people, and all there.

import { expect, test } from 'vitest';
import { instant, type Measures, measuresAt, type StageId } from '../../engine/index';
import { runScenario } from '../../scenarios/runScenario';
import { MEASURES } from './measureNames';
import { measuresScene, overlapText } from './measuresScene';

const sceneOf = (scenarioId: string, stage: StageId, timeUs: number) => {
  const run = runScenario({ scenarioId, parameters: {}, seed: 7, interventions: [] });
  return measuresScene({ index: run.index, stage, time: instant(timeUs), lens: 'conversation' });
};

test('both directions are counted apart while two people write', () => {
  const [arrived, missed, transit] = sceneOf('both-talk', 'kafka', 132_000).counters;
  expect(arrived?.text).toBe('3 + 3');
  expect(arrived?.raw).toBe('6');
  expect(missed?.text).toBe('0');
  expect(transit?.text).toBe('43\u202fms');
  expect(transit?.raw).toBe('43');
});

test('where one writes, one number says it, and what waits stands beside it', () => {
  const [arrived] = sceneOf('tunnel', 'kafka', 15_600_000).counters;
  expect(arrived?.text).toBe('10');
  expect(arrived?.beside?.text).toBe('6');
  expect(arrived?.beside?.label).toBe('waiting');
});

test('before anything has moved there is no share and no raw value', () => {
  const { verdict } = sceneOf('anatomy', 'kafka', 0);
  expect(verdict.raw).toBe('');
  expect(verdict.text).toBe('–');
  expect(verdict.isBoth).toBe(false);
});

test('nearly all is not all', () => {
  expect(overlapText(0.999)).toBe('99\u202f%');
  expect(overlapText(0.001)).toBe('<\u202f1\u202f%');
  expect(overlapText(1)).toBe('100\u202f%');
});

test('every measure of the engine is on the page under the name of the contract', () => {
  const run = runScenario({
    scenarioId: 'both-talk',
    parameters: {},
    seed: 7,
    interventions: [],
  });
  const names = (Object.keys(measuresAt(run.index, 'kafka', run.horizon)) as (keyof Measures)[])
    .flatMap((name) => {
      if (name === 'latencyMs') return ['latencyP50', 'latencyP99'];
      return name === 'transitMs' ? ['transitP50', 'transitP99'] : [name];
    })
    .sort();
  expect(MEASURES.map(({ name }) => name).sort()).toEqual(names);
});
