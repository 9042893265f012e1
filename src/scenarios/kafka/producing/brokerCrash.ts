// A broker of three dies with a partition that it leads; the WebSocket stage has its one server
// die at the same instant.

import {
  instant,
  milliseconds,
  type Participant,
  type SimTime,
  type Want,
} from '../../../engine/index';
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

const TOPIC = 'orders';
/** Their hashes send the first to partition 0, the second to 2, the third to 1. */
const KEYS = ['customer-1', 'customer-2', 'customer-3'];

const reader = { writes: false, readsFrom: [TOPIC], group: 'billing' };
const people = [
  participant(0, { reads: false, writesTo: TOPIC }),
  participant(1, { reads: false, writesTo: TOPIC }),
  participant(2, reader),
  participant(3, reader),
  participant(4, reader),
];

const COUNT = 34;
const GAP = milliseconds(450);
/** Each speaks of the next customer each time. */
const says = (writer: Participant, first: SimTime): Want[] =>
  everyoneSays([writer], { count: COUNT, first, gap: GAP }).map((want, place) => ({
    ...want,
    key: place % KEYS.length,
  }));
const [ana, ben] = people as [Participant, Participant, ...Participant[]];
const wants = [...says(ana, atMs(300)), ...says(ben, atMs(510))];

/** Ana's sixth order: broker 2 has written it a millisecond ago, and nobody has copied it. */
const CRASH = atMs(300 + 5 * 450 + 16);
const RESTART = atS(14);

export const brokerCrash = defineScenario({
  id: 'broker-crash',
  title: 'A broker dies',
  question: 'A machine in the middle dies. Who goes on, and what is lost?',
  stages: ['websocket', 'kafka'],
  stageView: 'cluster',
  parameters: [
    PARAMETERS.acks,
    PARAMETERS.replicationFactor,
    withDefault(KAFKA_PARAMETERS.minInsyncReplicas, 2),
    KAFKA_PARAMETERS.uncleanLeaderElection,
    KAFKA_PARAMETERS.brokerSessionTimeout,
    PARAMETERS.replayWindow,
    PARAMETERS.linger,
    PARAMETERS.distance,
    PARAMETERS.brokerDistance,
  ],
  people: people.map(({ id }) => id),
  disconnectTarget: 'C',
  stopTarget: 'broker-3',
  scene: ({ values }) =>
    comparison(values, {
      participants: people,
      hasRelay: true,
      mode: 'threads',
      workload: workloadOf(wants),
      settings: settingsOf(values, {
        standingFetches: 1,
        // The three are there from the start: nobody has to wait for more of them.
        initialRebalanceDelay: milliseconds(100),
      }),
      kafka: clusterOf(values, {
        topics: [{ id: TOPIC, partitions: 3, firstBroker: 0 }],
        keys: KEYS,
      }),
      script: [
        { at: CRASH, kind: 'crash', target: 'relay' },
        { at: CRASH, kind: 'crash', target: 'broker-2' },
        { at: RESTART, kind: 'restart', target: 'relay' },
        { at: RESTART, kind: 'restart', target: 'broker-2' },
      ],
      horizon: atS(16),
    }),
  bookmarks: ({ values }) => [
    { id: 'crash', title: 'Broker 2 dies', at: CRASH },
    { id: 'waiting', title: 'Its orders wait', at: atS(6) },
    {
      id: 'takeover',
      title: 'Another broker leads',
      at: instant(CRASH + numberOf(values, KAFKA_PARAMETERS.brokerSessionTimeout)),
    },
    { id: 'restart', title: 'It is back', at: RESTART },
    { id: 'in-sync', title: 'Its copies are in sync again', at: atMs(14_100) },
  ],
});
