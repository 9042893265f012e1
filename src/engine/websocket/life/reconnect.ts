// How long a client waits before it dials again: truncated binary exponential backoff with jitter;
// dials nothing.

import { microseconds, milliseconds, type SimDuration } from '../../kernel/simTime';
import type { SocketSettings } from '../socketScene';
import { GOING_AWAY } from '../wire/closeCodes';

/** No timer of a program is shorter. */
const SHORTEST = milliseconds(1);

type BackoffSettings = Pick<SocketSettings, 'reconnectDelay' | 'reconnectMax' | 'reconnectJitter'>;

/**
 * Wait before try number `tries`, from 0, with `fraction` drawn from (0, 1]. The wait doubles with
 * each try; jitter makes it shorter or longer by as many percent at most, and the maximum holds for
 * what comes of it, as in Socket.IO's client (RFC 6455 §7.2.3).
 */
export function reconnectDelay(
  { reconnectDelay: first, reconnectMax, reconnectJitter }: BackoffSettings,
  tries: number,
  fraction: number,
): SimDuration {
  let delay = first;
  for (let again = 0; again < tries && delay < reconnectMax; again += 1) delay *= 2;
  const off = delay * (reconnectJitter / 100) * (2 * fraction - 1);
  return microseconds(Math.round(Math.max(SHORTEST, Math.min(reconnectMax, delay + off))));
}

/** Codes that say: come again later, or elsewhere. */
const COME_AGAIN: readonly number[] = [GOING_AWAY, 1011, 1012, 1013];

/** Whether a client comes back after an end that it did not ask for itself. */
export const comesBack = (code: number, wasClean: boolean): boolean =>
  !wasClean || COME_AGAIN.includes(code);
