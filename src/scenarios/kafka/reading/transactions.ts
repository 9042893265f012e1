// A service reads orders and writes invoices in transactions with its offsets, and dies in the
// middle of one; whether the reader of the invoices sees that half is its isolation level's matter.

import { seconds } from '../../../engine/index';
import { defineScenario } from '../../defineScenario';
import { KAFKA_PARAMETERS } from '../../kafkaParameters';
import { withDefault } from '../../parameters';
import { atMs, atS } from '../../sceneParts';
import {
  AGAIN,
  CRASH,
  RESTART,
  SERVICE_PARAMETERS,
  SERVICE_PEOPLE,
  serviceScene,
} from './orderService';

export const transactions = defineScenario({
  id: 'transactions',
  title: 'Transactions',
  question: 'Ben dies with half his invoices written. Who sees that half?',
  stages: ['websocket', 'kafka'],
  stageView: 'cluster',
  parameters: [
    withDefault(KAFKA_PARAMETERS.isolationLevel, 'read_committed'),
    // Kafka's own minute would outlast the scene.
    withDefault(KAFKA_PARAMETERS.transactionTimeout, seconds(5)),
    ...SERVICE_PARAMETERS,
  ],
  people: SERVICE_PEOPLE.map(({ id }) => id),
  disconnectTarget: 'C',
  scene: ({ values }) => serviceScene(values, { transactionalId: 'billing-1', set: {} }),
  bookmarks: () => [
    { id: 'open', title: 'A transaction is open', at: atMs(2_150) },
    { id: 'crash', title: 'Ben dies in the middle of one', at: CRASH },
    { id: 'held', title: 'Committed readers wait', at: atS(4) },
    { id: 'back', title: 'Ben is back, and aborts it', at: RESTART },
    { id: 'again', title: 'The same orders again', at: AGAIN },
  ],
});
