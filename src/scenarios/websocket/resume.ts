// Ben goes away three times; what he saw last is what he asks for when he comes back.

import { milliseconds, seconds } from '../../engine/index';
import { defineScenario } from '../defineScenario';
import { PARAMETERS, withDefault } from '../parameters';
import { atMs, comparison, everyoneSays, participant, workloadOf } from '../sceneParts';
import { settingsOf } from '../settingsOf';
import { SOCKET_PARAMETERS } from '../socketParameters';

const MESSAGES = 30;
const GAP = milliseconds(500);
/** Between two messages, within the window, and beyond it. */
const ABSENCES = [
  { from: 1_100, to: 1_300 },
  { from: 3_100, to: 5_100 },
  { from: 7_100, to: 13_100 },
] as const;

export const resume = defineScenario({
  id: 'resume',
  title: 'Asking for what was missed',
  question: 'Ben comes back. Can he still get what he missed?',
  stages: ['websocket', 'kafka'],
  parameters: [
    withDefault(PARAMETERS.replayWindow, seconds(4)),
    PARAMETERS.retention,
    SOCKET_PARAMETERS.reconnectDelay,
    SOCKET_PARAMETERS.reconnectMax,
    SOCKET_PARAMETERS.reconnectJitter,
    withDefault(PARAMETERS.brokers, 1),
    withDefault(PARAMETERS.replicationFactor, 1),
    PARAMETERS.distance,
  ],
  people: ['A', 'B'],
  disconnectTarget: 'B',
  scene: ({ values }) => {
    const people = [participant(0), participant(1, { writes: false })];
    return comparison(values, {
      participants: people,
      mode: 'threads',
      workload: workloadOf(everyoneSays(people, { count: MESSAGES, first: atMs(500), gap: GAP })),
      settings: settingsOf(values, { standingFetches: 1 }),
      script: ABSENCES.flatMap(({ from, to }) => [
        { at: atMs(from), kind: 'disconnect', target: 'B' } as const,
        { at: atMs(to), kind: 'reconnect', target: 'B' } as const,
      ]),
      horizon: atMs(16_000),
    });
  },
  bookmarks: () => [
    { id: 'nothing', title: 'Nothing was missed', at: atMs(1_460) },
    { id: 'replayed', title: 'All of it comes again', at: atMs(5_240) },
    { id: 'gone', title: 'Some of it is gone, and he is told', at: atMs(13_240) },
    { id: 'end', title: 'What he has in the end', at: atMs(15_900) },
  ],
});
