// The scenes of Kafka's cluster, in the order in which they are learnt.

import type { Scenario } from '../defineScenario';
import { compaction } from './keeping/compaction';
import { eventSourcing } from './keeping/eventSourcing';
import { retention } from './keeping/retention';
import { groups } from './reading/groups';
import { logAggregation } from './systems/logAggregation';
import { requestReply } from './systems/requestReply';
import { scaleBrokers } from './systems/scaleBrokers';

export const KAFKA_SCENARIOS: readonly Scenario[] = [
  groups,
  retention,
  compaction,
  requestReply,
  scaleBrokers,
  eventSourcing,
  logAggregation,
];
