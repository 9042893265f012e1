// Every change to an account is an event in a log: one service adds up as they come, another comes
// later and adds up from the first event on.

import { milliseconds } from '../../../engine/index';
import { defineScenario } from '../../defineScenario';
import { KAFKA_PARAMETERS } from '../../kafkaParameters';
import { PARAMETERS } from '../../parameters';
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

const TOPIC = 'accounts';
/** Their hashes send each to a partition of its own. */
const KEYS = ['account-1', 'account-2', 'account-3'];
const COUNT = 14;
const ARRIVAL = atMs(6_050);

const service = { writes: false, readsFrom: [TOPIC] };
const people = [
  participant(0, { reads: false, writesTo: TOPIC }),
  participant(1, { reads: false, writesTo: TOPIC }),
  participant(2, service),
  participant(3, { ...service, joinsAt: ARRIVAL }),
];
/** Both change the same account in the same moment: what counts is the order in the log. */
const wants = everyoneSays(people, {
  count: COUNT,
  first: atMs(300),
  gap: milliseconds(500),
}).map((want, place) => ({ ...want, key: Math.floor(place / 2) % KEYS.length }));

export const eventSourcing = defineScenario({
  id: 'event-sourcing',
  title: 'Event sourcing',
  question: 'Dee has seen nothing yet. Can she still know every balance?',
  stages: ['websocket', 'kafka'],
  stageView: 'cluster',
  recordDetail: 'key',
  parameters: [
    PARAMETERS.autoOffsetReset,
    PARAMETERS.retention,
    KAFKA_PARAMETERS.cleanupPolicy,
    PARAMETERS.replicationFactor,
    PARAMETERS.replayWindow,
    PARAMETERS.linger,
    PARAMETERS.distance,
  ],
  people: people.map(({ id }) => id),
  disconnectTarget: 'C',
  scene: ({ values }) =>
    comparison(values, {
      participants: people,
      hasRelay: true,
      mode: 'threads',
      workload: workloadOf(wants),
      settings: settingsOf(values, { standingFetches: 1 }),
      kafka: clusterOf(values, {
        topics: [{ id: TOPIC, partitions: KEYS.length, firstBroker: 0 }],
        keys: KEYS,
      }),
      horizon: atS(8),
    }),
  bookmarks: () => [
    { id: 'live', title: 'Cy adds up as events come', at: atMs(3_320) },
    { id: 'new', title: 'Dee comes', at: ARRIVAL },
    { id: 'rebuilds', title: 'She reads from the first event on', at: atMs(6_080) },
    { id: 'same', title: 'Both know the same', at: atMs(7_500) },
  ],
});
