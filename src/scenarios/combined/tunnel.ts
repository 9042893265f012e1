// Ben is in a tunnel for ten of thirty seconds; Ana says one thing a second.

import { seconds } from '../../engine/index';
import { defineScenario } from '../defineScenario';
import { COMPARISON_PARAMETERS, PARAMETERS, withDefault } from '../parameters';
import { atMs, atS, comparison, everyoneSays, participant, workloadOf } from '../sceneParts';

const people = [participant(0, { reads: false }), participant(1, { writes: false })];
const wants = everyoneSays(people, { count: 30, first: atMs(500), gap: seconds(1) });

export const tunnel = defineScenario({
  id: 'tunnel',
  title: 'The tunnel',
  question: 'Ben is away for ten seconds. Who gets what?',
  stages: ['websocket', 'kafka'],
  parameters: [
    ...COMPARISON_PARAMETERS,
    withDefault(PARAMETERS.mode, 'threads'),
    PARAMETERS.linger,
    PARAMETERS.pollTimeout,
  ],
  people: people.map(({ id }) => id),
  disconnectTarget: 'B',
  scene: ({ values }) =>
    comparison(values, {
      participants: people,
      workload: workloadOf(wants),
      script: [
        { at: atS(10), kind: 'disconnect', target: 'B' },
        { at: atS(20), kind: 'reconnect', target: 'B' },
      ],
      horizon: atS(32),
    }),
  bookmarks: () => [
    { id: 'into-the-tunnel', title: 'Ben goes into the tunnel', at: atS(10) },
    { id: 'in-the-tunnel', title: 'Five seconds in', at: atS(15) },
    { id: 'out-of-the-tunnel', title: 'Ben is back', at: atS(20) },
    { id: 'caught-up', title: 'Kafka has caught up', at: atMs(20_200) },
  ],
});
