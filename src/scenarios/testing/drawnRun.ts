// Turns a list of numbers into a run that a reader could ask for; property tests draw the numbers.

import { ACTION_KINDS, type ActionKind, instant } from '../../engine/index';
import type { ParameterDefinition, ParameterValue, Scenario } from '../defineScenario';
import { SCENARIOS } from '../registry';
import { type Intervention, type RunSpec, sceneInputs } from '../run';
import { targetsOf } from '../targets';
import { Drawing } from './drawing';

/** Durations worth trying, in microseconds; what a parameter does not allow is passed over. */
const DURATIONS = [0, 1_000, 3_000, 5_000, 20_000, 100_000, 900_000, 5_000_000];
/** Small enough that a run takes milliseconds. */
const INTEGERS: Readonly<Record<string, readonly number[]>> = {
  messages: [1, 7, 25],
  messagesPerSecond: [20, 100, 1_000],
  participants: [2, 3, 4],
  clients: [1, 5, 24],
  servers: [1, 2, 3, 8],
  gateways: [1, 2, 3],
  browsers: [1, 3, 6],
  connectionsPerServer: [2, 7, 1_000],
};
const DISTANCES = [10_000, 20_000, 101_000];
const MOST_INTERVENTIONS = 4;

/** A valid specification: a scenario, a seed, some parameters and up to four interventions. */
export function drawnRunSpec(
  numbers: readonly number[],
  scenarios: readonly Scenario[] = SCENARIOS,
): RunSpec {
  const drawing = new Drawing(numbers);
  const scenario = drawing.of(scenarios);
  const seed = drawing.below(1_000);
  const parameters: Record<string, ParameterValue> = {};
  for (let count = drawing.below(4); count > 0; count -= 1) {
    const definition = drawing.of(scenario.parameters);
    parameters[definition.name] = drawnValue(drawing, definition);
  }
  const spec: RunSpec = { scenarioId: scenario.id, parameters, seed, interventions: [] };
  const { horizon, script } = scenario.scene(sceneInputs(scenario, spec));
  const interventions: Intervention[] = [];
  for (let count = drawing.below(MOST_INTERVENTIONS + 1); count > 0; count -= 1) {
    // What happens shortly after something else finds more than what happens anywhere.
    const near = [...script, ...interventions].map(({ at }) => at);
    const base = drawing.of([0, ...near, drawing.below(horizon / 1_000) * 1_000]);
    const at = Math.min(horizon, base + drawing.below(120) * 500);
    interventions.push({ at: instant(at), ...drawnAct(drawing, scenario) });
  }
  return { ...spec, interventions };
}

function drawnAct(drawing: Drawing, scenario: Scenario): Omit<Intervention, 'at'> {
  const settable = scenario.parameters.filter(({ isLive }) => isLive);
  const kinds = ACTION_KINDS.filter((kind) => kind !== 'set' || settable.length > 0);
  const kind = drawing.of(kinds);
  if (kind !== 'set') return { kind, target: drawing.of(knownTargets(scenario, kind)) };
  const definition = drawing.of(settable);
  return { kind, target: definition.name, value: drawnValue(drawing, definition) };
}

function drawnValue(drawing: Drawing, definition: ParameterDefinition): ParameterValue {
  const { type, name, options, min, max } = definition;
  if (type === 'choice') return drawing.of(options);
  if (type === 'integer') return drawing.of(INTEGERS[name] ?? [min ?? 0]);
  if (name === 'distance') return drawing.of(DISTANCES);
  return drawing.of(DURATIONS.filter((value) => value >= (min ?? 0) && value <= (max ?? value)));
}

const targetsByScenario = new Map<string, readonly string[]>();

function knownTargets(scenario: Scenario, kind: ActionKind): readonly string[] {
  const key = `${scenario.id} ${kind}`;
  const known = targetsByScenario.get(key) ?? targetsOf(scenario, kind);
  targetsByScenario.set(key, known);
  return known;
}
