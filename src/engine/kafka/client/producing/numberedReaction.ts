// What an idempotent producer does when a broker refuses a batch for its number; the rest of the
// reactions are produceReaction's.

import type { KafkaError } from '../../cluster/errors';
import type { RecordBatch } from '../../wire/requests';
import type { PartitionQueue } from './partitionQueue';
import type { ProducerBatch } from './producerBatch';

/**
 * `begin anew`: the broker cannot go on from the numbers that it knows, so the partition's batches
 * are numbered anew under the next epoch. Null: the error does not speak of numbers.
 *
 * A batch that is refused while another before it is unsettled only came too early, and one that
 * bears another number by now was refused for the old one (Kafka 4.3, TransactionManager.canRetry).
 *
 * @param wire the batch as it was sent with the answered request.
 */
export function numberedReaction(
  queue: PartitionQueue,
  batch: ProducerBatch,
  { error, wire }: { readonly error: KafkaError; readonly wire: RecordBatch },
): 'retry' | 'begin anew' | 'fenced' | 'fail' | null {
  const isOutOfOrder = error === 'OUT_OF_ORDER_SEQUENCE_NUMBER';
  if (wire.producerId < 0 || (!isOutOfOrder && error !== 'INVALID_PRODUCER_EPOCH')) return null;
  if (isOutOfOrder && queue.unacknowledged[0] !== batch) return 'retry';
  if (wire !== batch.wire) return 'retry';
  if (!wire.isTransactional) return 'begin anew';
  return isOutOfOrder ? 'fail' : 'fenced';
}
