// The one written form of a duration: an integer with `us`, `ms` or `s`.

import { microseconds, type SimDuration } from './simTime';

const MICROSECONDS_PER_UNIT: Readonly<Record<string, number>> = { us: 1, ms: 1_000, s: 1_000_000 };

/** Reads `12s`, `250ms` or `40us`; null when the text is anything else. */
export function parseDuration(text: string): SimDuration | null {
  const match = /^(\d{1,12})(us|ms|s)$/.exec(text);
  if (!match) return null;
  const count = Number(match[1]) * (MICROSECONDS_PER_UNIT[match[2] ?? ''] ?? Number.NaN);
  return Number.isSafeInteger(count) ? microseconds(count) : null;
}

/**
 * Writes a duration in the largest unit that keeps it whole, so that `parseDuration` reads it back.
 */
export function formatDuration(duration: number): string {
  if (duration % 1_000_000 === 0) return `${duration / 1_000_000}s`;
  return duration % 1_000 === 0 ? `${duration / 1_000}ms` : `${duration}us`;
}
