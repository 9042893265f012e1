// A leader dies within milliseconds of writing a record; `acks` decides what its sender was told.

import { instant, microseconds, milliseconds, seconds } from '../../../engine/index';
import type { ParameterDefinition, ParameterValues } from '../../defineScenario';
import { defineScenario } from '../../defineScenario';
import { KAFKA_PARAMETERS } from '../../kafkaParameters';
import { duration } from '../../parameterKinds';
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

const CRASH_AFTER: ParameterDefinition = {
  name: 'crashAfter',
  label: 'The leader dies so long after writing',
  ...duration(0, seconds(1)),
  default: milliseconds(1),
  setting: null,
  isLive: false,
  help: 'By default the ack has left after 0 and arrived after 0.5 ms; the copy arrives after 1.5 ms.',
};
/** Ana and the brokers share a data centre, so that an ack can be quicker than a copy. */
const DISTANCE = withDefault(PARAMETERS.distance, milliseconds(1));

const TOPIC = 'orders';
const people = [
  participant(0, { reads: false, writesTo: TOPIC }),
  participant(1, { writes: false, readsFrom: [TOPIC] }),
];
const wants = everyoneSays(people, { count: 20, first: atMs(750), gap: milliseconds(650) });
/** The order that the leader writes last. */
const LAST = wants[2]?.at ?? atMs(0);
const RESTART = atS(13);

/** When the leader writes it: after its wait for company and its way. */
function writtenAt(values: ParameterValues) {
  const way = Math.round(numberOf(values, DISTANCE) / 2);
  return instant(LAST + numberOf(values, PARAMETERS.linger) + way);
}

const crashAt = (values: ParameterValues) =>
  instant(writtenAt(values) + numberOf(values, CRASH_AFTER));

export const acks = defineScenario({
  id: 'acks',
  title: 'Who has it?',
  question: 'The leader says “written” and dies. Is the order safe?',
  // WebSocket has no acknowledgement to compare: its sender hears nothing, whoever dies.
  stages: ['kafka'],
  stageView: 'cluster',
  parameters: [
    withDefault(PARAMETERS.acks, '1'),
    CRASH_AFTER,
    PARAMETERS.replicationFactor,
    withDefault(KAFKA_PARAMETERS.minInsyncReplicas, 2),
    KAFKA_PARAMETERS.uncleanLeaderElection,
    KAFKA_PARAMETERS.brokerSessionTimeout,
    KAFKA_PARAMETERS.enableIdempotence,
    KAFKA_PARAMETERS.deliveryTimeout,
    PARAMETERS.linger,
    DISTANCE,
    PARAMETERS.brokerDistance,
  ],
  people: people.map(({ id }) => id),
  disconnectTarget: 'B',
  stopTarget: 'broker-3',
  scene: ({ values }) =>
    comparison(values, {
      stages: ['kafka'],
      participants: people,
      mode: 'threads',
      workload: workloadOf(wants),
      settings: settingsOf(values, { standingFetches: 1 }),
      distances: distancesOf(values),
      kafka: clusterOf(values, { topics: [{ id: TOPIC, partitions: 1, firstBroker: 0 }] }),
      script: [
        { at: crashAt(values), kind: 'crash', target: 'broker-1' },
        { at: RESTART, kind: 'restart', target: 'broker-1' },
      ],
      horizon: atS(15),
    }),
  bookmarks: ({ values }) => [
    { id: 'written', title: 'Only the leader has it', at: writtenAt(values) },
    { id: 'crash', title: 'The leader dies', at: crashAt(values) },
    {
      id: 'takeover',
      title: 'A follower leads',
      at: instant(crashAt(values) + numberOf(values, KAFKA_PARAMETERS.brokerSessionTimeout)),
    },
    { id: 'restart', title: 'The old leader is back', at: RESTART },
    { id: 'cut-back', title: 'It has cut off what nobody else has', at: atMs(13_100) },
  ],
});

function distancesOf(values: ParameterValues) {
  const direct = numberOf(values, DISTANCE);
  return { direct: microseconds(direct), half: microseconds(Math.round(direct / 2)) };
}
