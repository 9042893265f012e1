// Ana and Ben talk at the same moment: six messages each, 20 ms apart.

import { milliseconds } from '../../engine/index';
import { defineScenario } from '../defineScenario';
import { COMPARISON_PARAMETERS, PARAMETERS } from '../parameters';
import { atMs, comparison, everyoneSays, talkers, workloadOf } from '../sceneParts';

const people = talkers(2);
const wants = everyoneSays(people, { count: 6, first: atMs(0), gap: milliseconds(20) });

export const bothTalk = defineScenario({
  id: 'both-talk',
  title: 'Both talk',
  question: 'Ana and Ben talk at the same moment. What differs?',
  stages: ['websocket', 'kafka'],
  parameters: [
    ...COMPARISON_PARAMETERS,
    PARAMETERS.mode,
    PARAMETERS.prefetch,
    PARAMETERS.standingFetches,
    PARAMETERS.linger,
    PARAMETERS.pollTimeout,
  ],
  people: people.map(({ id }) => id),
  disconnectTarget: 'B',
  scene: ({ values }) =>
    comparison(values, { participants: people, workload: workloadOf(wants), horizon: atMs(300) }),
  bookmarks: () => [
    { id: 'crossing', title: 'The first two cross', at: atMs(10) },
    { id: 'first-pair', title: 'The first pair has arrived', at: atMs(43) },
    { id: 'all-arrived', title: 'All have arrived', at: atMs(258) },
  ],
});
