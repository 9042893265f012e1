// Stops a run that has broken its own rules; user errors never come through here.

/**
 * Throws when an invariant of the model does not hold: always a fault of the engine, never of its
 * input.
 */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`Engine fault: ${message}`);
}

/** Returns `value`, or throws when the model holds nothing where it must hold something. */
export function present<T>(value: T | undefined | null, message: string): T {
  if (value === undefined || value === null) throw new Error(`Engine fault: ${message}`);
  return value;
}
