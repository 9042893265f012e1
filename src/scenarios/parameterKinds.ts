// The kinds of parameters, so that each definition says only what is its own.

export const choice = (options: readonly string[]) =>
  ({ type: 'choice', unit: null, min: null, max: null, options }) as const;
/** Whole microseconds, both bounds included. */
export const duration = (min: number, max: number) =>
  ({ type: 'duration', unit: 'us', min, max, options: [] }) as const;
export const integer = (min: number, max: number, unit: string | null = null) =>
  ({ type: 'integer', unit, min, max, options: [] }) as const;
