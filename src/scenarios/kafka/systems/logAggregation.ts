// Six hosts write their log lines to one topic, by the host's name as the key; an archive reads all
// of them, and is away for a while.

import { instant, milliseconds } from '../../../engine/index';
import { defineScenario } from '../../defineScenario';
import { KAFKA_PARAMETERS } from '../../kafkaParameters';
import { numberOf, PARAMETERS, textOf } from '../../parameters';
import {
  atMs,
  clusterOf,
  comparison,
  everyoneSays,
  participant,
  workloadOf,
} from '../../sceneParts';
import { settingsOf } from '../../settingsOf';

const TOPIC = 'logs';
/** By their hashes two of them share each partition. */
const HOSTS = ['shop', 'web', 'search', 'cart', 'mail', 'db'];
const LINES = 20;
const GAP = milliseconds(100);
/** The hosts do not write in step. */
const STAGGER = milliseconds(7);

const AWAY = atMs(1_000);
const BACK = atMs(1_800);

const hosts = HOSTS.map((_, place) => participant(place, { reads: false, writesTo: TOPIC }));
const archive = participant(HOSTS.length, { writes: false });
const people = [...hosts, archive];
const wants = everyoneSays(people, { count: LINES, first: atMs(200), gap: GAP }).map(
  (want, place) => {
    const host = place % HOSTS.length;
    return { ...want, at: instant(want.at + host * STAGGER), key: host };
  },
);

export const logAggregation = defineScenario({
  id: 'log-aggregation',
  title: 'Log aggregation',
  question: 'Six hosts write lines. Does one archive get all, in order?',
  stages: ['websocket', 'kafka'],
  stageView: 'cluster',
  recordDetail: 'key',
  parameters: [
    KAFKA_PARAMETERS.key,
    KAFKA_PARAMETERS.partitions,
    KAFKA_PARAMETERS.batchSize,
    PARAMETERS.linger,
    PARAMETERS.replicationFactor,
    PARAMETERS.replayWindow,
    PARAMETERS.distance,
  ],
  people: people.map(({ id }) => id),
  disconnectTarget: archive.id,
  scene: ({ values }) => {
    const isKeyed = textOf(values, KAFKA_PARAMETERS.key) === 'set';
    const lines = isKeyed ? wants : wants.map((want) => ({ ...want, key: -1 }));
    return comparison(values, {
      participants: people,
      hasRelay: true,
      mode: 'threads',
      workload: workloadOf(lines),
      settings: settingsOf(values, { standingFetches: 1 }),
      kafka: clusterOf(values, {
        topics: [
          { id: TOPIC, partitions: numberOf(values, KAFKA_PARAMETERS.partitions), firstBroker: 0 },
        ],
        keys: HOSTS,
      }),
      script: [
        { at: AWAY, kind: 'disconnect', target: archive.id },
        { at: BACK, kind: 'reconnect', target: archive.id },
      ],
      horizon: atMs(2_600),
    });
  },
  bookmarks: () => [
    { id: 'lines', title: 'Lines of six hosts', at: atMs(520) },
    { id: 'away', title: 'The archive goes away', at: AWAY },
    { id: 'back', title: 'It is back', at: BACK },
    { id: 'caught-up', title: 'It has every line', at: atMs(1_870) },
  ],
});
