// The machine in the middle restarts, and a reader comes late: what can still be read?

import { milliseconds } from '../../engine/index';
import { defineScenario } from '../defineScenario';
import { COMPARISON_PARAMETERS, PARAMETERS, withDefault } from '../parameters';
import { atMs, comparison, everyoneSays, participant, workloadOf } from '../sceneParts';

const CRASH = atMs(1_600);
const RESTART = atMs(2_600);
/** By then another broker leads: the controller has waited nine seconds for the one that crashed. */
const TAKEOVER = atMs(11_000);
const ARRIVAL = atMs(12_000);

const people = [
  participant(0, { reads: false }),
  participant(1, { writes: false }),
  participant(2, { writes: false, joinsAt: ARRIVAL }),
];
const wants = everyoneSays(people, { count: 12, first: atMs(250), gap: milliseconds(250) });

export const durability = defineScenario({
  id: 'durability',
  title: 'What stays',
  question: 'The middle restarts, and Cy comes late. What can Cy read?',
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
      hasRelay: true,
      workload: workloadOf(wants),
      script: [
        { at: CRASH, kind: 'crash', target: 'relay' },
        { at: CRASH, kind: 'crash', target: 'broker-1' },
        { at: RESTART, kind: 'restart', target: 'relay' },
        { at: RESTART, kind: 'restart', target: 'broker-1' },
      ],
      horizon: atMs(14_000),
    }),
  bookmarks: () => [
    { id: 'crash', title: 'The middle crashes', at: CRASH },
    { id: 'restart', title: 'It is back', at: RESTART },
    { id: 'takeover', title: 'Another broker leads', at: TAKEOVER },
    { id: 'late', title: 'Cy comes', at: ARRIVAL },
    { id: 'read', title: 'What Cy has read', at: atMs(12_100) },
  ],
});
