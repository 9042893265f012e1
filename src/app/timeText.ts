// Writes simulated times for people: milliseconds in short scenes, seconds in long ones.

const LONG_SCENE_US = 2_000_000;

const isLong = (horizonUs: number): boolean => horizonUs >= LONG_SCENE_US;

/** "132 ms", or "12.0 s" in a scene of seconds. */
export function timeText(timeUs: number, horizonUs: number): string {
  return isLong(horizonUs)
    ? `${(timeUs / 1_000_000).toFixed(1)} s`
    : `${Math.round(timeUs / 1_000)} ms`;
}

/** The scene's length in the unit of `timeText`, without the unit. */
export function horizonText(horizonUs: number): string {
  return String(Math.round(horizonUs / (isLong(horizonUs) ? 1_000_000 : 1_000)));
}

const DAY_US = 86_400_000_000;

/** Below this many milliseconds a tenth of one counts. */
const SHORT_MS = 10;

/** A length of time as it is spoken of: "7 days", "3.2 s", "40 ms", "1.5 ms". */
export function lengthText(lengthUs: number): string {
  if (lengthUs >= DAY_US) return `${Math.round(lengthUs / DAY_US)} days`;
  if (lengthUs >= 1_000_000) return `${(lengthUs / 1_000_000).toFixed(1)} s`;
  const milliseconds = lengthUs / 1_000;
  return `${milliseconds < SHORT_MS ? Math.round(milliseconds * 10) / 10 : Math.round(milliseconds)} ms`;
}
