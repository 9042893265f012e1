// One broker's copy of a partition as bricks: what is safe, what is not yet, what is gone, what is
// on its way, and the lines through it.

import {
  type PartitionIndex,
  type PartitionLeadership,
  type ReplicaState,
  recordAt,
} from '../../engine/index';
import type { PaintName, Side } from '../encoding';
import { type Box, boxPath, crossPath, diamondPath, round, tickPath } from '../shapes';
import { baseLine, joinStills, type Still, type StillPath, type Word, word } from '../still';
import type { ClusterLayout } from './clusterLayout';
import { type BrickRow, edgeOf, firstShown, placeLeft } from './geometry/brickRow';
import { voidPath } from './geometry/recordSigns';
import type { ClusterInstant } from './state/clusterInstant';
import { isTombstone, transactionState } from './state/recordState';

/** A row of bricks at its place. */
export interface BrickPlace {
  readonly left: number;
  readonly top: number;
  readonly height: number;
}

export interface BrickCopy {
  readonly partition: PartitionIndex;
  readonly replica: ReplicaState;
  /** Stopped, cut off or behind: it says nothing about what is safe. */
  readonly isStale: boolean;
  /** The leader's records that it lacks are on their way to it. */
  readonly isCopying: boolean;
  readonly place: BrickPlace;
  /** Stable over a run. */
  readonly key: string;
}

/** The offset at the first place: the same for every copy of a partition. */
export function firstOffset(row: BrickRow, leadership: PartitionLeadership): number {
  const ends = leadership.replicas.map(({ logEnd }) => logEnd);
  return firstShown(row, Math.max(leadership.logEnd, ...ends));
}

/** How a brick looks; `copying` and `slot` are places without a record. */
type Look =
  | Side
  | 'open-left'
  | 'open-right'
  | 'void'
  | 'stale'
  | 'gone'
  | 'commit'
  | 'abort'
  | 'copying'
  | 'slot';

const PAINT_OF: Readonly<Record<Look, readonly [safe: PaintName, unsafe: PaintName]>> = {
  left: ['brick-left', 'brick-left-unsafe'],
  right: ['brick-right', 'brick-right-unsafe'],
  'open-left': ['brick-left-open', 'brick-left-unsafe'],
  'open-right': ['brick-right-open', 'brick-right-unsafe'],
  void: ['brick-void', 'brick-void'],
  stale: ['brick-stale', 'brick-stale'],
  commit: ['brick-control', 'brick-control'],
  abort: ['brick-control', 'brick-control'],
  gone: ['brick-gone', 'brick-gone'],
  copying: ['copying', 'copying'],
  slot: ['slot', 'slot'],
};
/** The sender's shape: round from the left, square from the right. */
const RADIUS: Readonly<Partial<Record<Look, number>>> = {
  left: 6,
  'open-left': 6,
  right: 1,
  'open-right': 1,
};

export function copyStill(layout: ClusterLayout, instant: ClusterInstant, copy: BrickCopy): Still {
  const row = layout.bricks;
  const leadership = instant.leadership(copy.partition);
  const first = firstOffset(row, leadership);
  const look = looksOf(layout, instant, copy);
  const shapes = new Map<PaintName, string>();
  const draw = (paint: PaintName, d: string): void => {
    shapes.set(paint, (shapes.get(paint) ?? '') + d);
  };
  const words: Word[] = [];
  for (let place = 0; place < row.places; place += 1) {
    const offset = first + place;
    const own = look(offset);
    const box = brickBox(row, copy.place, place);
    const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
    const half = Math.min(5, row.brickWidth / 3);
    const paint = PAINT_OF[own][offset < leadership.highWatermark ? 0 : 1];
    draw(paint, boxPath(box, Math.min(RADIUS[own] ?? 3, row.brickWidth / 3)));
    if (own === 'copying') draw('copy-head', diamondPath(middle.x, middle.y, half));
    else if (own === 'commit') draw('tick', tickPath(middle.x, middle.y, half));
    else if (own === 'abort') draw('tick', crossPath(middle.x, middle.y, half * 0.7));
    else if (row.isNumbered && own !== 'slot') {
      words.push(...textsOf(layout, instant, { copy, offset, look: own, box }));
      if (isStruck(layout, copy, offset)) {
        draw(
          'strike',
          `M${round(box.left + 3)} ${round(middle.y + HALF_LINE)}H${round(box.right - 3)}`,
        );
      }
    }
    if (own === 'void') draw('strike', voidPath(box));
  }
  const paths = [...shapes].map(([paint, d]) => ({ key: `${copy.key} ${paint}`, d, paint }));
  return joinStills([{ paths, words }, linesStill(layout, instant, copy)]);
}

/** Pixels from a brick's middle to the middle of each of two lines of text. */
const HALF_LINE = 8;

interface BrickText {
  readonly copy: BrickCopy;
  readonly offset: number;
  readonly look: Look;
  readonly box: Box;
}

/** The offset, and below it what the scene is about; of what was cleaned away only that. */
function textsOf(
  { labels }: ClusterLayout,
  { index }: ClusterInstant,
  { copy, offset, look, box }: BrickText,
): Word[] {
  const ink = look === 'stale' || look === 'void' || look === 'gone' ? 'quiet' : 'strong';
  const x = (box.left + box.right) / 2;
  const y = (box.top + box.bottom) / 2;
  const key = `${copy.key} ${offset}`;
  if (labels === null) {
    return look === 'gone' ? [] : [word(key, String(offset), { x, y: baseLine(y), ink })];
  }
  const label = labels.of(recordAt(index, copy.partition, offset));
  return [
    ...(look === 'gone' ? [] : [word(key, String(offset), { x, y: baseLine(y - HALF_LINE), ink })]),
    word(`${key} label`, label, { x, y: baseLine(y + HALF_LINE), ink: 'quiet' }),
  ];
}

/** A tombstone's key is struck out. */
const isStruck = ({ index, labels }: ClusterLayout, { partition }: BrickCopy, offset: number) =>
  labels?.detail === 'key' && isTombstone(index, partition, offset);

function brickBox(row: BrickRow, { left, top, height }: BrickPlace, place: number) {
  const from = left + placeLeft(row, place);
  return { left: from, right: from + row.brickWidth, top, bottom: top + height };
}

function looksOf(
  { sideOf }: ClusterLayout,
  instant: ClusterInstant,
  { partition, replica, isStale, isCopying }: BrickCopy,
): (offset: number) => Look {
  const { index } = instant;
  const { logStart, logEnd, leader } = instant.leadership(partition);
  const removed = instant.removed(partition);
  const markers = instant.markers(partition);
  return (offset) => {
    if (offset >= replica.logEnd) {
      return isCopying && leader >= 0 && offset < logEnd ? 'copying' : 'slot';
    }
    if (offset < logStart || removed.has(offset)) return 'gone';
    const marker = markers.get(offset);
    if (marker !== undefined) return marker.flag ? 'commit' : 'abort';
    if (isStale) return 'stale';
    const sender = index.trace.messages.from[recordAt(index, partition, offset)] ?? -1;
    const side = sideOf.get(sender) ?? 'left';
    const state = transactionState(instant, partition, offset);
    return state === 'void' ? 'void' : state === 'open' ? `open-${side}` : side;
  };
}

/** The high watermark as far as this copy reaches, and the last stable offset of the leader's. */
function linesStill(
  { bricks }: ClusterLayout,
  instant: ClusterInstant,
  { partition, replica, isStale, place, key }: BrickCopy,
): Still {
  const leadership = instant.leadership(partition);
  const { highWatermark, stableOffset, leader } = leadership;
  const first = firstOffset(bricks, leadership);
  const end = Math.min(highWatermark, replica.logEnd);
  if (isStale || end <= first) return { paths: [], words: [] };
  const line = (offset: number, over: number): string => {
    const x = round(place.left + edgeOf(bricks, first, offset));
    return `M${x} ${round(place.top - over)}V${round(place.top + place.height + over)}`;
  };
  const paths: StillPath[] = [{ key: `${key} watermark`, d: line(end, 3), paint: 'watermark' }];
  if (replica.broker === leader && stableOffset > first && stableOffset < highWatermark) {
    paths.push({ key: `${key} stable`, d: line(stableOffset, 5), paint: 'stable-mark' });
  }
  return { paths, words: [] };
}
