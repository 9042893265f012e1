// The scenes of Kafka's cluster with what they need beyond those of the first view: it comes with
// them, in the same chunk, so that no scene has to think of it.

import { GROUP_PROTOCOLS } from '../engine/doors/groups';
import type { Scenario } from './defineScenario';
import { KAFKA_SCENARIOS } from './kafka/kafkaScenarios';
import { KAFKA_PARAMETERS } from './kafkaParameters';
import { settingsFrom } from './settingsOf';

export const CLUSTER_SCENARIOS: readonly Scenario[] = KAFKA_SCENARIOS.map(asClusterScenario);

/** Groups and transactions, and the settings by Kafka's own parameters. */
function asClusterScenario(scenario: Scenario): Scenario {
  return {
    ...scenario,
    isWatched: true,
    scene: (inputs) => {
      const scene = scenario.scene(inputs);
      const set = settingsFrom(Object.values(KAFKA_PARAMETERS), inputs.values);
      return {
        ...scene,
        settings: { ...scene.settings, ...set },
        kafka: { ...scene.kafka, groups: GROUP_PROTOCOLS },
      };
    },
  };
}
