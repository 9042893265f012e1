// How often something happens a second, as Kafka's clients measure it; counts nothing itself.

/** `metrics.sample.window.ms` in microseconds; `metrics.num.samples` is 2. */
const WINDOW = 30_000_000;

/** When the older of the two samples begins, in microseconds: what came before it is forgotten. */
export const oldestSample = (now: number): number =>
  Math.max(0, Math.floor(now / WINDOW) - 1) * WINDOW;

/**
 * A second, from `count` since the older sample began. Before one window is full, it counts as
 * full besides what has passed (Kafka 4.3, `Rate.windowSize`).
 */
export function sampledRate(count: number, now: number): number {
  const passed = Math.max(0, now) - oldestSample(now);
  const span = passed < WINDOW ? passed + WINDOW : passed;
  return (count * 1_000_000) / span;
}
