// The six cases of the documents, one at a time, on WebSocket, on Kafka and on both together: what
// each would have come to, whatever one chooses.

import { raiseKafka } from '../../engine/doors/fleet';
import { raiseTogether } from '../../engine/doors/together';
import { milliseconds, type Scene, type TopicScene } from '../../engine/index';
import { defineScenario, type ParameterDefinition } from '../defineScenario';
import { choice } from '../parameterKinds';
import { numberOf, PARAMETERS, textOf, withDefault } from '../parameters';
import { atMs, clusterOf, comparison, workloadOf } from '../sceneParts';
import { settingsOf } from '../settingsOf';
import { TOGETHER_PARAMETERS } from './togetherParameters';
import { findUseCase, USE_CASES } from './useCases';

/** It needs both, and shows what each of the two lacks. */
const FIRST_CASE = 'notifications';

const CASE: ParameterDefinition = {
  name: 'case',
  label: 'Case',
  ...choice(USE_CASES.map(({ id }) => id)),
  default: FIRST_CASE,
  setting: null,
  isLive: false,
  help: 'What it is for: each runs on WebSocket, on Kafka, and on both together.',
};

const topic = (id: string): TopicScene => ({ id, partitions: 1, firstBroker: 0 });

export const choose = defineScenario({
  id: 'choose',
  title: 'Choose the tool',
  question: 'One job, three ways to do it. Which would you choose?',
  stages: ['websocket', 'kafka', 'together'],
  stageView: 'together',
  parameters: [
    CASE,
    PARAMETERS.replayWindow,
    TOGETHER_PARAMETERS.resume,
    TOGETHER_PARAMETERS.gateways,
    PARAMETERS.brokers,
    PARAMETERS.replicationFactor,
    PARAMETERS.linger,
    PARAMETERS.acks,
    withDefault(PARAMETERS.fetchMaxWait, milliseconds(100)),
    PARAMETERS.brokerDistance,
    PARAMETERS.distance,
  ],
  people: findUseCase(FIRST_CASE).participants.map(({ id }) => id),
  disconnectTarget: 'B',
  fullest: { gateways: TOGETHER_PARAMETERS.gateways.max },
  scene: ({ values }) => {
    const useCase = findUseCase(textOf(values, CASE));
    const { participants, wants, processingOf, script, needs } = useCase;
    const screens = needs.screens ? participants.filter(({ reads }) => reads) : [];
    return comparison(values, {
      stages: ['websocket', 'kafka', 'together'],
      participants,
      hasRelay: true,
      mode: 'threads',
      workload: workloadOf(wants, { processingOf }),
      settings: settingsOf(values, { standingFetches: 1 }),
      kafka: clusterOf(values, { topics: [topic(useCase.topic)] }),
      script,
      horizon: atMs(5_000),
      raisers: {
        kafka: raiseWithTopicsOfTheirOwn,
        together: raiseTogether({
          gateways: numberOf(values, TOGETHER_PARAMETERS.gateways),
          groups: 'own',
          resume: textOf(values, TOGETHER_PARAMETERS.resume) === 'on',
          browsers: screens.map(({ id }) => id),
          reads: useCase.topic,
          writes: screens.some(({ writes }) => writes) ? useCase.topic : null,
        }),
      },
    });
  },
  bookmarks: () => [
    { id: 'first', title: 'The first message, three ways', at: atMs(312) },
    { id: 'meanwhile', title: 'In the middle of it', at: atMs(1_800) },
    { id: 'after', title: 'What was caught up with', at: atMs(2_900) },
    { id: 'end', title: 'What each has come to', at: atMs(4_900) },
  ],
});

/** On Kafka alone each writes a topic of its own, so that each one's records can be told apart. */
function raiseWithTopicsOfTheirOwn(world: Parameters<typeof raiseKafka>[0], scene: Scene): void {
  const participants = scene.participants.map((one) => ({
    ...one,
    writesTo: null,
    readsFrom: null,
  }));
  raiseKafka(world, { ...scene, participants, kafka: { ...scene.kafka, topics: [] } });
}
