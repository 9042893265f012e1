// The configuration of brokers, producers and consumers, by Kafka's own names; changes mid-run
// reach all of them.

import type { SimDuration } from '../kernel/simTime';

/** Defaults are Kafka 4.3's unless a scenario says otherwise; durations in microseconds. */
export interface KafkaSettings {
  /** `acks`: who must have a record before its producer hears that it is safe. */
  acks: '0' | '1' | 'all';
  /** `linger.ms`: longest time that a record waits for company in its batch. */
  linger: SimDuration;
  /** `retention.ms`: age from which a record may be deleted. */
  retention: SimDuration;
  /** `auto.offset.reset`: where a reader without a valid position starts. */
  autoOffsetReset: 'earliest' | 'latest';
  /** `fetch.max.wait.ms`: longest time that a fetch waits at the broker for data. */
  fetchMaxWait: SimDuration;
  /** Time from append to the high watermark: what copying to the followers costs. */
  replication: SimDuration;
  /**
   * Off: a contrast that no Kafka offers; the topic keeps nothing beyond the readers connected now.
   */
  durability: 'on' | 'off';
}

/** `batch.size`, in bytes. */
export const BATCH_SIZE_BYTES = 16_384;
/** `max.in.flight.requests.per.connection`. */
export const MAX_IN_FLIGHT_REQUESTS = 5;
/** `auto.commit.interval.ms`, in microseconds. */
export const AUTO_COMMIT_INTERVAL = 5_000_000;
