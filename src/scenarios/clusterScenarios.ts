// The scenes of Kafka's cluster with what they need beyond those of the first view: it comes with
// them, in the same chunk, so that no scene has to think of it.

import { GROUP_PROTOCOLS } from '../engine/groups';
import type { Scenario } from './defineScenario';
import { KAFKA_SCENARIOS } from './kafka/kafkaScenarios';

export const CLUSTER_SCENARIOS: readonly Scenario[] = KAFKA_SCENARIOS.map(withGroupProtocols);

function withGroupProtocols(scenario: Scenario): Scenario {
  return {
    ...scenario,
    scene: (inputs) => {
      const scene = scenario.scene(inputs);
      return { ...scene, kafka: { ...scene.kafka, groups: GROUP_PROTOCOLS } };
    },
  };
}
