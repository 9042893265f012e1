// The configuration of brokers, producers and consumers, by Kafka's own names; changes mid-run
// reach all of them.

import { milliseconds, type SimDuration, seconds } from '../kernel/simTime';
import { KAFKA_DEFAULTS } from './defaults';
import type { Acks, IsolationLevel } from './wire/requests';

/** What a producer is configured with. */
export interface ProducerSettings {
  /** `acks`: who must have a record before its producer hears that it is safe. */
  acks: Acks;
  /** `linger.ms`: longest time that a record waits for company in its batch. */
  linger: SimDuration;
  /** `batch.size`, in bytes, for each partition. */
  batchSize: number;
  /** `max.in.flight.requests.per.connection`. */
  maxInFlight: number;
  /** `enable.idempotence`; works with acks=all and at most five in flight. */
  enableIdempotence: 'on' | 'off';
  /** `retries`. */
  retries: number;
  /** `retry.backoff.ms`: doubles with each try, up to ten times as long. */
  retryBackoff: SimDuration;
  /** `request.timeout.ms`. */
  requestTimeout: SimDuration;
  /** `delivery.timeout.ms`: from the hand-over until the producer gives a record up. */
  deliveryTimeout: SimDuration;
  /** `transaction.timeout.ms`. */
  transactionTimeout: SimDuration;
}

/** What a consumer is configured with. */
export interface ConsumerSettings {
  /** `fetch.min.bytes`. */
  fetchMinBytes: number;
  /** `fetch.max.wait.ms`: longest time that a fetch waits at the broker for data. */
  fetchMaxWait: SimDuration;
  /** `max.poll.records`. */
  maxPollRecords: number;
  /** `max.poll.interval.ms`: longest time between two polls before the group gives a member up. */
  maxPollInterval: SimDuration;
  /** `auto.offset.reset`: where a reader without a valid position starts. */
  autoOffsetReset: 'earliest' | 'latest';
  /** `enable.auto.commit`. */
  enableAutoCommit: 'on' | 'off';
  /** `auto.commit.interval.ms`. */
  autoCommitInterval: SimDuration;
  /** Without auto commit: whether offsets are committed before or after the work on what was read. */
  commit: 'before' | 'after';
  /** `isolation.level`. */
  isolationLevel: IsolationLevel;
  /** `group.protocol`: classic, or KIP-848's consumer. */
  groupProtocol: 'classic' | 'consumer';
  /** `partition.assignment.strategy`, or the server's assignor with `group.protocol` consumer. */
  assignor: 'range' | 'roundrobin' | 'sticky' | 'cooperative-sticky' | 'uniform';
  /** `session.timeout.ms`, and the broker's for `group.protocol` consumer. */
  sessionTimeout: SimDuration;
  /** `heartbeat.interval.ms`. */
  heartbeatInterval: SimDuration;
  /** `group.initial.rebalance.delay.ms`, of the broker. */
  initialRebalanceDelay: SimDuration;
}

/** What brokers, the controller and topics are configured with. */
export interface BrokerSettings {
  /** `min.insync.replicas`. */
  minInsyncReplicas: number;
  /** `replica.lag.time.max.ms`. */
  replicaLagTimeMax: SimDuration;
  /** `unclean.leader.election.enable`. */
  uncleanLeaderElection: 'on' | 'off';
  /** `broker.heartbeat.interval.ms`. */
  brokerHeartbeatInterval: SimDuration;
  /** `broker.session.timeout.ms`. */
  brokerSessionTimeout: SimDuration;
  /** `leader.imbalance.check.interval.seconds`, in microseconds; preferred leaders come back. */
  leaderImbalanceCheckInterval: SimDuration;
  /** `cleanup.policy`. */
  cleanupPolicy: 'delete' | 'compact';
  /** `retention.ms`: age from which a segment may be deleted. */
  retention: SimDuration;
  /** `retention.bytes` of a partition; -1: no limit. */
  retentionBytes: number;
  /** `segment.bytes`. */
  segmentBytes: number;
  /** `segment.ms`. */
  segmentTime: SimDuration;
  /** `log.retention.check.interval.ms`. */
  retentionCheckInterval: SimDuration;
  /** `delete.retention.ms`: how long compaction keeps a tombstone. */
  deleteRetention: SimDuration;
  /** `min.cleanable.dirty.ratio`, 0–1. */
  minCleanableDirtyRatio: number;
  /** Time that the leader needs to append one record: a broker's capacity is its inverse. */
  append: SimDuration;
  /**
   * Off: a contrast that no Kafka offers; the topic keeps nothing beyond the readers connected now.
   */
  durability: 'on' | 'off';
}

/** Defaults are Kafka 4.3's unless a scenario says otherwise; durations in microseconds. */
export type KafkaSettings = ProducerSettings & ConsumerSettings & BrokerSettings;

const { producer, consumer, broker } = KAFKA_DEFAULTS;
const topic = KAFKA_DEFAULTS['broker/topic'];
const kraft = KAFKA_DEFAULTS['broker/kraft'];

/** What holds where a scene says nothing. */
export const DEFAULT_KAFKA_SETTINGS: Readonly<KafkaSettings> = {
  acks: producer.acks,
  linger: milliseconds(producer['linger.ms']),
  batchSize: producer['batch.size'],
  maxInFlight: producer['max.in.flight.requests.per.connection'],
  enableIdempotence: 'on',
  retries: producer.retries,
  retryBackoff: milliseconds(producer['retry.backoff.ms']),
  requestTimeout: milliseconds(producer['request.timeout.ms']),
  deliveryTimeout: milliseconds(producer['delivery.timeout.ms']),
  transactionTimeout: milliseconds(producer['transaction.timeout.ms']),
  fetchMinBytes: consumer['fetch.min.bytes'],
  fetchMaxWait: milliseconds(consumer['fetch.max.wait.ms']),
  maxPollRecords: consumer['max.poll.records'],
  maxPollInterval: milliseconds(consumer['max.poll.interval.ms']),
  autoOffsetReset: consumer['auto.offset.reset'],
  enableAutoCommit: 'on',
  autoCommitInterval: milliseconds(consumer['auto.commit.interval.ms']),
  commit: 'after',
  isolationLevel: consumer['isolation.level'],
  groupProtocol: consumer['group.protocol'],
  assignor: 'range',
  sessionTimeout: milliseconds(consumer['session.timeout.ms']),
  heartbeatInterval: milliseconds(consumer['heartbeat.interval.ms']),
  initialRebalanceDelay: milliseconds(
    KAFKA_DEFAULTS['broker/group']['group.initial.rebalance.delay.ms'],
  ),
  minInsyncReplicas: topic['min.insync.replicas'],
  replicaLagTimeMax: milliseconds(broker['replica.lag.time.max.ms']),
  uncleanLeaderElection: 'off',
  brokerHeartbeatInterval: milliseconds(kraft['broker.heartbeat.interval.ms']),
  brokerSessionTimeout: milliseconds(kraft['broker.session.timeout.ms']),
  leaderImbalanceCheckInterval: seconds(broker['leader.imbalance.check.interval.seconds']),
  cleanupPolicy: topic['log.cleanup.policy'],
  retention: milliseconds(topic['retention.ms']),
  retentionBytes: topic['log.retention.bytes'],
  segmentBytes: topic['segment.bytes'],
  segmentTime: milliseconds(topic['segment.ms']),
  retentionCheckInterval: milliseconds(topic['log.retention.check.interval.ms']),
  deleteRetention: milliseconds(topic['delete.retention.ms']),
  minCleanableDirtyRatio: topic['min.cleanable.dirty.ratio'],
  // A record is in the page cache at once; Kafka names no time for it.
  append: milliseconds(0),
  durability: 'on',
};
