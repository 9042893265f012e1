// Two instances of one service ask another over a topic of requests; the answers come over a topic
// of replies, and each must find its way to the instance that asked.

import { microseconds, milliseconds, type Participant, type Want } from '../../../engine/index';
import {
  defineScenario,
  type ParameterDefinition,
  type ParameterValues,
} from '../../defineScenario';
import { choice, integer } from '../../parameterKinds';
import { numberOf, PARAMETERS, textOf } from '../../parameters';
import { atMs, clusterOf, comparison, PLAIN, participant, workloadOf } from '../../sceneParts';
import { settingsOf } from '../../settingsOf';

const REQUESTS = 'requests';
const REPLIES = 'replies';
const QUESTIONS = 8;

/** By then a group has dealt out its partitions. */
const FIRST = 400;
/** Not a multiple of a round: the two hardly ever meet at the one who answers. */
const APART = 25;

const REPLIES_TO: ParameterDefinition = {
  name: 'replies',
  label: 'Replies go to',
  ...choice(['own', 'shared', 'group']),
  default: 'own',
  setting: null,
  isLive: false,
  help:
    'Own: a partition for each instance. Shared: one that all read for themselves. ' +
    'Group: the instances share the topic, and a reply goes to any of them.',
};
const INSTANCES: ParameterDefinition = {
  name: 'instances',
  label: 'Instances that ask',
  ...integer(1, 2),
  default: 2,
  setting: null,
  isLive: false,
  help: 'How many instances of the asking service run.',
};

const ben = participant(1, { writesTo: REPLIES, readsFrom: [REQUESTS] });
const ALL = ['A', 'B', 'C'];

export const requestReply = defineScenario({
  id: 'request-reply',
  title: 'Question and reply',
  question: 'A question over one topic, the reply over another. Who gets it?',
  stages: ['websocket', 'kafka'],
  stageView: 'cluster',
  parameters: [
    REPLIES_TO,
    INSTANCES,
    PARAMETERS.processing,
    PARAMETERS.linger,
    PARAMETERS.acks,
    PARAMETERS.replicationFactor,
    PARAMETERS.replayWindow,
    PARAMETERS.distance,
    PARAMETERS.brokerDistance,
  ],
  people: ALL,
  disconnectTarget: 'B',
  scene: ({ values }) => {
    const askers = askersOf(values);
    const [ana, ...others] = askers as [Participant, ...Participant[]];
    return comparison(values, {
      participants: [ana, ben, ...others],
      // Answers over WebSocket go back on the connection on which their question came.
      hasRelay: true,
      mode: 'threads',
      workload: workloadOf(askers.map(firstQuestion), {
        dialogue: { askers: askers.map(({ id }) => id), questions: QUESTIONS },
        processing: microseconds(numberOf(values, PARAMETERS.processing)),
      }),
      settings: settingsOf(values, {
        standingFetches: 1,
        initialRebalanceDelay: milliseconds(100),
      }),
      kafka: clusterOf(values, {
        topics: [
          { id: REQUESTS, partitions: 1, firstBroker: 0 },
          {
            id: REPLIES,
            partitions: textOf(values, REPLIES_TO) === 'shared' ? 1 : askers.length,
            firstBroker: 1,
          },
        ],
      }),
      horizon: atMs(1_000),
    });
  },
  bookmarks: () => [
    { id: 'ask', title: 'Ana asks', at: atMs(FIRST) },
    { id: 'websocket-reply', title: 'The reply over WebSocket', at: atMs(FIRST + 42) },
    { id: 'kafka-reply', title: 'The reply over Kafka', at: atMs(FIRST + 58) },
    { id: 'end', title: 'All questions', at: atMs(990) },
  ],
});

function askersOf(values: ParameterValues): Participant[] {
  const to = textOf(values, REPLIES_TO);
  return [0, 2].slice(0, numberOf(values, INSTANCES)).map((place, instance) =>
    participant(place, {
      writesTo: REQUESTS,
      readsFrom: [REPLIES],
      readsPartition: to === 'own' ? instance : null,
      group: to === 'group' ? 'askers' : null,
    }),
  );
}

const firstQuestion = ({ id: from }: Participant, instance: number): Want => ({
  ...{ from, at: atMs(FIRST + instance * APART), replyTo: -1 },
  ...PLAIN,
});
