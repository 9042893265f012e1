// Whom and what an intervention can act on in a scenario, by the names of the trace's legend.

import { type ActionKind, instant, simulate } from '../engine/index';
import type { Scenario } from './defineScenario';
import { PARAMETERS } from './parameters';
import { type RunSpec, sceneInputs } from './runScenario';

const NODE_KINDS: readonly ActionKind[] = ['disconnect', 'reconnect', 'crash', 'restart'];

/** The targets that exist when as many people take part as may. */
export function targetsOf(scenario: Scenario, kind: ActionKind): readonly string[] {
  const people = { [PARAMETERS.participants.name]: scenario.people.length };
  const spec: RunSpec = { scenarioId: scenario.id, parameters: people, seed: 0, interventions: [] };
  const scene = scenario.scene(sceneInputs(scenario, spec));
  // The legend is complete before anything happens, so a run of no length names everything.
  const nothing = { ...scene.workload, wants: [] };
  const { legend } = simulate({ ...scene, workload: nothing, horizon: instant(0) }, 0, []);
  if (!NODE_KINDS.includes(kind)) return unique(legend.links.map(({ id }) => id));
  const machines = kind === 'crash' || kind === 'restart';
  const nodes = legend.nodes.filter(({ role }) => machines || role === 'participant');
  return unique(nodes.map(({ id }) => id));
}

const unique = (ids: readonly string[]): string[] => [...new Set(ids)];
