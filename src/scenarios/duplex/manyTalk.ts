// Many messages at a steady rate, around a relay on one side and a broker on the other.

import { instant, microseconds, milliseconds } from '../../engine/index';
import { defineScenario } from '../defineScenario';
import { COMPARISON_PARAMETERS, numberOf, PARAMETERS, textOf, withDefault } from '../parameters';
import { atMs, comparison, everyoneSays, talkers, workloadOf } from '../sceneParts';

/** What the last message may take to arrive. */
const TAIL = milliseconds(100);
/** What a round of the loop takes: send, ack, poll. */
const LOOP_ROUND = milliseconds(45);

export const manyTalk = defineScenario({
  id: 'many-talk',
  title: 'Many talk',
  question: 'A hundred messages a second each way. Who sends while getting?',
  stages: ['websocket', 'kafka'],
  parameters: [
    PARAMETERS.messages,
    PARAMETERS.messagesPerSecond,
    PARAMETERS.participants,
    withDefault(PARAMETERS.mode, 'threads'),
    PARAMETERS.linger,
    PARAMETERS.prefetch,
    PARAMETERS.standingFetches,
    PARAMETERS.pollTimeout,
    ...COMPARISON_PARAMETERS,
  ],
  people: talkers(10).map(({ id }) => id),
  disconnectTarget: 'B',
  scene: ({ values }) => {
    const people = talkers(numberOf(values, PARAMETERS.participants));
    const count = numberOf(values, PARAMETERS.messages);
    const gap = microseconds(
      Math.round(1_000_000 / numberOf(values, PARAMETERS.messagesPerSecond)),
    );
    const isLoop = textOf(values, PARAMETERS.mode) === 'loop';
    const wants = everyoneSays(people, { count, first: instant(0), gap });
    return comparison(values, {
      participants: people,
      hasRelay: true,
      workload: workloadOf(wants),
      // A loop that cannot keep up goes on until it has sent everything.
      horizon: instant(count * Math.max(gap, isLoop ? LOOP_ROUND : 0) + TAIL),
    });
  },
  bookmarks: () => [{ id: 'busy', title: 'Both sides are busy', at: atMs(100) }],
});
