// Groups and transactions: a scene brings what they are made of, or the engine says what it lacks.

import { expect, test } from 'vitest';
import { GROUP_PROTOCOLS } from '../engine/doors/groups';
import { type Participant, type Scene, simulate } from '../engine/index';
import { CLUSTER_SCENARIOS } from './clusterScenarios';
import { sceneInputs } from './run';
import { atS, clusterOf, comparison, participant, workloadOf } from './sceneParts';

function sceneWith(differing: Partial<Participant>, groups: Scene['kafka']['groups']): Scene {
  const values = {};
  return comparison(values, {
    stages: ['kafka'],
    participants: [participant(0), participant(1, differing)],
    workload: workloadOf([]),
    kafka: clusterOf(values, { groups }),
    horizon: atS(1),
  });
}

test.each([
  [{ group: 'billing' }, 'Ben is in the group billing'],
  [{ transactionalId: 'payments' }, 'Ben has transactions'],
])('a scene with %o and without protocols is refused, and the sentence says so', (who, what) => {
  expect(() => simulate(sceneWith(who, null), 1, [])).toThrow(what);
  expect(() => simulate(sceneWith(who, GROUP_PROTOCOLS), 1, [])).not.toThrow();
});

test('every scene of the cluster brings them', () => {
  for (const scenario of CLUSTER_SCENARIOS) {
    const spec = { scenarioId: scenario.id, parameters: {}, seed: 7, interventions: [] };
    const { kafka } = scenario.scene(sceneInputs(scenario, spec));
    expect([scenario.id, kafka.groups]).toEqual([scenario.id, GROUP_PROTOCOLS]);
  }
});
