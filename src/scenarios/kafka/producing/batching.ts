// Ana says several things at once, Ben one thing at a time: what a batch costs, and what it saves.

import { instant, milliseconds, type Want } from '../../../engine/index';
import type { ParameterDefinition } from '../../defineScenario';
import { defineScenario } from '../../defineScenario';
import { KAFKA_PARAMETERS } from '../../kafkaParameters';
import { integer } from '../../parameterKinds';
import { numberOf, PARAMETERS } from '../../parameters';
import {
  atMs,
  clusterOf,
  comparison,
  everyoneSays,
  participant,
  workloadOf,
} from '../../sceneParts';
import { settingsOf } from '../../settingsOf';

const BURST: ParameterDefinition = {
  name: 'burst',
  label: 'Ana’s messages at once',
  ...integer(1, 100),
  default: 5,
  setting: null,
  isLive: false,
  help: 'How many messages Ana hands over at one instant, ten times a second.',
};

/** Each writes a topic of their own, which the other one reads. */
const people = [participant(0), participant(1)];
const [ana, ben] = people.map((person) => [person]);
const ROUNDS = 10;
const GAP = milliseconds(100);
const FIRST = atMs(100);

export const batching = defineScenario({
  id: 'batching',
  title: 'Batches',
  question: 'Records wait for each other and leave together. What does it save?',
  stages: ['websocket', 'kafka'],
  parameters: [
    PARAMETERS.linger,
    KAFKA_PARAMETERS.batchSize,
    BURST,
    PARAMETERS.replicationFactor,
    PARAMETERS.acks,
    KAFKA_PARAMETERS.maxInFlight,
    PARAMETERS.distance,
    PARAMETERS.brokerDistance,
  ],
  people: people.map(({ id }) => id),
  disconnectTarget: 'B',
  scene: ({ values }) =>
    comparison(values, {
      participants: people,
      mode: 'threads',
      workload: workloadOf(wantsOf(numberOf(values, BURST))),
      settings: settingsOf(values, { standingFetches: 1 }),
      kafka: clusterOf(values),
      // The last record of all may have to wait as long as it may.
      horizon: instant(atMs(1_500) + numberOf(values, PARAMETERS.linger)),
    }),
  bookmarks: () => [
    { id: 'together', title: 'Ana’s records leave together', at: atMs(110) },
    { id: 'alone', title: 'Ben’s record leaves alone', at: atMs(160) },
    { id: 'end', title: 'Everything is there', at: atMs(1_100) },
  ],
});

/** Ana's bursts, and half a round later Ben's word. */
function wantsOf(burst: number): Want[] {
  const bursts = everyoneSays(ana ?? [], { count: ROUNDS, first: FIRST, gap: GAP });
  const words = everyoneSays(ben ?? [], { count: ROUNDS, first: atMs(150), gap: GAP });
  return [...bursts.flatMap((want) => Array.from({ length: burst }, () => want)), ...words];
}
