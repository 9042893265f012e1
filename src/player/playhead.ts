// Where the playhead goes: pure functions from a time to another time.

import type { SimTime, TraceIndex } from '../engine/index';
import { instant, stepAfter, stepBefore } from '../engine/index';
import type { Pace } from './pace';
import { timeOnScreen } from './pace';

export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;
export type Speed = (typeof SPEEDS)[number];

/** Into [0, horizon], in whole microseconds; what is no number becomes 0. */
export function clamp(timeUs: number, horizon: SimTime): SimTime {
  if (Number.isNaN(timeUs)) return instant(0);
  return instant(Math.round(Math.min(Math.max(timeUs, 0), horizon)));
}

/** Where the playhead stands after `elapsedMs` of screen at `speed`, and the same on the screen's scale. */
export function advance(
  pace: Pace,
  screenMs: number,
  step: { readonly elapsedMs: number; readonly speed: Speed },
): { readonly screenMs: number; readonly timeUs: number } {
  const next = screenMs + step.elapsedMs * step.speed;
  return { screenMs: next, timeUs: timeOnScreen(pace, next) };
}

/** The next instant that matters; after the last one, the end of the run. */
export function stepForward(index: TraceIndex, time: SimTime): SimTime {
  const { horizon } = index.trace;
  return clamp(stepAfter(index, time) ?? horizon, horizon);
}

/** The previous instant that matters; before the first one, the start of the scene. */
export function stepBack(index: TraceIndex, time: SimTime): SimTime {
  return clamp(stepBefore(index, time) ?? 0, index.trace.horizon);
}

/** The first bookmark after `time`, or null when none follows. */
export function nextBookmark(
  bookmarks: readonly { readonly at: SimTime }[],
  time: SimTime,
): SimTime | null {
  const later = bookmarks.map((bookmark) => bookmark.at).filter((at) => at > time);
  return later.length === 0 ? null : instant(Math.min(...later));
}
