// Five messages at irregular times with quiet between: who asks, and who is told?

import { instant, milliseconds, type Want } from '../../engine/index';
import { defineScenario, type SceneInputs } from '../defineScenario';
import { COMPARISON_PARAMETERS, PARAMETERS } from '../parameters';
import { atMs, atS, comparison, PLAIN, participant, workloadOf } from '../sceneParts';

const MESSAGES = 5;
const SHORTEST_GAP = milliseconds(400);
const LONGEST_GAP = milliseconds(1_400);

const people = [participant(0, { reads: false }), participant(1, { writes: false })];

/** In whole milliseconds, drawn from the seed. */
function irregularWants({ random }: SceneInputs): Want[] {
  const gaps = random('gaps');
  let at = 0;
  return Array.from({ length: MESSAGES }, () => {
    at += 1_000 * gaps.integer(SHORTEST_GAP / 1_000, LONGEST_GAP / 1_000);
    return { from: 'A', at: instant(at), replyTo: -1, ...PLAIN };
  });
}

export const pullAndPush = defineScenario({
  id: 'pull-and-push',
  title: 'Pull and push',
  question: 'Nothing to say for a while. What moves?',
  stages: ['websocket', 'kafka'],
  parameters: [
    ...COMPARISON_PARAMETERS,
    PARAMETERS.mode,
    PARAMETERS.linger,
    PARAMETERS.pollTimeout,
  ],
  people: people.map(({ id }) => id),
  disconnectTarget: 'B',
  scene: (inputs) =>
    comparison(inputs.values, {
      participants: people,
      workload: workloadOf(irregularWants(inputs)),
      horizon: atS(8),
    }),
  bookmarks: (inputs) => [
    { id: 'poll-waits', title: 'Kafka’s poll waits at the broker', at: atMs(100) },
    { id: 'first', title: 'The first message', at: irregularWants(inputs)[0]?.at ?? instant(0) },
  ],
});
