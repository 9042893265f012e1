// More brokers take more records, as long as there are partitions to share and keys to spread; each
// broker here writes a thousand records a second.

import { microseconds, milliseconds, type Want } from '../../../engine/index';
import {
  defineScenario,
  type ParameterDefinition,
  type ParameterValues,
} from '../../defineScenario';
import { KAFKA_PARAMETERS } from '../../kafkaParameters';
import { integer } from '../../parameterKinds';
import { numberOf, PARAMETERS, withDefault } from '../../parameters';
import {
  atMs,
  clusterOf,
  comparison,
  everyoneSays,
  participant,
  workloadOf,
} from '../../sceneParts';
import { settingsOf } from '../../settingsOf';

const TOPIC = 'readings';
/** By their hashes one for each of 12 partitions, and so evenly over 6, 4, 3, 2 and 1. */
const SENSORS = [1, 2, 3, 4, 7, 8, 9, 10, 13, 15, 24, 47].map((number) => `sensor-${number}`);

const people = [
  participant(0, { reads: false, writesTo: TOPIC }),
  participant(1, { reads: false, writesTo: TOPIC }),
  participant(2, { writes: false, readsFrom: [TOPIC] }),
];

const MESSAGES = withDefault(PARAMETERS.messages, 900);
/** Together more than six brokers can write. */
const PACE = withDefault(PARAMETERS.messagesPerSecond, 4_000);
const PARTITIONS = withDefault(KAFKA_PARAMETERS.partitions, 6);
/** Without it a record would be written in no time. */
const APPEND = withDefault(KAFKA_PARAMETERS.append, milliseconds(1));
const HOT: ParameterDefinition = {
  name: 'hotKey',
  label: 'Records about one sensor',
  ...integer(0, 100, '%'),
  default: 0,
  setting: null,
  isLive: false,
  help: 'This share of the records bears one and the same key, and so goes to one partition.',
};

export const scaleBrokers = defineScenario({
  id: 'scale-brokers',
  title: 'More brokers',
  question: 'Do more brokers take more messages a second?',
  // What a relay could take is not modelled: only brokers have a time for a record.
  stages: ['kafka'],
  stageView: 'cluster',
  parameters: [
    KAFKA_PARAMETERS.brokers,
    PARTITIONS,
    HOT,
    APPEND,
    MESSAGES,
    PACE,
    PARAMETERS.replicationFactor,
    PARAMETERS.acks,
    PARAMETERS.linger,
    KAFKA_PARAMETERS.batchSize,
    PARAMETERS.distance,
    PARAMETERS.brokerDistance,
  ],
  people: people.map(({ id }) => id),
  disconnectTarget: 'C',
  scene: ({ values }) =>
    comparison(values, {
      stages: ['kafka'],
      participants: people,
      mode: 'threads',
      workload: workloadOf(readings(values)),
      settings: settingsOf(values, { standingFetches: 1 }),
      kafka: clusterOf(values, {
        topics: [{ id: TOPIC, partitions: numberOf(values, PARTITIONS), firstBroker: 0 }],
        keys: SENSORS,
      }),
      horizon: atMs(2_000),
    }),
  bookmarks: () => [
    { id: 'full', title: 'Every broker is busy', at: atMs(200) },
    { id: 'half', title: 'Half of it is written', at: atMs(310) },
    { id: 'done', title: 'All is written and read', at: atMs(700) },
  ],
});

/** Each is about the next sensor, or about the one that everybody asks for. */
function readings(values: ParameterValues): Want[] {
  const share = numberOf(values, HOT) / 100;
  const pace = {
    count: numberOf(values, MESSAGES),
    first: atMs(0),
    gap: microseconds(Math.round(1_000_000 / numberOf(values, PACE))),
  };
  return everyoneSays(people, pace).map((want, place) => {
    const isHot = Math.floor((place + 1) * share) > Math.floor(place * share);
    return { ...want, key: isHot ? 0 : place % SENSORS.length };
  });
}
