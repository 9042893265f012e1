// A service dies between its work and its commit: whether an order has its effect twice, never or
// once follows from when it commits, and whether it does so in a transaction.

import { seconds } from '../../../engine/index';
import { defineScenario, type ParameterDefinition } from '../../defineScenario';
import { KAFKA_PARAMETERS } from '../../kafkaParameters';
import { choice } from '../../parameterKinds';
import { textOf } from '../../parameters';
import { atMs } from '../../sceneParts';
import {
  AGAIN,
  CRASH,
  RESTART,
  SERVICE_PARAMETERS,
  SERVICE_PEOPLE,
  serviceScene,
} from './orderService';

const TRANSACTIONS: ParameterDefinition = {
  name: 'transactions',
  label: 'Transactions',
  ...choice(['off', 'on']),
  default: 'off',
  setting: null,
  isLive: false,
  help: 'On: what is written and that it was read are committed together, or not at all.',
};

export const deliverySemantics = defineScenario({
  id: 'delivery-semantics',
  title: 'Once, twice, never',
  question: 'Ben dies between work and commit. Is the work done once?',
  stages: ['websocket', 'kafka'],
  stageView: 'cluster',
  parameters: [
    KAFKA_PARAMETERS.commit,
    TRANSACTIONS,
    KAFKA_PARAMETERS.maxPollRecords,
    ...SERVICE_PARAMETERS,
  ],
  people: SERVICE_PEOPLE.map(({ id }) => id),
  disconnectTarget: 'C',
  scene: ({ values }) =>
    serviceScene(values, {
      transactionalId: textOf(values, TRANSACTIONS) === 'on' ? 'billing-1' : null,
      set: { isolationLevel: 'read_committed', transactionTimeout: seconds(5) },
    }),
  bookmarks: () => [
    { id: 'work', title: 'Read, work, write, commit', at: atMs(2_150) },
    { id: 'crash', title: 'Ben dies with a poll half done', at: CRASH },
    { id: 'back', title: 'Ben is back', at: RESTART },
    { id: 'again', title: 'Ben goes on where he had committed', at: AGAIN },
    { id: 'done', title: 'What Cy has got', at: atMs(15_000) },
  ],
});
