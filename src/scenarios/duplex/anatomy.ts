// What stands where, before anybody says anything.

import { defineScenario } from '../defineScenario';
import { COMPARISON_PARAMETERS, PARAMETERS } from '../parameters';
import { atMs, comparison, talkers, workloadOf } from '../sceneParts';

const people = talkers(2);

export const anatomy = defineScenario({
  id: 'anatomy',
  title: 'Anatomy',
  question: 'Before anyone speaks: what stands between Ana and Ben?',
  stages: ['websocket', 'kafka'],
  parameters: [...COMPARISON_PARAMETERS, PARAMETERS.mode, PARAMETERS.pollTimeout],
  people: people.map(({ id }) => id),
  disconnectTarget: 'B',
  scene: ({ values }) =>
    comparison(values, { participants: people, workload: workloadOf([]), horizon: atMs(1_000) }),
  bookmarks: () => [{ id: 'open', title: 'All connections are open', at: atMs(0) }],
});
