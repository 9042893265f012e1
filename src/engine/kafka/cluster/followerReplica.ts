// What a follower makes of its leader's fetch response; the leader's side is leaderReplica.ts.

import type { LeaderEpochs } from '../log/leaderEpochs';
import type { Divergence } from './leaderReplica';

/**
 * A follower's high watermark: what the response says, as far as its own log goes. It is a fetch
 * behind the leader's (Kafka 4.3, ReplicaFetcherThread).
 */
export function followerHighWatermark(leaderHighWatermark: number, logEnd: number): number {
  return Math.min(leaderHighWatermark, logEnd);
}

/**
 * The offset to which a follower cuts its log before it fetches again: the smaller end of the epoch
 * that the leader named, or, if it lacks that epoch, the end of its own latest before it (KIP-279).
 * By epoch and not by watermark: what was committed is never cut (KIP-101).
 */
export function truncationOffset(
  divergence: Divergence,
  epochs: LeaderEpochs,
  logEnd: number,
): number {
  const own = epochs.endOf(divergence.epoch, logEnd);
  const isSameEpoch = own.epoch === divergence.epoch;
  if (own.epoch >= 0 && !isSameEpoch) return Math.min(own.endOffset, logEnd);
  const ownEnd = isSameEpoch ? own.endOffset : logEnd;
  return Math.min(divergence.endOffset, ownEnd, logEnd);
}
