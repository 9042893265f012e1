// The same few messages by polling, long polling, server-sent events and WebSocket: who asks, who
// waits, and how much of it is asking.

import { milliseconds, type Want } from '../../engine/index';
import { defineScenario } from '../defineScenario';
import { PARAMETERS, withDefault } from '../parameters';
import { atMs, comparison, PLAIN, talkers, workloadOf } from '../sceneParts';
import { HTTP_PARAMETERS } from './httpParameters';

const people = talkers(2);

/** Ana's third comes right after her second, while the connection still waits for an answer. */
const SAID = [
  ['A', 30],
  ['B', 130],
  ['A', 250],
  ['A', 255],
  ['B', 520],
  ['A', 640],
] as const;

export const polling = defineScenario({
  id: 'polling',
  title: 'Polling',
  question: 'Nothing new? Nothing new? What does asking cost?',
  stages: ['polling', 'long-polling', 'sse', 'websocket'],
  parameters: [
    withDefault(HTTP_PARAMETERS.pollInterval, milliseconds(200)),
    withDefault(HTTP_PARAMETERS.longPollTimeout, milliseconds(300)),
    HTTP_PARAMETERS.eventWindow,
    PARAMETERS.replayWindow,
    PARAMETERS.distance,
  ],
  people: people.map(({ id }) => id),
  disconnectTarget: 'B',
  scene: ({ values }) => {
    const wants = SAID.map(([from, ms]): Want => ({ from, at: atMs(ms), replyTo: -1, ...PLAIN }));
    return comparison(values, {
      stages: ['polling', 'long-polling', 'sse', 'websocket'],
      participants: people,
      hasRelay: true,
      mode: 'threads',
      workload: workloadOf(wants),
      horizon: atMs(1_000),
    });
  },
  bookmarks: () => [
    { id: 'asks', title: 'They ask, and there is nothing', at: atMs(15) },
    { id: 'waits', title: 'One message waits for the next question', at: atMs(100) },
    { id: 'in-turn', title: 'One request at a time: the next one waits', at: atMs(262) },
    { id: 'time-over', title: 'A long poll without an answer', at: atMs(436) },
    { id: 'end', title: 'All have everything', at: atMs(990) },
  ],
});
