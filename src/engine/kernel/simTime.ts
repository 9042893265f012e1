// Simulated time as whole microseconds; durationText.ts writes it down.

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
