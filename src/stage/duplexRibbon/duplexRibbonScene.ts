// When one person sends and gets over the whole run: two rows on a time axis, the future included.

import { ticks as roundNumbers } from 'd3-array';
import type { Activity, Interval, Lens, NodeIndex, StageId, TraceIndex } from '../../engine/index';
import { absencesOf, activityOf } from '../../engine/index';
import type { Side } from '../encoding';
import { nameOf, peopleOf } from '../people';
import { bandsPath, barsPath, diagonalsPath, stripesPath } from './ribbonShapes';

export interface RibbonSize {
  readonly width: number;
  readonly height: number;
}

export interface RibbonPath {
  readonly key: 'band' | 'sends' | 'gets' | 'stripes';
  readonly d: string;
}

export interface RibbonText {
  readonly key: string;
  readonly text: string;
  readonly x: number;
  /** The base line. */
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

export interface DuplexRibbonScene {
  readonly width: number;
  readonly height: number;
  /** Whose rows these are: their messages look like them, those that they get like the others. */
  readonly side: Side;
  /** The empty rows behind everything. */
  readonly rows: string;
  readonly paths: readonly RibbonPath[];
  /** Absences, hatched over both rows. */
  readonly hatch: string;
  readonly texts: readonly RibbonText[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly horizon: number;
}

export interface RibbonRequest {
  readonly index: TraceIndex;
  readonly stage: StageId;
  readonly lens: Lens;
  /** A participant of the stage; by default the first. */
  readonly subject?: NodeIndex | undefined;
}

const LABEL_COLUMN = 96;
/** What “Ana sends” needs, in pixels. */
const LEAST_LABEL = 84;
const ROW = 20;
const ROW_GAP = 6;
const BAND_OVER = 6;
const AXIS = 24;
/** Below this height there is no axis and the rows are thinner. */
const AXIS_FROM_HEIGHT = 80;

/** Everything but the playhead; nothing here depends on the time. */
export function duplexRibbonScene(request: RibbonRequest, size: RibbonSize): DuplexRibbonScene {
  const { index, stage, lens } = request;
  const people = peopleOf(index.trace, stage);
  const subject = people.find(({ node }) => node === request.subject) ?? people[0];
  if (subject === undefined) throw new Error(`Nobody is on the stage "${stage}".`);
  const { horizon } = index.trace;
  const frame = frameOf(size);
  // d3-scale would do this with ten kilobytes of formats that a ribbon never shows.
  const scale = (time: number) => frame.left + (time / horizon) * (frame.right - frame.left);
  const activity = activityOf(index, lens, subject.node);
  const pixels = (intervals: readonly Interval[]) => toPixels(intervals, scale);
  const bottom = frame.getsY + frame.row;
  const sends = { top: frame.sendsY, height: frame.row };
  const gets = { top: frame.getsY, height: frame.row };
  const whole = { top: frame.sendsY - BAND_OVER, height: bottom - frame.sendsY + 2 * BAND_OVER };
  const rowEnds = [{ from: frame.left, to: frame.right }];
  return {
    ...size,
    side: subject.side,
    rows: bandsPath(rowEnds, sends) + bandsPath(rowEnds, gets),
    paths: pathsOf(activity, pixels, { sends, gets, whole }),
    hatch: diagonalsPath(pixels(absencesOf(index)), {
      top: frame.sendsY,
      height: bottom - frame.sendsY,
    }),
    texts: [
      ...rowLabels(request, nameOf(index.trace, subject.node), frame),
      ...axisTexts(size, frame, { scale, horizon }),
    ],
    left: frame.left,
    right: frame.right,
    top: Math.max(0, frame.sendsY - BAND_OVER - 2),
    bottom: Math.min(size.height, bottom + BAND_OVER + 2),
    horizon,
  };
}

/** Where the playhead stands. */
export function playheadX({ left, right, horizon }: DuplexRibbonScene, time: number): number {
  const share = horizon === 0 ? 0 : Math.min(1, Math.max(0, time / horizon));
  return Math.round((left + (right - left) * share) * 10) / 10;
}

interface RibbonFrame {
  readonly left: number;
  readonly right: number;
  readonly row: number;
  readonly sendsY: number;
  readonly getsY: number;
  readonly hasAxis: boolean;
}

function frameOf({ width, height }: RibbonSize): RibbonFrame {
  const hasAxis = height >= AXIS_FROM_HEIGHT;
  const free = height - (hasAxis ? AXIS : 0) - 2 * BAND_OVER - 2;
  const gap = hasAxis ? ROW_GAP : Math.min(ROW_GAP, 5);
  const row = Math.max(8, Math.min(ROW, Math.floor((free - gap) / 2)));
  const sendsY = BAND_OVER + 1 + Math.max(0, Math.floor((free - gap - 2 * row) / 2));
  return {
    left: Math.min(LABEL_COLUMN, Math.max(LEAST_LABEL, width * 0.3)),
    right: width - 2,
    row,
    sendsY,
    getsY: sendsY + row + gap,
    hasAxis,
  };
}

type Scale = (value: number) => number;

/** A span is at least as wide as this, in pixels: thinner ones could not be seen. */
const LEAST_SPAN = 2;

/** Spans in pixels; those less than a pixel apart are one. */
export function toPixels(intervals: readonly Interval[], scale: Scale): Interval[] {
  const merged: { from: number; to: number }[] = [];
  for (const interval of intervals) {
    if (interval.to < 0) continue;
    const from = scale(Math.max(0, interval.from));
    const to = Math.max(from + LEAST_SPAN, scale(interval.to));
    const last = merged.at(-1);
    if (last !== undefined && from - last.to < 1) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged.map(({ from, to }) => ({ from: oneDecimal(from), to: oneDecimal(to) }));
}

const oneDecimal = (value: number): number => Math.round(value * 10) / 10;

interface Row {
  readonly top: number;
  readonly height: number;
}

function pathsOf(
  { sends, gets, both }: Activity,
  pixels: (intervals: readonly Interval[]) => Interval[],
  rows: { readonly sends: Row; readonly gets: Row; readonly whole: Row },
): RibbonPath[] {
  return [
    { key: 'band', d: bandsPath(pixels(both), rows.whole) },
    { key: 'sends', d: barsPath(pixels(sends), rows.sends) },
    { key: 'gets', d: barsPath(pixels(gets), rows.gets) },
    { key: 'stripes', d: stripesPath(pixels(gets), rows.gets) },
  ];
}

/** What the rows are called under each lens. */
export function rowNames(lens: Lens, name: string): readonly [string, string] {
  if (lens === 'conversation') return [`${name} sends`, `${name} gets`];
  return lens === 'connection' ? ['messages out', 'messages in'] : ['bytes out', 'bytes in'];
}

function rowLabels({ lens }: RibbonRequest, name: string, frame: RibbonFrame): RibbonText[] {
  const x = frame.left - 12;
  const texts = rowNames(lens, name);
  return [frame.sendsY, frame.getsY].map((top, at) => ({
    key: at === 0 ? 'sends' : 'gets',
    text: texts[at] ?? '',
    x,
    y: oneDecimal(top + frame.row / 2 + 5),
    anchor: 'end' as const,
  }));
}

const LONG_RUN_US = 2_000_000;

interface Axis {
  readonly scale: Scale;
  readonly horizon: number;
}

/** Pixels that a label on the axis needs. */
const TICK_ROOM = 74;

/** As many round values as have room; at least the first and one more. */
function ticksWithRoom(horizon: number, room: number): number[] {
  const choices = [5, 4, 3, 2, 1].map((count) => roundNumbers(0, horizon, count));
  const fitting = choices.find((ticks) => room / (ticks.length - 1) >= TICK_ROOM);
  return fitting ?? choices.at(-1) ?? [];
}

/** 0 at the left, the unit at the last. */
function axisTexts({ height }: RibbonSize, frame: RibbonFrame, { scale, horizon }: Axis) {
  if (!frame.hasAxis) return [];
  const isLong = horizon >= LONG_RUN_US;
  const room = frame.right - frame.left;
  const ticks = ticksWithRoom(horizon, room);
  return ticks.map((tick, at): RibbonText => {
    const isLast = at === ticks.length - 1;
    const value = isLong ? tick / 1_000_000 : tick / 1_000;
    const x = oneDecimal(scale(tick));
    const isAtEnd = isLast && x > frame.right - 24;
    return {
      key: `tick ${at}`,
      text: isLast ? `${value}\u202f${isLong ? 's' : 'ms'}` : String(value),
      x: isAtEnd ? frame.right : x,
      y: height - 6,
      anchor: at === 0 ? 'start' : isAtEnd ? 'end' : 'middle',
    };
  });
}
