// How long a client waits before it tries again; tries nothing.

import { microseconds, type SimDuration } from '../../kernel/simTime';

/** `retry.backoff.max.ms` is ten times `retry.backoff.ms` by default, and keeps that ratio here. */
const MOST_TIMES = 10;

// Simplified: A client waits twice as long after each try; Kafka makes that up to a fifth longer or
// shorter, at random.
/** The wait after the try of this number, from 1 on: `retry.backoff.ms`, doubled with each. */
export function backoffAfter(tries: number, retryBackoff: SimDuration): SimDuration {
  let times = 1;
  for (let doubled = 1; doubled < tries && times < MOST_TIMES; doubled += 1) times *= 2;
  return microseconds(retryBackoff * Math.min(times, MOST_TIMES));
}
