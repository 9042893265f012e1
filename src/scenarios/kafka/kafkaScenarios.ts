// The scenes of Kafka's cluster, in the order in which they are learnt.

import type { Scenario } from '../defineScenario';
import { compaction } from './compaction';
import { eventSourcing } from './eventSourcing';
import { retention } from './retention';
import { requestReply } from './systems/requestReply';
import { scaleBrokers } from './systems/scaleBrokers';

export const KAFKA_SCENARIOS: readonly Scenario[] = [
  retention,
  compaction,
  requestReply,
  scaleBrokers,
  eventSourcing,
];
