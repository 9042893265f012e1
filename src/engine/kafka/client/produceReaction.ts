// What a producer does when a batch comes back; how long it then waits is left to the producer.

import { KAFKA_ERRORS, type KafkaError } from '../cluster/errors';

export interface ReturnedBatch {
  readonly error: KafkaError;
  /** Number of records in it. */
  readonly records: number;
  /** How often it was sent again so far. */
  readonly attempts: number;
  /** Time since it was created, in microseconds. */
  readonly age: number;
}

/** What limits the trying: `retries`, and `delivery.timeout.ms` in microseconds. */
export interface RetryLimits {
  readonly retries: number;
  readonly deliveryTimeout: number;
}

/**
 * `split`: send it again in smaller batches, which costs none of the `retries`. A duplicate is a
 * success: the record is in the log (Kafka 4.3, Sender.completeBatch).
 */
export function reactionTo(
  { error, records, attempts, age }: ReturnedBatch,
  { retries, deliveryTimeout }: RetryLimits,
): 'done' | 'split' | 'retry' | 'fail' {
  if (error === 'NONE' || error === 'DUPLICATE_SEQUENCE_NUMBER') return 'done';
  if (error === 'MESSAGE_TOO_LARGE' && records > 1) return 'split';
  const mayRetry = KAFKA_ERRORS[error].isRetriable && attempts < retries;
  return mayRetry && age < deliveryTimeout ? 'retry' : 'fail';
}
