// Whom and what an intervention can act on in a scenario, by the names of the trace's legend.

import { type ActionKind, instant, type Legend, simulate } from '../engine/index';
import type { Scenario } from './defineScenario';
import { PARAMETERS } from './parameters';
import { type RunSpec, sceneInputs } from './run';

type Role = Legend['nodes'][number]['role'];

const MACHINES: readonly Role[] = [
  'participant',
  'relay',
  'balancer',
  'server',
  'backplane',
  'gateway',
  'broker',
];
const BROKERS: readonly Role[] = ['broker'];
const IN_GOOD_ORDER: readonly Role[] = ['participant', 'server', 'gateway', 'broker'];
const BROKERS_AND_PEOPLE: readonly Role[] = ['participant', 'gateway', 'broker'];

/** On whom each kind acts; kinds that are missing act on links alone. */
const ACTS_ON: Partial<Record<ActionKind, readonly Role[]>> = {
  disconnect: BROKERS_AND_PEOPLE,
  reconnect: BROKERS_AND_PEOPLE,
  crash: MACHINES,
  restart: MACHINES,
  shutdown: IN_GOOD_ORDER,
  stall: BROKERS_AND_PEOPLE,
  resume: BROKERS_AND_PEOPLE,
  isolate: BROKERS,
  fillDisk: BROKERS,
  // An isolated broker, or a link that was cut.
  restore: BROKERS,
};
const ACTS_ON_LINKS: readonly ActionKind[] = ['cut', 'restore', 'drop'];

/** What may follow a kind's target; kinds that are missing take no value. */
export const ACTION_VALUES: Partial<Record<ActionKind, readonly string[]>> = {
  isolate: ['brokers', 'clients'],
  fillDisk: ['on', 'off'],
  drop: ['ack'],
};

/** The targets that exist when as many people take part as may. */
export function targetsOf(scenario: Scenario, kind: ActionKind): readonly string[] {
  const { id, people, fullest } = scenario;
  const parameters = { [PARAMETERS.participants.name]: people.length, ...fullest };
  const spec: RunSpec = { scenarioId: id, parameters, seed: 0, interventions: [] };
  const scene = scenario.scene(sceneInputs(scenario, spec));
  // The legend is complete before anything happens, so a run of no length names everything.
  const nothing = { ...scene.workload, wants: [] };
  const { legend } = simulate({ ...scene, workload: nothing, horizon: instant(0) }, 0, []);
  const roles = ACTS_ON[kind] ?? [];
  const nodes = legend.nodes.filter(({ role }) => roles.includes(role));
  const links = ACTS_ON_LINKS.includes(kind) ? legend.links : [];
  return unique([...nodes, ...links].map(({ id }) => id));
}

const unique = (ids: readonly string[]): string[] => [...new Set(ids)];
