// The scenes of Kafka's cluster, in the order in which they are learnt.

import type { Scenario } from '../defineScenario';
import { compaction } from './keeping/compaction';
import { eventSourcing } from './keeping/eventSourcing';
import { retention } from './keeping/retention';
import { acks } from './producing/acks';
import { batching } from './producing/batching';
import { brokerCrash } from './producing/brokerCrash';
import { ordering } from './producing/ordering';
import { deliverySemantics } from './reading/deliverySemantics';
import { groups } from './reading/groups';
import { rebalance } from './reading/rebalance';
import { slowConsumer } from './reading/slowConsumer';
import { transactions } from './reading/transactions';
import { hub } from './systems/hub';
import { logAggregation } from './systems/logAggregation';
import { pipeline } from './systems/pipeline';
import { requestReply } from './systems/requestReply';
import { scaleBrokers } from './systems/scaleBrokers';

export const KAFKA_SCENARIOS: readonly Scenario[] = [
  brokerCrash,
  acks,
  groups,
  rebalance,
  ordering,
  batching,
  slowConsumer,
  retention,
  compaction,
  deliverySemantics,
  transactions,
  requestReply,
  scaleBrokers,
  eventSourcing,
  logAggregation,
  pipeline,
  hub,
];
