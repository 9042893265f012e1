// Simulated time as whole microseconds, and its one written form: an integer with `us`, `ms` or
// `s`.

/**
 * An instant in microseconds since the start of the scene; the opening handshakes happen before 0.
 */
export type SimTime = number & { readonly simTime: unique symbol };

/** A length of time in microseconds. */
export type SimDuration = number & { readonly simDuration: unique symbol };

export const microseconds = (count: number): SimDuration => count as SimDuration;
export const milliseconds = (count: number): SimDuration => (count * 1_000) as SimDuration;
export const seconds = (count: number): SimDuration => (count * 1_000_000) as SimDuration;

/** The instant `count` microseconds after the start of the scene. */
export const instant = (count: number): SimTime => count as SimTime;

export const later = (time: SimTime, duration: SimDuration): SimTime =>
  (time + duration) as SimTime;

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
