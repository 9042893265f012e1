// RunSpec → run: the same specification gives the same trace, byte for byte, wherever it runs.
// Finds no scenario by its name.

import {
  type Action,
  type ActionKind,
  createRandomStream,
  indexTrace,
  type SimTime,
  simulate,
  type TraceIndex,
} from '../engine/index';
import type { Bookmark, ParameterValues, Scenario, SceneInputs } from './defineScenario';

/** A reader's act; `set` names a parameter of the scenario as its target. */
export type Intervention = Action;
export type InterventionKind = ActionKind;

/** Everything that names a run. */
export interface RunSpec {
  readonly scenarioId: string;
  /** Those that differ from the scenario's defaults. */
  readonly parameters: ParameterValues;
  readonly seed: number;
  readonly interventions: readonly Intervention[];
}

export interface Run {
  readonly spec: RunSpec;
  readonly scenario: Scenario;
  /** Every parameter of the scenario. */
  readonly parameters: ParameterValues;
  readonly index: TraceIndex;
  readonly horizon: SimTime;
  readonly bookmarks: readonly Bookmark[];
}

/** The values that a specification stands for: the scenario's defaults where it says nothing. */
function completeParameters(scenario: Scenario, given: ParameterValues): ParameterValues {
  return Object.fromEntries(
    scenario.parameters.map(({ name, default: standard }) => [name, given[name] ?? standard]),
  );
}

export function sceneInputs(scenario: Scenario, spec: RunSpec): SceneInputs {
  return {
    values: completeParameters(scenario, spec.parameters),
    random: (stream) => createRandomStream(spec.seed, `${scenario.id} ${stream}`),
  };
}

/**
 * Runs the scenario that the specification names, to its horizon, and indexes its trace.
 * @throws EventLimitError when the parameters ask for more than a run may be.
 */
export function runAs(spec: RunSpec, scenario: Scenario): Run {
  const inputs = sceneInputs(scenario, spec);
  const scene = scenario.scene(inputs);
  const trace = simulate(
    scene,
    spec.seed,
    spec.interventions.map((act) => toEngine(scenario, act)),
  );
  return {
    spec,
    scenario,
    parameters: inputs.values,
    index: indexTrace(trace),
    horizon: scene.horizon,
    bookmarks: scenario.bookmarks(inputs).filter(({ at }) => at <= scene.horizon),
  };
}

/** The engine knows settings by their own names, a reader by those of the parameters. */
function toEngine(scenario: Scenario, act: Intervention): Action {
  if (act.kind !== 'set') return act;
  const setting = scenario.parameters.find(({ name }) => name === act.target)?.setting;
  return setting ? { ...act, target: setting } : act;
}
