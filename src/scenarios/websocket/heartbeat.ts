// A cable is cut while two people talk: no end of a WebSocket notices, until a heartbeat does.

import { milliseconds, seconds } from '../../engine/index';
import { defineScenario } from '../defineScenario';
import { PARAMETERS, withDefault } from '../parameters';
import { atMs, comparison, everyoneSays, talkers, workloadOf } from '../sceneParts';
import { settingsOf } from '../settingsOf';
import { SOCKET_PARAMETERS } from '../socketParameters';

const MESSAGES = 18;
const GAP = milliseconds(500);
const CUT = atMs(3_000);
const HEALED = atMs(8_000);
/** Ben's line: on WebSocket to Ana, on Kafka to the broker. */
const LINES = ['A-B', 'B-broker-1'] as const;

export const heartbeat = defineScenario({
  id: 'heartbeat',
  title: 'A heartbeat',
  question: 'The cable is cut. Who notices?',
  stages: ['websocket', 'kafka'],
  parameters: [
    withDefault(SOCKET_PARAMETERS.pingInterval, seconds(1)),
    SOCKET_PARAMETERS.pongTimeout,
    SOCKET_PARAMETERS.reconnectDelay,
    SOCKET_PARAMETERS.reconnectMax,
    SOCKET_PARAMETERS.reconnectJitter,
    PARAMETERS.replayWindow,
    withDefault(PARAMETERS.brokers, 1),
    withDefault(PARAMETERS.replicationFactor, 1),
    PARAMETERS.distance,
  ],
  people: ['A', 'B'],
  disconnectTarget: 'B',
  scene: ({ values }) => {
    const people = talkers(2);
    const wants = everyoneSays(people, { count: MESSAGES, first: atMs(490), gap: GAP });
    return comparison(values, {
      participants: people,
      mode: 'threads',
      workload: workloadOf(wants),
      settings: settingsOf(values, { standingFetches: 1 }),
      script: LINES.flatMap((target) => [
        { at: CUT, kind: 'cut', target } as const,
        { at: HEALED, kind: 'restore', target } as const,
      ]),
      horizon: atMs(10_000),
    });
  },
  bookmarks: () => [
    { id: 'cut', title: 'The cable is cut', at: CUT },
    { id: 'unnoticed', title: 'Both ends still say open', at: atMs(3_700) },
    { id: 'noticed', title: 'No pong has come', at: atMs(4_100) },
    { id: 'healed', title: 'The cable is whole again', at: atMs(8_100) },
    { id: 'end', title: 'What is missed', at: atMs(9_900) },
  ],
});
