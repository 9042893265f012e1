// The complete list of scenarios, in order: tests, the command line and content go by it. The app
// begins with the first ones alone.

import { CLUSTER_SCENARIOS } from './clusterScenarios';
import type { Scenario } from './defineScenario';
import { TALK_SCENARIOS } from './duplex/talkScenarios';
import { FIRST_SCENARIOS } from './firstScenarios';
import { SOCKET_SCENARIOS } from './socketScenarios';

export const SCENARIOS: readonly Scenario[] = [
  ...FIRST_SCENARIOS,
  ...TALK_SCENARIOS,
  ...CLUSTER_SCENARIOS,
  ...SOCKET_SCENARIOS,
];

export function findScenario(id: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.id === id);
}
