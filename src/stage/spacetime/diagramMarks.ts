// The marks of a diagram one can point at: in the order of time, and the nearest to a place.

import type { MessageIndex } from '../../engine/index';
import { messageName } from '../../engine/index';
import { boxPath, circlePath } from '../shapes';
import type { DiagramLayout } from './diagramLayout';
import { endsOf, type LineMark, segmentPath } from './parts/lineMarks';
import type { SpacetimeScene } from './spacetimeScene';
import type { StageStory } from './story/stageStory';
import { messagesIn } from './story/travels';

/** What a mark shows; `place` is its place in the story's list of its kind. */
export interface DiagramMark {
  readonly kind: 'line' | 'bar' | 'loss' | 'fault';
  readonly place: number;
  /** When it begins, in microseconds. */
  readonly time: number;
}

export const isSameMark = (one: DiagramMark | null, other: DiagramMark | null): boolean =>
  one?.kind === other?.kind && one?.place === other?.place;

const known = new WeakMap<StageStory, readonly DiagramMark[]>();

/** All marks of a stage from 0 on, the earliest first. */
export function marksInOrder(layout: DiagramLayout): readonly DiagramMark[] {
  const { story } = layout;
  const marks = known.get(story) ?? orderedMarks(layout);
  known.set(story, marks);
  return marks;
}

function orderedMarks(layout: DiagramLayout): DiagramMark[] {
  const { messages, stays, losses, faults } = layout.story;
  const marks: DiagramMark[] = [];
  messages.transfers.forEach((transfer, place) => {
    const time = messages.spans.from[place] as number;
    if (endsOf(layout, transfer) !== null) marks.push({ kind: 'line', place, time });
  });
  stays.forEach(({ from }, place) => {
    marks.push({ kind: 'bar', place, time: from });
  });
  losses.forEach(({ time }, place) => {
    marks.push({ kind: 'loss', place, time });
  });
  faults.forEach(({ from }, place) => {
    marks.push({ kind: 'fault', place, time: from });
  });
  return marks.filter(({ time }) => time >= 0).sort((one, other) => one.time - other.time);
}

/** The first message that a mark is about; -1: none. */
function messageOfMark(story: StageStory, { kind, place }: DiagramMark): MessageIndex {
  if (kind === 'line')
    return messagesIn(story.index, story.messages.transfers[place] ?? 0)[0] ?? -1;
  if (kind === 'bar') return story.stays[place]?.message ?? -1;
  return kind === 'loss' ? (story.losses[place]?.message ?? -1) : -1;
}

/** Its name is the same on every stage; empty for a mark without a message. */
export function messageNameOf(story: StageStory, mark: DiagramMark): string {
  const message = messageOfMark(story, mark);
  return message < 0 ? '' : messageName(story.index.trace, message);
}

/** Pixels from a mark at which it is still meant. */
const REACH = 10;

/** The mark of a scene that is nearest to a place; null if none is near. */
export function markAt(
  scene: SpacetimeScene,
  { x, y }: { readonly x: number; readonly y: number },
): DiagramMark | null {
  const { story } = scene.layout;
  const candidates = [
    ...scene.losses.map((loss) => ({
      distance: Math.hypot(loss.x - x, loss.y - y) - 4,
      find: (): DiagramMark => ({
        kind: 'loss',
        place: story.losses.indexOf(loss.losses[0] as (typeof story.losses)[number]),
        time: loss.time,
      }),
    })),
    ...scene.bars.map((bar) => ({
      distance: distanceToBox(bar, x, y),
      find: (): DiagramMark => ({
        kind: 'bar',
        place: story.stays.indexOf(bar.stay),
        time: bar.stay.from,
      }),
    })),
    ...scene.lines.map((line) => ({
      distance: distanceToLine(line, x, y),
      find: (): DiagramMark => ({
        kind: 'line',
        place: story.messages.transfers.indexOf(line.transfer),
        time: line.from,
      }),
    })),
    ...scene.faults.map((fault) => ({
      distance: distanceToBox(fault, x, y),
      find: (): DiagramMark => ({
        kind: 'fault',
        place: story.faults.indexOf(fault.fault),
        time: fault.fault.from,
      }),
    })),
  ];
  const near = candidates.filter(({ distance }) => distance <= REACH);
  return near.toSorted((one, other) => one.distance - other.distance)[0]?.find() ?? null;
}

interface Sides {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const distanceToBox = ({ left, right, top, bottom }: Sides, x: number, y: number): number =>
  Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));

function distanceToLine({ x1, y1, x2, y2 }: LineMark, x: number, y: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const along =
    length === 0 ? 0 : Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / length));
  return Math.hypot(x1 + along * dx - x, y1 + along * dy - y);
}

/** What is stressed in a diagram. */
export interface Stress {
  /** The name of the message that is chosen anywhere on the page. */
  readonly message: string | null;
  /** The mark that the keyboard is on. */
  readonly mark: DiagramMark | null;
}

/** The outlines of a mark in the window; empty outside. */
export function markOutline(scene: SpacetimeScene, { kind, place }: DiagramMark): string {
  const { layout } = scene;
  const { story } = layout;
  if (kind === 'line') {
    const transfer = story.messages.transfers[place];
    const line = scene.lines.find((candidate) => candidate.transfer === transfer);
    return line === undefined ? '' : segmentPath(line, layout.left, layout.right);
  }
  if (kind === 'bar') {
    const bar = scene.bars.find(({ stay }) => stay === story.stays[place]);
    return bar === undefined ? '' : boxPath(bar, 3);
  }
  if (kind === 'fault') {
    const mark = scene.faults.find(({ fault }) => fault === story.faults[place]);
    return mark === undefined ? '' : boxPath(mark, 3);
  }
  const loss = story.losses[place];
  const mark = scene.losses.find(({ losses }) => losses.some((one) => one === loss));
  return mark === undefined ? '' : circlePath(mark.x, mark.y, 11);
}

/** Where a message's lines and bars lie, by the look of each. */
export function messageOutlines(scene: SpacetimeScene, name: string) {
  const { trace } = scene.layout.story.index;
  const { left, right } = scene.layout;
  const isMeant = (message: MessageIndex): boolean => messageName(trace, message) === name;
  return {
    lines: scene.lines.filter(({ messages }) => messages.some(isMeant)),
    bars: scene.bars.filter(({ message }) => isMeant(message)),
    pathOf: (line: LineMark): string => segmentPath(line, left, right),
  };
}
