// Where the life lines, the log and the strips of a diagram lie; nothing here depends on the time.

import type { NodeIndex, StageId, TraceIndex } from '../../engine/index';
import type { Side } from '../encoding';
import type { Person } from '../people';
import type { Box } from '../shapes';
import { type Band, type BandShape, bandsOf } from './bands';
import { type StageStory, stageStory } from './story/stageStory';

export interface LifeLine {
  readonly node: NodeIndex;
  readonly y: number;
  /** Null: no person, but what stands between them. */
  readonly person: Person | null;
  readonly side: Side | null;
}

interface LogBlock extends Box {
  readonly bands: readonly Band[];
}

/** When one person sends and gets: two rows. */
export interface Strip {
  readonly person: Person;
  readonly sendsY: number;
  readonly getsY: number;
  readonly row: number;
}

export interface DiagramSize {
  readonly width: number;
  readonly height: number;
}

export interface DiagramLayout extends DiagramSize {
  readonly story: StageStory;
  /** The plot's ends in pixels; the labels stand left of it. */
  readonly left: number;
  readonly right: number;
  /** Where the faults are named, one row for each at the same time. */
  readonly faultsY: number;
  readonly faultRows: number;
  readonly top: number;
  readonly bottom: number;
  readonly lifeLines: readonly LifeLine[];
  readonly lifeLineOf: ReadonlyMap<NodeIndex, LifeLine>;
  readonly log: LogBlock | null;
  readonly personRadius: number;
  /** The base line of the times. */
  readonly axisY: number;
  readonly strips: readonly Strip[];
  /** Two named rows for a person, or one name for both. */
  readonly hasWideStrips: boolean;
  readonly stripsBottom: number;
}

/** What several stages share, so that their diagrams stand side by side with equal axes. */
interface CommonShape {
  readonly above: number;
  readonly below: number;
  readonly pitch: number;
  readonly gap: number;
  readonly block: number;
  readonly faultRows: number;
  readonly strips: number;
}

const TAG = 28;
const FAULT_ROW = 22;
/** Room for the messages' numbers over the first life line and under the last. */
const NUMBERS = 22;
const AXIS = 26;
const NARROW = 480;
const WIDE_LABELS = 96;
const NARROW_LABELS = 44;
const MOST_FAULT_ROWS = 3;

/** Pixels from top to bottom that the diagrams of these stages need at a width. */
export function diagramHeight(
  index: TraceIndex,
  stages: readonly StageId[],
  width: number,
): number {
  const shape = commonShape(index, stages);
  return Math.ceil(stripsTop(shape) + stripsHeight(shape.strips, isWide(shape.strips, width)) + 8);
}

export function layoutDiagram(
  index: TraceIndex,
  { stage, stages }: { readonly stage: StageId; readonly stages: readonly StageId[] },
  size: DiagramSize,
): DiagramLayout {
  const story = stageStory(index, stage);
  const shape = commonShape(index, stages);
  const isNarrow = size.width < NARROW;
  const left = isNarrow ? NARROW_LABELS : WIDE_LABELS;
  const right = size.width - (isNarrow ? 8 : 16);
  const top = TAG + shape.faultRows * FAULT_ROW + NUMBERS;
  const bottom = top + bodyHeight(shape);
  const seated = seatLines(story, shape, { top, bottom });
  const isWideStrip = isWide(shape.strips, size.width);
  const stripsY = stripsTop(shape);
  return {
    ...size,
    story,
    left,
    right,
    faultsY: TAG,
    faultRows: shape.faultRows,
    top,
    bottom,
    lifeLines: seated.lifeLines,
    lifeLineOf: new Map(seated.lifeLines.map((line) => [line.node, line])),
    log: seated.block === null ? null : logBlock(story, { left, right, ...seated.block }),
    personRadius: Math.min(16, shape.pitch / 2 - 4),
    axisY: bottom + NUMBERS + 18,
    strips: story.people.map((person, at) => stripOf(person, { at, stripsY, isWideStrip })),
    hasWideStrips: isWideStrip,
    stripsBottom: stripsY + stripsHeight(story.people.length, isWideStrip),
  };
}

/** At most this many people have two named rows each. */
const MOST_WIDE = 2;
const isWide = (people: number, width: number): boolean => people <= MOST_WIDE && width >= NARROW;

const WIDE_ROW = 15;
const WIDE_PITCH = 20;
const WIDE_PERSON = 48;
const SLIM_ROW = 8;
const SLIM_PITCH = 9;
const SLIM_PERSON = 25;

function stripOf(
  person: Person,
  { at, stripsY, isWideStrip }: { at: number; stripsY: number; isWideStrip: boolean },
): Strip {
  const sendsY = stripsY + at * (isWideStrip ? WIDE_PERSON : SLIM_PERSON);
  return {
    person,
    sendsY,
    getsY: sendsY + (isWideStrip ? WIDE_PITCH : SLIM_PITCH),
    row: isWideStrip ? WIDE_ROW : SLIM_ROW,
  };
}

const stripsHeight = (people: number, isWideStrip: boolean): number =>
  people * (isWideStrip ? WIDE_PERSON : SLIM_PERSON);

const bodyHeight = ({ above, below, pitch, gap, block }: CommonShape): number =>
  (above - 1) * pitch + gap + block + (below === 0 ? 0 : gap + (below - 1) * pitch);

const stripsTop = (shape: CommonShape): number =>
  TAG + shape.faultRows * FAULT_ROW + NUMBERS + bodyHeight(shape) + NUMBERS + AXIS + 12;

function commonShape(index: TraceIndex, stages: readonly StageId[]): CommonShape {
  const stories = stages.map((stage) => stageStory(index, stage));
  const sides = stories.map(sidesOf);
  const above = Math.max(1, ...sides.map((side) => side.above.length));
  const below = Math.max(...sides.map((side) => side.below.length));
  const crowd = Math.max(above, below);
  return {
    above,
    below,
    pitch: crowd <= 2 ? 48 : crowd <= 4 ? 40 : 34,
    gap: crowd === 1 ? 78 : crowd <= 2 ? 64 : 58,
    block: Math.max(52, ...stories.map(blockHeight)),
    faultRows: Math.min(MOST_FAULT_ROWS, Math.max(...stories.map(faultRowsOf))),
    strips: Math.max(...stories.map(({ people }) => people.length)),
  };
}

interface Sides {
  readonly above: readonly Person[];
  readonly below: readonly Person[];
}

const known = new WeakMap<StageStory, Sides>();

/** Who stands above what is in the middle and who below it. */
function sidesOf(story: StageStory): Sides {
  const sides = known.get(story) ?? splitSides(story);
  known.set(story, sides);
  return sides;
}

function splitSides(story: StageStory): Sides {
  const { index, people } = story;
  // Where servers stand before the log, people stand before the servers.
  if (middlesOf(story).length > 0 && hasLog(story)) return { above: people, below: [] };
  const senders = new Set<NodeIndex>(index.trace.messages.from);
  const isSender = ({ node }: Person): boolean => senders.has(node);
  const isAbove = people.every(isSender) || !people.some(isSender) ? isOnLeft : isSender;
  const above = people.filter(isAbove);
  return { above, below: people.filter((person) => !above.includes(person)) };
}

const isOnLeft = ({ side }: Person): boolean => side === 'left';

const MIDDLES: readonly string[] = ['relay', 'server', 'balancer', 'backplane'];

/** Machines that pass messages on and keep no log, in the order of the legend. */
function middlesOf({ index, stage }: StageStory): NodeIndex[] {
  return index.trace.legend.nodes.flatMap((node, at) =>
    node.stage === stage && MIDDLES.includes(node.role) ? [at] : [],
  );
}

const hasLog = ({ index, stage }: StageStory): boolean =>
  index.trace.legend.partitions.some((partition) => partition.stage === stage);

const MIDDLE_PITCH = 34;

function blockHeight(story: StageStory): number {
  const middles = middlesOf(story).length * MIDDLE_PITCH;
  return middles + (hasLog(story) ? bandsOf(story).height : 0);
}

/** How many faults are named at the same time at most. */
function faultRowsOf({ faults }: StageStory): number {
  const busy: number[] = [];
  for (const { from, to } of faults) {
    const free = busy.findIndex((until) => until <= from);
    if (free < 0) busy.push(to);
    else busy[free] = to;
  }
  return busy.length;
}

interface Seated {
  readonly lifeLines: LifeLine[];
  readonly block: { readonly top: number; readonly bottom: number } | null;
}

function seatLines(
  story: StageStory,
  { pitch, gap }: CommonShape,
  { top, bottom }: { readonly top: number; readonly bottom: number },
): Seated {
  const { above, below } = sidesOf(story);
  const middles = middlesOf(story);
  const seat = (person: Person, y: number): LifeLine => ({
    node: person.node,
    person,
    side: person.side,
    y,
  });
  const upper = above.map((person, at) => seat(person, top + at * pitch));
  const lower = below.map((person, at) => seat(person, bottom - (below.length - 1 - at) * pitch));
  const roof = (upper.at(-1)?.y ?? top) + gap;
  const floor = lower.length === 0 ? bottom : (lower[0]?.y ?? bottom) - gap;
  const isLogged = hasLog(story);
  const free = floor - roof - (isLogged ? bandsOf(story).height : 0);
  const step = isLogged ? MIDDLE_PITCH : free / Math.max(1, middles.length);
  const between = middles.map((node, at) => ({
    node,
    person: null,
    side: null,
    y: Math.round(isLogged ? roof + at * step : roof + (at + 0.5) * step),
  }));
  const height = isLogged ? bandsOf(story).height : 0;
  const logTop = Math.round(
    between.length > 0 ? floor - height : roof + (floor - roof - height) / 2,
  );
  return {
    lifeLines: [...upper, ...between, ...lower],
    block: isLogged ? { top: logTop, bottom: logTop + height } : null,
  };
}

function logBlock(story: StageStory, box: Box): LogBlock {
  const { bands } = bandsOf(story);
  return { ...box, bands: bands.map((band) => placedBand(band, box.top)) };
}

const placedBand = (band: BandShape, top: number): Band => ({
  ...band,
  top: top + band.offset,
  bottom: top + band.offset + band.height,
});

/** At what height a line of `node` ends that comes from `other`: at the log's nearer edge. */
export function endOf(layout: DiagramLayout, node: NodeIndex, other: NodeIndex): number | null {
  const line = layout.lifeLineOf.get(node);
  if (line !== undefined) return line.y;
  const { log, story } = layout;
  if (log === null || story.index.trace.legend.nodes[node]?.role !== 'broker') return null;
  const from = layout.lifeLineOf.get(other);
  return from !== undefined && from.y > log.bottom ? log.bottom : log.top;
}

/** Where a time stands, in pixels. */
export const scaleOf =
  ({ left, right }: DiagramLayout, window: { readonly from: number; readonly to: number }) =>
  (time: number): number =>
    left + ((time - window.from) / (window.to - window.from)) * (right - left);
