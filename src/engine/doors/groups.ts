// The engine's second door: what only scenes with groups, transactions, compaction or topics
// of several partitions need, so that the first view does not carry it.

import type { SceneProtocols } from '../actors/kafkaProgram';
import { transactionalProgram } from '../actors/transactionalProgram';
import { TopicPartitioner } from '../kafka/client/producing/topicPartitioner';
import { LogCompactor } from '../kafka/cluster/replication/logCompactor';
import { GROUP_PROTOCOLS as PROTOCOLS } from '../kafka/group/groupProtocols';

export const GROUP_PROTOCOLS: SceneProtocols = {
  ...PROTOCOLS,
  transactionalProgram,
  createPartitioner: (parts) => new TopicPartitioner(parts),
  createCompactor: (cluster) => new LogCompactor(cluster),
};
