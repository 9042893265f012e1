// One message from Ana to Ben, and nothing else.

import { milliseconds } from '../../engine/index';
import { defineScenario } from '../defineScenario';
import { COMPARISON_PARAMETERS, PARAMETERS } from '../parameters';
import { atMs, comparison, everyoneSays, participant, workloadOf } from '../sceneParts';

const people = [participant(0, { reads: false }), participant(1, { writes: false })];
const wants = everyoneSays(people, { count: 1, first: atMs(0), gap: milliseconds(0) });

export const oneMessage = defineScenario({
  id: 'one-message',
  title: 'One message',
  question: 'One message. Where does it stop?',
  stages: ['websocket', 'kafka'],
  parameters: [
    ...COMPARISON_PARAMETERS,
    PARAMETERS.mode,
    PARAMETERS.linger,
    PARAMETERS.pollTimeout,
  ],
  people: people.map(({ id }) => id),
  disconnectTarget: 'B',
  scene: ({ values }) =>
    comparison(values, { participants: people, workload: workloadOf(wants), horizon: atMs(100) }),
  bookmarks: () => [
    { id: 'written', title: 'Kafka has written it down', at: atMs(10) },
    { id: 'arrived', title: 'It has arrived on both sides', at: atMs(23) },
  ],
});
