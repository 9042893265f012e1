// A log that keeps the newest record of each key, and for a while the mark that a key is gone: one
// reader is away, one comes late. WebSocket has no part in it: it keeps nothing to tidy up.

import { milliseconds, seconds, type Want } from '../../../engine/index';
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

const TOPIC = 'profiles';
const KEYS = ['user-1', 'user-2', 'user-3', 'user-4'];
/** Whose profile each record is. */
const USERS = [1, 2, 3, 3, 1, 4, 1, 2, 1, 2];
/** The third user leaves: the record says that there is nothing more to know of them. */
const LEAVES = 3;

const AWAY = atMs(2_300);
/** The mark that the third user is gone still lies there. */
const BACK = atMs(7_050);
/** It does not any more. */
const ARRIVAL = atMs(8_550);

const people = [
  participant(0, { reads: false, writesTo: TOPIC }),
  participant(1, { writes: false }),
  participant(2, { writes: false, joinsAt: ARRIVAL }),
];
const wants: Want[] = everyoneSays(people, {
  count: USERS.length,
  first: atMs(300),
  gap: milliseconds(800),
}).map((want, place) => ({
  ...want,
  key: (USERS[place] as number) - 1,
  isTombstone: place === LEAVES,
}));

export const compaction = defineScenario({
  id: 'compaction',
  title: 'Compaction',
  question: 'Only the newest record of each key stays. What can Cy read?',
  stages: ['kafka'],
  stageView: 'cluster',
  recordDetail: 'key',
  parameters: [
    withDefault(KAFKA_PARAMETERS.cleanupPolicy, 'compact'),
    withDefault(KAFKA_PARAMETERS.deleteRetention, seconds(3)),
    withDefault(KAFKA_PARAMETERS.segmentTime, milliseconds(500)),
    withDefault(KAFKA_PARAMETERS.retentionCheckInterval, seconds(2)),
    PARAMETERS.autoOffsetReset,
    PARAMETERS.replicationFactor,
    PARAMETERS.linger,
    PARAMETERS.distance,
  ],
  people: people.map(({ id }) => id),
  disconnectTarget: 'B',
  scene: ({ values }) =>
    comparison(values, {
      stages: ['kafka'],
      participants: people,
      mode: 'threads',
      workload: workloadOf(wants),
      settings: settingsOf(values, {
        standingFetches: 1,
        // Half, as by default, would leave so short a log alone most of the time.
        minCleanableDirtyRatio: 0.1,
      }),
      kafka: clusterOf(values, {
        topics: [{ id: TOPIC, partitions: 1, firstBroker: 0 }],
        keys: KEYS,
      }),
      script: [
        { at: AWAY, kind: 'disconnect', target: 'B' },
        { at: BACK, kind: 'reconnect', target: 'B' },
      ],
      horizon: atS(10),
    }),
  bookmarks: () => [
    { id: 'away', title: 'Ben goes away', at: AWAY },
    { id: 'passed', title: 'The cleaner passes', at: atS(6) },
    { id: 'back', title: 'Ben reads what is left', at: atMs(7_100) },
    { id: 'forgotten', title: 'The third user is forgotten', at: atS(8) },
    { id: 'late', title: 'Cy reads what is left', at: atMs(8_600) },
  ],
});
