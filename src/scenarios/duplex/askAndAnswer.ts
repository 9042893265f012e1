// Ana asks, Ben answers, three times over; each works 2 ms on what it got.

import { instant, microseconds } from '../../engine/index';
import { defineScenario } from '../defineScenario';
import { COMPARISON_PARAMETERS, numberOf, PARAMETERS } from '../parameters';
import { atMs, comparison, PLAIN, talkers, workloadOf } from '../sceneParts';

const QUESTIONS = 3;
const people = talkers(2);

export const askAndAnswer = defineScenario({
  id: 'ask-and-answer',
  title: 'Ask and answer',
  question: 'Ana asks, Ben answers. How long does a round take?',
  stages: ['websocket', 'kafka'],
  parameters: [
    ...COMPARISON_PARAMETERS,
    PARAMETERS.mode,
    PARAMETERS.prefetch,
    PARAMETERS.linger,
    PARAMETERS.pollTimeout,
    PARAMETERS.processing,
  ],
  people: people.map(({ id }) => id),
  disconnectTarget: 'B',
  scene: ({ values }) => {
    const workload = workloadOf([{ from: 'A', at: instant(0), replyTo: -1, ...PLAIN }], {
      dialogue: { askers: ['A'], questions: QUESTIONS },
      processing: microseconds(numberOf(values, PARAMETERS.processing)),
    });
    return comparison(values, { participants: people, workload, horizon: atMs(300) });
  },
  bookmarks: () => [
    { id: 'websocket-answer', title: 'The first answer over WebSocket', at: atMs(42) },
    { id: 'kafka-answer', title: 'The first answer over Kafka', at: atMs(48) },
  ],
});
