// From a source over a transformer to two sinks, each step over a topic; the transformer crashes on
// the way, and a third sink comes later without anybody else being told.

import { microseconds, milliseconds } from '../../../engine/index';
import { defineScenario } from '../../defineScenario';
import { KAFKA_PARAMETERS } from '../../kafkaParameters';
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

const RAW = 'raw';
const CLEAN = 'clean';

/** Ben's record of that moment lies in the second topic, and he has not committed it yet. */
const CRASH = atMs(1_300);
const RESTART = atMs(2_300);
const ARRIVAL = atMs(3_500);

const sink = { writes: false, readsFrom: [CLEAN] };
const people = [
  participant(0, { reads: false, writesTo: RAW }),
  participant(1, { writesTo: CLEAN, readsFrom: [RAW] }),
  participant(2, sink),
  participant(3, sink),
  participant(4, { ...sink, joinsAt: ARRIVAL }),
];
const wants = everyoneSays(people.slice(0, 1), {
  count: 40,
  first: atMs(250),
  gap: milliseconds(100),
});

const WORK = withDefault(PARAMETERS.processing, milliseconds(5));

export const pipeline = defineScenario({
  id: 'pipeline',
  title: 'A pipeline',
  question: 'The middle step crashes. Do both ends get everything?',
  stages: ['websocket', 'kafka'],
  stageView: 'cluster',
  parameters: [
    withDefault(KAFKA_PARAMETERS.enableAutoCommit, 'off'),
    KAFKA_PARAMETERS.commit,
    WORK,
    PARAMETERS.autoOffsetReset,
    PARAMETERS.acks,
    PARAMETERS.replicationFactor,
    PARAMETERS.linger,
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
      workload: workloadOf(wants, {
        forwarders: ['B'],
        processingOf: { B: microseconds(numberOf(values, WORK)) },
      }),
      settings: settingsOf(values, { standingFetches: 1 }),
      kafka: clusterOf(values, {
        topics: [
          { id: RAW, partitions: 1, firstBroker: 0 },
          { id: CLEAN, partitions: 1, firstBroker: 1 },
        ],
      }),
      script: [
        { at: CRASH, kind: 'crash', target: 'B' },
        { at: RESTART, kind: 'restart', target: 'B' },
      ],
      horizon: atMs(5_000),
    }),
  bookmarks: () => [
    { id: 'step', title: 'One record on its way', at: atMs(265) },
    { id: 'crash', title: 'Ben, in the middle, crashes', at: CRASH },
    { id: 'waiting', title: 'The first topic keeps what comes', at: atMs(2_200) },
    { id: 'restart', title: 'Ben is back', at: RESTART },
    { id: 'arrival', title: 'Eli comes: nobody else is told', at: ARRIVAL },
    { id: 'end', title: 'What each sink has', at: atMs(4_900) },
  ],
});
