// The scenes of Kafka's cluster, in the order in which they are learnt.

import type { Scenario } from '../defineScenario';
import { compaction } from './compaction';
import { eventSourcing } from './eventSourcing';
import { requestReply } from './requestReply';
import { retention } from './retention';

export const KAFKA_SCENARIOS: readonly Scenario[] = [
  retention,
  compaction,
  requestReply,
  eventSourcing,
];
