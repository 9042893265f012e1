// A group's members come and go: one crashes, comes back, another joins, a third stalls and does
// not know that its partitions are no longer its own.

import { milliseconds, seconds } from '../../../engine/index';
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
const COUNT = 195;
const GAP = milliseconds(200);
/** By then the group has dealt out its partitions. */
const FIRST = atMs(1_500);

const CRASH = atMs(5_040);
const RESTART = atMs(15_040);
const ARRIVAL = atMs(20_040);
const STALL = atMs(25_040);
const RESUME = atMs(35_040);

const reader = { writes: false, readsFrom: [TOPIC], group: 'billing' };
const people = [
  participant(0, { reads: false, writesTo: TOPIC }),
  participant(1, reader),
  participant(2, reader),
  participant(3, reader),
  participant(4, { ...reader, joinsAt: ARRIVAL }),
];
const wants = aboutCustomers(everyoneSays(people, { count: COUNT, first: FIRST, gap: GAP }));

export const rebalance = defineScenario({
  id: 'rebalance',
  title: 'Rebalance',
  question: 'A reader crashes, returns, stalls. Who reads its share meanwhile?',
  stages: ['websocket', 'kafka'],
  stageView: 'cluster',
  parameters: [
    KAFKA_PARAMETERS.groupProtocol,
    KAFKA_PARAMETERS.assignor,
    // Kafka's own 45 s would outlast the scene; brokers allow no less than 6 s.
    withDefault(KAFKA_PARAMETERS.sessionTimeout, seconds(6)),
    withDefault(KAFKA_PARAMETERS.heartbeatInterval, seconds(2)),
    KAFKA_PARAMETERS.enableAutoCommit,
    KAFKA_PARAMETERS.autoCommitInterval,
    withDefault(KAFKA_PARAMETERS.initialRebalanceDelay, milliseconds(500)),
    withDefault(KAFKA_PARAMETERS.partitions, 6),
    PARAMETERS.replicationFactor,
    PARAMETERS.replayWindow,
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
      kafka: clusterOf(values, {
        topics: [
          { id: TOPIC, partitions: numberOf(values, KAFKA_PARAMETERS.partitions), firstBroker: 0 },
        ],
        keys: CUSTOMERS,
      }),
      script: [
        { at: CRASH, kind: 'crash', target: 'C' },
        { at: RESTART, kind: 'restart', target: 'C' },
        { at: STALL, kind: 'stall', target: 'D' },
        { at: RESUME, kind: 'resume', target: 'D' },
      ],
      horizon: atS(42),
    }),
  bookmarks: () => [
    { id: 'crash', title: 'Cy crashes', at: CRASH },
    { id: 'unread', title: 'Nobody reads Cy’s share', at: atS(9) },
    { id: 'taken-over', title: 'The others have it', at: atS(13) },
    { id: 'back', title: 'Cy is back', at: RESTART },
    { id: 'joins', title: 'Eli joins', at: ARRIVAL },
    { id: 'stall', title: 'Dee stalls', at: STALL },
    { id: 'zombie', title: 'Dee goes on, expelled', at: RESUME },
  ],
});
