// A run as JSON, in the shape that the command line promises.

import { readFileSync } from 'node:fs';
import { checkClaim, claimsOf } from '../content/claims/registry';
import { formatDuration, instant, measuresAt, type SimTime, traceHash } from '../engine/index';
import type { ParameterDefinition, Scenario } from '../scenarios/defineScenario';
import { DEFAULT_SEED } from '../scenarios/firstScenarios';
import { SCENARIOS } from '../scenarios/registry';
import { type Run, sceneInputs } from '../scenarios/run';
import { formatParameter } from '../scenarios/runSpecText';

/** Version of the program, as package.json has it. */
export function version(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** Every scenario with what can be set in it. */
export function listReport(): unknown {
  return SCENARIOS.map((scenario) => {
    const spec = { scenarioId: scenario.id, parameters: {}, seed: DEFAULT_SEED, interventions: [] };
    const inputs = sceneInputs(scenario, spec);
    return {
      id: scenario.id,
      title: scenario.title,
      stages: scenario.stages,
      horizonUs: scenario.scene(inputs).horizon,
      parameters: scenario.parameters.map(parameterReport),
      bookmarks: scenario.bookmarks(inputs).map(({ id, at }) => ({ id, atUs: at })),
    };
  });
}

/** The measures of every stage at `at`, or at the horizon, with the claims that this scenario proves. */
export function runReport(run: Run, at: number | null): unknown {
  const { scenario, spec, index, horizon } = run;
  const time: SimTime = instant(Math.min(at ?? horizon, horizon));
  return {
    version: version(),
    runSpec: {
      scenario: scenario.id,
      parameters: writtenParameters(scenario, run.parameters),
      seed: spec.seed,
      interventions: spec.interventions.map((act) => ({
        at: formatDuration(act.at),
        kind: act.kind,
        target: act.target,
        ...(act.value === undefined
          ? {}
          : { value: writtenValue(scenario, act.target, act.value) }),
      })),
    },
    traceHash: traceHash(index.trace),
    stages: Object.fromEntries(
      scenario.stages.map((stage) => [stage, measuresAt(index, stage, time)]),
    ),
    checks: claimsOf(scenario.id).map((claim) => checkClaim(claim, run)),
  };
}

function parameterReport(definition: ParameterDefinition): unknown {
  const { name, type, unit, min, max, options } = definition;
  return { name, type, default: definition.default, unit, min, max, options };
}

function writtenParameters(scenario: Scenario, values: Run['parameters']): unknown {
  return Object.fromEntries(
    scenario.parameters.map((definition) => {
      return [
        definition.name,
        formatParameter(definition, values[definition.name] ?? definition.default),
      ];
    }),
  );
}

function writtenValue(scenario: Scenario, name: string, value: string | number | boolean): string {
  const definition = scenario.parameters.find((parameter) => parameter.name === name);
  return definition ? formatParameter(definition, value as string | number) : String(value);
}
