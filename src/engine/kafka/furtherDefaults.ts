// Kafka 4.3's other defaults: of what the engine has no setting for, told beside its parameters.

import type { DefaultsByScope } from './defaults';

/**
 * By the same scopes, and those of share groups, network threads and transactions; in Kafka's own
 * units.
 */
export const FURTHER_DEFAULTS = {
  producer: {
    'enable.idempotence': true,
    'buffer.memory': 33_554_432,
    'retry.backoff.max.ms': 1_000,
    'max.block.ms': 60_000,
    'max.request.size': 1_048_576,
    'compression.type': 'none',
    'partitioner.class': null,
    'partitioner.adaptive.partitioning.enable': true,
    'partitioner.availability.timeout.ms': 0,
    'partitioner.ignore.keys': false,
    'metadata.max.age.ms': 300_000,
    'metadata.max.idle.ms': 300_000,
    'connections.max.idle.ms': 540_000,
    'transactional.id': null,
    'reconnect.backoff.ms': 50,
    'reconnect.backoff.max.ms': 1_000,
  },
  consumer: {
    'fetch.max.bytes': 52_428_800,
    'max.partition.fetch.bytes': 1_048_576,
    'enable.auto.commit': true,
    'group.remote.assignor': null,
    'partition.assignment.strategy': ['RangeAssignor', 'CooperativeStickyAssignor'],
    'request.timeout.ms': 30_000,
    'default.api.timeout.ms': 60_000,
    'allow.auto.create.topics': true,
    'share.acknowledgement.mode': 'implicit',
    'share.acquire.mode': 'batch_optimized',
  },
  'broker/topic': {
    'num.partitions': 1,
    'log.segment.delete.delay.ms': 60_000,
    'log.flush.interval.messages': 9_223_372_036_854_775_807n,
    'auto.create.topics.enable': true,
    'message.max.bytes': 1_048_588,
    'log.message.timestamp.after.max.ms': 3_600_000,
    'log.message.timestamp.type': 'CreateTime',
    'log.initial.task.delay.ms': 30_000,
    'min.compaction.lag.ms': 0,
    'unclean.leader.election.enable': false,
  },
  broker: {
    'default.replication.factor': 1,
    'replica.fetch.wait.max.ms': 500,
    'replica.fetch.min.bytes': 1,
    'replica.fetch.backoff.ms': 1_000,
    'replica.high.watermark.checkpoint.interval.ms': 5_000,
    'auto.leader.rebalance.enable': true,
    'unclean.leader.election.interval.ms': 300_000,
  },
  'broker/group': {
    'offsets.retention.minutes': 10_080,
    'offsets.retention.check.interval.ms': 600_000,
    'group.min.session.timeout.ms': 6_000,
    'group.max.session.timeout.ms': 1_800_000,
    'offsets.topic.replication.factor': 3,
    'group.consumer.session.timeout.ms': 45_000,
    'group.consumer.heartbeat.interval.ms': 5_000,
    'group.consumer.assignors': ['uniform', 'range'],
    'group.consumer.migration.policy': 'bidirectional',
    'group.share.session.timeout.ms': 45_000,
    'group.share.heartbeat.interval.ms': 5_000,
  },
  'broker/share': {
    'group.share.delivery.count.limit': 5,
    'group.share.record.lock.duration.ms': 30_000,
    'group.share.partition.max.record.locks': 2_000,
  },
  'broker/network': {
    'num.network.threads': 3,
    'num.io.threads': 8,
    'queued.max.requests': 500,
    'connections.max.idle.ms': 600_000,
  },
  'broker/txn': {
    'transaction.max.timeout.ms': 900_000,
    'transactional.id.expiration.ms': 604_800_000,
    'transaction.state.log.replication.factor': 3,
    'transaction.state.log.min.isr': 2,
    'producer.id.expiration.ms': 86_400_000,
  },
} as const satisfies DefaultsByScope;
