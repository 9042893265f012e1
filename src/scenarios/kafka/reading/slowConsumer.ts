// One of three readers is slow, and a burst comes on top: it reads at its own pace, and nobody else
// waits for it.

import { instant, microseconds, milliseconds } from '../../../engine/index';
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
/** Ten a second, five of them for each partition. */
const STEADY = { count: 60, first: atMs(1_500), gap: milliseconds(100) };
/** Two hundred a second, for a fifth of a second. */
const BURST = { count: 40, first: atMs(4_520), gap: milliseconds(5) };

const reader = { writes: false, readsFrom: [TOPIC] };
const people = [
  participant(0, { reads: false, writesTo: TOPIC }),
  participant(1, { ...reader, group: 'alerts' }),
  participant(2, { ...reader, group: 'billing' }),
  participant(3, { ...reader, group: 'billing' }),
];
const wants = aboutCustomers(
  [...everyoneSays(people, STEADY), ...everyoneSays(people, BURST)].sort(
    (one, other) => one.at - other.at,
  ),
);

export const slowConsumer = defineScenario({
  id: 'slow-consumer',
  title: 'A slow reader',
  question: 'Cy takes twice as long as orders come. Who has to wait?',
  stages: ['websocket', 'kafka'],
  stageView: 'cluster',
  parameters: [
    // Orders come to Cy's partition every 200 ms.
    withDefault(PARAMETERS.processing, milliseconds(400)),
    KAFKA_PARAMETERS.maxPollInterval,
    KAFKA_PARAMETERS.maxPollRecords,
    withDefault(KAFKA_PARAMETERS.partitions, 2),
    KAFKA_PARAMETERS.enableAutoCommit,
    KAFKA_PARAMETERS.autoCommitInterval,
    KAFKA_PARAMETERS.groupProtocol,
    KAFKA_PARAMETERS.assignor,
    withDefault(KAFKA_PARAMETERS.initialRebalanceDelay, milliseconds(500)),
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
      workload: workloadOf(wants, {
        processingOf: {
          B: milliseconds(2),
          C: microseconds(numberOf(values, PARAMETERS.processing)),
          D: milliseconds(20),
        },
      }),
      settings: settingsOf(values, { standingFetches: 1 }),
      kafka: clusterOf(values, {
        topics: [
          { id: TOPIC, partitions: numberOf(values, KAFKA_PARAMETERS.partitions), firstBroker: 0 },
        ],
        keys: CUSTOMERS,
      }),
      horizon: atS(24),
    }),
  bookmarks: () => [
    { id: 'steady', title: 'Ten orders a second', at: atMs(3_015) },
    { id: 'burst', title: 'A burst', at: instant(BURST.first + milliseconds(20)) },
    { id: 'lag', title: 'Cy is behind, Ben is not', at: atMs(7_500) },
    { id: 'catching-up', title: 'Cy works off the rest', at: atS(15) },
    { id: 'caught-up', title: 'Nothing is left', at: atS(23) },
  ],
});
