// One topic, read by two groups and later by a third: within a group each order goes to one member,
// and each group gets all of them.

import { milliseconds } from '../../../engine/index';
import { defineScenario } from '../../defineScenario';
import { KAFKA_PARAMETERS } from '../../kafkaParameters';
import { numberOf, PARAMETERS, withDefault } from '../../parameters';
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
import { aboutCustomers, CUSTOMERS } from './customers';

const TOPIC = 'orders';
const COUNT = 40;

/** By then every group has dealt out its partitions. */
const FIRST = atMs(1_500);
const ARRIVAL = atMs(5_550);

const reader = { writes: false, readsFrom: [TOPIC] };
const people = [
  participant(0, { reads: false, writesTo: TOPIC }),
  participant(1, { ...reader, group: 'billing' }),
  participant(2, { ...reader, group: 'billing' }),
  participant(3, { ...reader, group: 'billing' }),
  participant(4, { ...reader, group: 'billing' }),
  participant(5, { ...reader, group: 'audit' }),
  participant(6, { ...reader, group: 'report', joinsAt: ARRIVAL }),
];
const wants = aboutCustomers(
  everyoneSays(people, { count: COUNT, first: FIRST, gap: milliseconds(200) }),
);

export const groups = defineScenario({
  id: 'groups',
  title: 'Groups',
  question: 'Four share the work, one wants everything. Who gets which order?',
  stages: ['websocket', 'kafka'],
  stageView: 'cluster',
  parameters: [
    KAFKA_PARAMETERS.partitions,
    withDefault(PARAMETERS.autoOffsetReset, 'latest'),
    KAFKA_PARAMETERS.groupProtocol,
    KAFKA_PARAMETERS.assignor,
    withDefault(KAFKA_PARAMETERS.initialRebalanceDelay, milliseconds(500)),
    PARAMETERS.replicationFactor,
    PARAMETERS.linger,
    PARAMETERS.replayWindow,
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
        topics: [
          { id: TOPIC, partitions: numberOf(values, KAFKA_PARAMETERS.partitions), firstBroker: 0 },
        ],
        keys: CUSTOMERS,
      }),
      horizon: atMs(10_500),
    }),
  bookmarks: () => [
    { id: 'joining', title: 'The members join', at: atMs(100) },
    { id: 'dealt', title: 'Who has which partition', at: atMs(1_200) },
    { id: 'shared', title: 'An order for each group', at: atMs(3_523) },
    { id: 'late', title: 'A new group comes', at: ARRIVAL },
    { id: 'late-reads', title: 'What it gets', at: atS(9) },
  ],
});
