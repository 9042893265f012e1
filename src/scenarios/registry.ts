// The ordered list of scenarios: tests, the scene picker, the command line and the address go by
// it.

import { CLUSTER_SCENARIOS } from './clusterScenarios';
import { durability } from './combined/durability';
import { tunnel } from './combined/tunnel';
import type { Scenario } from './defineScenario';
import { anatomy } from './duplex/anatomy';
import { askAndAnswer } from './duplex/askAndAnswer';
import { bareChannel } from './duplex/bareChannel';
import { bothTalk } from './duplex/bothTalk';
import { manyTalk } from './duplex/manyTalk';
import { oneMessage } from './duplex/oneMessage';
import { pullAndPush } from './duplex/pullAndPush';

export const SCENARIOS: readonly Scenario[] = [
  oneMessage,
  bothTalk,
  askAndAnswer,
  manyTalk,
  tunnel,
  durability,
  pullAndPush,
  bareChannel,
  anatomy,
  ...CLUSTER_SCENARIOS,
];

/** What a first visit opens. */
export const DEFAULT_SCENARIO_ID = bothTalk.id;
export const DEFAULT_SEED = 7;

export function findScenario(id: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.id === id);
}
