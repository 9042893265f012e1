// A reader is away for longer than the log keeps its records; Ana says one thing a second.

import { milliseconds, seconds } from '../../../engine/index';
import { defineScenario } from '../../defineScenario';
import { KAFKA_PARAMETERS } from '../../kafkaParameters';
import { PARAMETERS, withDefault } from '../../parameters';
import {
  atMs,
  atS,
  clusterOf,
  comparison,
  everyoneSays,
  participant,
  workloadOf,
} from '../../sceneParts';
import { settingsOf } from '../../settingsOf';

const AWAY = atS(5);
const BACK = atS(35);

const people = [participant(0, { reads: false }), participant(1, { writes: false })];
const wants = everyoneSays(people, { count: 40, first: atMs(500), gap: seconds(1) });

export const retention = defineScenario({
  id: 'retention',
  title: 'Retention',
  question: 'The log keeps twenty seconds. Ben is away for thirty. And then?',
  stages: ['websocket', 'kafka'],
  parameters: [
    PARAMETERS.durability,
    withDefault(PARAMETERS.retention, seconds(20)),
    KAFKA_PARAMETERS.retentionBytes,
    withDefault(KAFKA_PARAMETERS.segmentTime, milliseconds(500)),
    withDefault(KAFKA_PARAMETERS.retentionCheckInterval, milliseconds(100)),
    PARAMETERS.autoOffsetReset,
    PARAMETERS.replicationFactor,
    PARAMETERS.replayWindow,
    PARAMETERS.linger,
    PARAMETERS.distance,
  ],
  people: people.map(({ id }) => id),
  disconnectTarget: 'B',
  scene: ({ values }) =>
    comparison(values, {
      participants: people,
      hasRelay: true,
      mode: 'threads',
      workload: workloadOf(wants),
      settings: settingsOf(values, { standingFetches: 1 }),
      kafka: clusterOf(values),
      script: [
        { at: AWAY, kind: 'disconnect', target: 'B' },
        { at: BACK, kind: 'reconnect', target: 'B' },
      ],
      horizon: atS(42),
    }),
  bookmarks: () => [
    { id: 'away', title: 'Ben goes away', at: AWAY },
    { id: 'cut', title: 'The log lets go of its oldest', at: atS(26) },
    { id: 'back', title: 'Ben is back, and asks for what is gone', at: BACK },
    { id: 'read', title: 'What Ben still gets', at: atMs(35_300) },
  ],
});
