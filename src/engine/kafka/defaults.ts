// Kafka 4.3's defaults that the engine starts from, by scope and configuration name, in Kafka's own
// units; converts none.

/** A name without unit counts bytes, replicas, threads or tries; ratios are 0–1; null: not set. */
type Default = string | number | bigint | boolean | null | readonly string[];

/** By scope and configuration name. */
export type DefaultsByScope = Readonly<Record<string, Readonly<Record<string, Default>>>>;

/** The scopes say where Kafka defines a name: in a client, or in a broker and for what there. */
export const KAFKA_DEFAULTS = {
  producer: {
    acks: 'all',
    'linger.ms': 5,
    'batch.size': 16_384,
    retries: 2_147_483_647,
    'delivery.timeout.ms': 120_000,
    'request.timeout.ms': 30_000,
    'max.in.flight.requests.per.connection': 5,
    'retry.backoff.ms': 100,
    'transaction.timeout.ms': 60_000,
  },
  consumer: {
    'fetch.min.bytes': 1,
    'fetch.max.wait.ms': 500,
    'max.poll.records': 500,
    'max.poll.interval.ms': 300_000,
    'session.timeout.ms': 45_000,
    'heartbeat.interval.ms': 3_000,
    'auto.commit.interval.ms': 5_000,
    'auto.offset.reset': 'latest',
    'isolation.level': 'read_uncommitted',
    'group.protocol': 'classic',
  },
  'broker/topic': {
    'min.insync.replicas': 1,
    'log.cleanup.policy': 'delete',
    'log.retention.bytes': -1,
    'log.retention.check.interval.ms': 300_000,
    'segment.bytes': 1_073_741_824,
    'segment.ms': 604_800_000,
    'retention.ms': 604_800_000,
    'delete.retention.ms': 86_400_000,
    'min.cleanable.dirty.ratio': 0.5,
  },
  broker: {
    'replica.lag.time.max.ms': 30_000,
    'leader.imbalance.check.interval.seconds': 300,
  },
  'broker/group': {
    'group.initial.rebalance.delay.ms': 3_000,
  },
  'broker/kraft': {
    'broker.heartbeat.interval.ms': 2_000,
    'broker.session.timeout.ms': 9_000,
  },
} as const satisfies DefaultsByScope;
