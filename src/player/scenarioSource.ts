// Where a player finds the scenarios that it is to run: some may have to be fetched first.

import type { Scenario } from '../scenarios/defineScenario';

export interface ScenarioSource {
  /** Among those that are here. */
  readonly find: (id: string) => Scenario | undefined;
  /** Brings those that are not here yet, and says whether they have come. */
  readonly fetch: (done: (haveCome: boolean) => void) => void;
}
