// The whole run as one strip: how many messages leave when, faults, bookmarks, and the window.

import type { StageId, TraceIndex } from '../../engine/index';
import { type Box, boxPath, hatchPath, round } from '../shapes';
import type { Shape } from './looks';
import { stageStory } from './story/stageStory';
import type { TimeWindow } from './timeWindow';

export interface OverviewScene {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly horizon: number;
  readonly shapes: readonly Shape[];
}

export interface OverviewRequest {
  readonly index: TraceIndex;
  readonly stages: readonly StageId[];
  readonly bookmarks: readonly number[];
}

const EDGE = 10;
const COLUMN = 4;
const FLOOR = 8;
const FAULTS = 7;

/** Everything but the window and the playhead. */
export function overviewScene(
  { index, stages, bookmarks }: OverviewRequest,
  { width, height }: { readonly width: number; readonly height: number },
): OverviewScene {
  const { horizon } = index.trace;
  const frame = { width, height, left: EDGE, right: width - EDGE, horizon };
  const ground = boxPath({ left: EDGE, right: width - EDGE, top: 1, bottom: height - FLOOR }, 3);
  const faults = stages.flatMap((stage) => stageStory(index, stage).faults);
  const hatches = new Set(
    faults.map(({ from, to }) => {
      const left = overviewX(frame, from);
      const right = Math.max(left + 2, overviewX(frame, to));
      return hatchPath({ left, right, top: 1, bottom: FAULTS }, 6);
    }),
  );
  const flags = bookmarks.map((time) => `M${overviewX(frame, time)} ${height - FLOOR + 1}l4 6h-8Z`);
  return {
    ...frame,
    shapes: [
      { key: 'ground', look: 'strip', d: ground },
      { key: 'density', look: 'density', d: densityPath({ index, stages }, frame), opacity: 0.7 },
      { key: 'faults', look: 'fault', d: [...hatches].join('') },
      { key: 'flags', look: 'bookmark', d: flags.join('') },
    ],
  };
}

type Frame = Pick<OverviewScene, 'left' | 'right' | 'height' | 'horizon'>;

export const overviewX = ({ left, right, horizon }: Frame, time: number): number =>
  round(left + (Math.max(0, Math.min(horizon, time)) / horizon) * (right - left));

export const overviewTime = ({ left, right, horizon }: Frame, x: number): number =>
  Math.max(0, Math.min(horizon, ((x - left) / (right - left)) * horizon));

/** A bar for each column, as high as messages leave in it; the busiest fills the strip. */
function densityPath(
  { index, stages }: Pick<OverviewRequest, 'index' | 'stages'>,
  frame: Frame,
): string {
  const columns = new Int32Array(Math.max(1, Math.floor((frame.right - frame.left) / COLUMN)));
  for (const stage of stages) {
    for (const time of stageStory(index, stage).messages.spans.from) {
      if (time < 0) continue;
      const column = Math.floor((time / frame.horizon) * columns.length);
      const at = Math.min(columns.length - 1, column);
      columns[at] = (columns[at] ?? 0) + 1;
    }
  }
  const most = Math.max(1, ...columns);
  const floor = frame.height - FLOOR;
  return [...columns]
    .map((count, column) => {
      if (count === 0) return '';
      const height = round(Math.max(2, (count / most) * (floor - FAULTS - 4)));
      return `M${round(frame.left + column * COLUMN)} ${floor}v${-height}h${COLUMN - 1}v${height}Z`;
    })
    .join('');
}

/** What the window covers, at least wide enough to be seen and held. */
export function brushBox(scene: OverviewScene, window: TimeWindow): Box {
  const left = overviewX(scene, window.from);
  const right = Math.max(left + 6, overviewX(scene, window.to));
  return { left, right, top: 1, bottom: scene.height - FLOOR };
}

/** Pixels beside an end of the window at which it is held. */
const GRIP = 6;

export type BrushPart = 'from' | 'to' | 'whole' | 'new';

/** What a press at `x` takes hold of. */
export function brushPartAt(scene: OverviewScene, window: TimeWindow, x: number): BrushPart {
  const { left, right } = brushBox(scene, window);
  if (Math.abs(x - left) <= GRIP) return 'from';
  if (Math.abs(x - right) <= GRIP) return 'to';
  return x > left && x < right ? 'whole' : 'new';
}

/** The window after a part of it was dragged from one time to another. */
export function brushed(
  window: TimeWindow,
  part: BrushPart,
  drag: { readonly fromTime: number; readonly toTime: number },
): TimeWindow {
  const { fromTime, toTime } = drag;
  if (part === 'whole') {
    return { from: window.from + toTime - fromTime, to: window.to + toTime - fromTime };
  }
  const fixed = part === 'new' ? fromTime : part === 'from' ? window.to : window.from;
  return { from: Math.min(fixed, toTime), to: Math.max(fixed, toTime) };
}
