// Ben is away for a moment and reads what came meanwhile, log by log; an ack gets lost on the way.

import { milliseconds } from '../../../engine/index';
import type { ParameterDefinition } from '../../defineScenario';
import { defineScenario } from '../../defineScenario';
import { KAFKA_PARAMETERS } from '../../kafkaParameters';
import { choice } from '../../parameterKinds';
import { numberOf, PARAMETERS, textOf, withDefault } from '../../parameters';
import {
  atMs,
  clusterOf,
  comparison,
  everyoneSays,
  participant,
  workloadOf,
} from '../../sceneParts';
import { settingsOf } from '../../settingsOf';

const KEY: ParameterDefinition = {
  name: 'key',
  label: 'Key of each record',
  ...choice(['none', 'cart']),
  default: 'none',
  setting: null,
  isLive: false,
  help: 'Records with the same key go to the same partition, and stay in order there.',
};
/** One for each of three partitions, by their hashes. */
const CARTS = ['cart-1', 'cart-2', 'cart-3'];

const TOPIC = 'orders';
const people = [
  participant(0, { reads: false, writesTo: TOPIC }),
  participant(1, { writes: false, readsFrom: [TOPIC] }),
];
const wants = everyoneSays(people, { count: 36, first: atMs(100), gap: milliseconds(10) });
/** Three things for a cart, then the next cart's turn. */
const cartOf = (place: number): number => Math.floor(place / 3) % CARTS.length;
const AWAY = atMs(180);
const BACK = atMs(300);
/** Several sends are on their way to the first broker, and the ack of the first gets lost. */
const LOST_ACK = atMs(380);

export const ordering = defineScenario({
  id: 'ordering',
  title: 'In which order?',
  question: 'Ana speaks in order. In which order does Ben hear it?',
  stages: ['websocket', 'kafka'],
  stageView: 'cluster',
  recordDetail: 'number',
  parameters: [
    KEY,
    KAFKA_PARAMETERS.partitions,
    KAFKA_PARAMETERS.enableIdempotence,
    KAFKA_PARAMETERS.maxInFlight,
    PARAMETERS.acks,
    // So small that records without a key change partition every few of them.
    withDefault(KAFKA_PARAMETERS.batchSize, 400),
    PARAMETERS.linger,
    PARAMETERS.replicationFactor,
    PARAMETERS.distance,
    PARAMETERS.brokerDistance,
  ],
  people: people.map(({ id }) => id),
  disconnectTarget: 'B',
  scene: ({ values }) => {
    const hasKeys = textOf(values, KEY) === 'cart';
    const partitions = numberOf(values, KAFKA_PARAMETERS.partitions);
    return comparison(values, {
      participants: people,
      mode: 'threads',
      workload: workloadOf(
        wants.map((want, place) => ({ ...want, key: hasKeys ? cartOf(place) : -1 })),
      ),
      settings: settingsOf(values, { standingFetches: 1 }),
      kafka: clusterOf(values, {
        topics: [{ id: TOPIC, partitions, firstBroker: 0 }],
        keys: CARTS,
      }),
      script: [
        { at: AWAY, kind: 'disconnect', target: 'B' },
        { at: BACK, kind: 'reconnect', target: 'B' },
        { at: LOST_ACK, kind: 'drop', target: 'A-broker-1', value: 'ack' },
      ],
      horizon: atMs(900),
    });
  },
  bookmarks: () => [
    { id: 'away', title: 'Ben is away', at: AWAY },
    { id: 'back', title: 'Ben is back', at: BACK },
    { id: 'caught-up', title: 'Ben has caught up', at: atMs(370) },
    { id: 'lost-ack', title: 'An ack gets lost', at: LOST_ACK },
    { id: 'again', title: 'Ana has sent again', at: atMs(580) },
  ],
});
