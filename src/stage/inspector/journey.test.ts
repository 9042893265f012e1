// Journeys of every scene: steps without a gap that sum to the latency that the measures say, and a
// cause for each.

import { expect, test, vi } from 'vitest';
import { measuresAt } from '../../engine/index';
import { SCENARIOS } from '../../scenarios/registry';
import type { Run } from '../../scenarios/run';
import { runScenario } from '../../scenarios/runScenario';
import { type Journey, journeyOf } from './journey';
import { readersOf } from './route';

vi.setConfig({ testTimeout: 120_000 });

/** A long run's journeys are like its first ones. */
const FIRST = 40;

function journeysOf({ index }: Run, most = FIRST): Journey[] {
  const { messages, legend } = index.trace;
  const found: Journey[] = [];
  for (let message = 0; message < Math.min(most, messages.count); message += 1) {
    const stage = legend.nodes[messages.from[message] as number]?.stage;
    for (const reader of readersOf(index, message).slice(0, 3)) {
      if (stage) found.push(journeyOf({ index, stage, message, reader }));
    }
  }
  return found;
}

const runById = (scenarioId: string): Run =>
  runScenario({ scenarioId, parameters: {}, seed: 7, interventions: [] });

test.each(SCENARIOS.map(({ id }) => id))('%s', (id) => {
  const run = runById(id);
  for (const journey of journeysOf(run)) expectWhole(run, journey);
});

function expectWhole({ index, horizon }: Run, { steps, quiets, from, to, subject }: Journey): void {
  const name = `${subject.stage} ${subject.message} for ${subject.reader}`;
  expect(steps.length, name).toBeGreaterThan(0);
  let at = from;
  for (const step of steps) {
    expect([name, step.label, step.from]).toEqual([name, step.label, at]);
    expect(step.to, `${name} ${step.label}`).toBeGreaterThanOrEqual(step.from);
    at = step.to;
  }
  expect([name, at]).toEqual([name, to]);
  expect(to).toBeLessThanOrEqual(horizon);
  for (const step of [...steps, ...quiets]) {
    expect(step.label).not.toMatch(/undefined|NaN|\bto $/);
    expect(step.note, `${name} ${step.label}`).not.toMatch(/undefined|NaN|^$|“/);
    expect(step.cause).toBeLessThan(index.trace.entries.count);
  }
}

test('the middle journey is as long as the measures say', () => {
  for (const id of ['both-talk', 'durability', 'hub', 'ask-and-answer', 'latency']) {
    if (!SCENARIOS.some((scenario) => scenario.id === id)) continue;
    const run = runById(id);
    const all = journeysOf(run, Number.POSITIVE_INFINITY);
    for (const stage of run.scenario.stages) {
      const own = all.filter(
        ({ subject, outcome }) => subject.stage === stage && outcome === 'delivered',
      );
      const lengths = own.map(({ from, to }) => (to - from) / 1_000).sort((a, b) => a - b);
      const { latencyMs } = measuresAt(run.index, stage, run.horizon);
      const middle = lengths[Math.ceil(lengths.length / 2) - 1] ?? null;
      expect([id, stage, middle]).toEqual([id, stage, latencyMs.p50]);
    }
  }
});
