// The stretch of a run that a diagram shows: at first, zoomed, moved, and following the playhead.

import { type Interval, quietStretches, type StageId, type TraceIndex } from '../../engine/index';
import { stageStory } from './story/stageStory';

/** From and to in microseconds, inside the run. */
export type TimeWindow = Interval;

/** A window is no shorter than this, in microseconds. */
const SHORTEST_US = 1_000;
/** So many flights side by side can still be followed one by one. */
const FLIGHTS_SHOWN = 18;
/** A run of little more than a window is shown whole. */
const NEARLY_WHOLE = 1.25;
/** More lines than this are hard to follow. */
const LINES_SHOWN = 240;
/** Where the playhead stands after the window has followed it, as a share of it. */
const BEHIND = 0.25;
/** The window follows before the playhead leaves it. */
const AHEAD = 0.96;

/** The same window, of a length that fits the run, moved inside it. */
export function withinRun({ from, to }: TimeWindow, horizon: number): TimeWindow {
  const length = Math.min(horizon, Math.max(SHORTEST_US, to - from));
  const start = Math.round(Math.max(0, Math.min(horizon - length, from)));
  return { from: start, to: Math.round(start + length) };
}

/** What a reader sees first: a few flights of a talk, or a whole run that is about waiting. */
export function firstWindow(
  index: TraceIndex,
  stages: readonly StageId[],
  time: number,
): TimeWindow {
  const { horizon } = index.trace;
  const length = firstLength(index, stages);
  if (length * NEARLY_WHOLE >= horizon) return { from: 0, to: horizon };
  if (time <= length * AHEAD) return { from: 0, to: length };
  return withinRun({ from: time - length * 0.6, to: time + length * 0.4 }, horizon);
}

function firstLength(index: TraceIndex, stages: readonly StageId[]): number {
  const { horizon } = index.trace;
  const lists = stages.map((stage) => stageStory(index, stage).messages.spans);
  const most = Math.max(...lists.map(({ from }) => from.length));
  const share = Math.min(1, LINES_SHOWN / Math.max(1, most));
  if (quietStretches(index).length > 0) return Math.round(horizon * share);
  const flights = lists.flatMap(({ from, to }) =>
    Array.from(from.subarray(0, LINES_SHOWN), (start, at) => (to[at] as number) - start),
  );
  const usual = flights.sort((one, other) => one - other)[flights.length >> 1];
  if (usual === undefined) return horizon;
  return Math.round(Math.max(SHORTEST_US, Math.min(usual * FLIGHTS_SHOWN, horizon * share)));
}

/** `factor` above 1 shows more time; what is at `time` stays where it is on screen. */
export function zoomed(
  window: TimeWindow,
  { factor, time, horizon }: { factor: number; time: number; horizon: number },
): TimeWindow {
  const at = Math.max(window.from, Math.min(window.to, time));
  const length = Math.max(SHORTEST_US, (window.to - window.from) * factor);
  const share = (at - window.from) / (window.to - window.from);
  return withinRun({ from: at - share * length, to: at + (1 - share) * length }, horizon);
}

/** Moved by microseconds. */
export const moved = ({ from, to }: TimeWindow, by: number, horizon: number): TimeWindow =>
  withinRun({ from: from + by, to: to + by }, horizon);

/** The same window while `time` is well inside it, else the next one. */
export function followed(window: TimeWindow, time: number, horizon: number): TimeWindow {
  const length = window.to - window.from;
  const isInside = time >= window.from && time <= window.from + AHEAD * length;
  if (isInside || (window.to >= horizon && time >= window.from)) return window;
  return withinRun({ from: time - BEHIND * length, to: time + (1 - BEHIND) * length }, horizon);
}
