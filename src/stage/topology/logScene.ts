// The log at one instant: bricks, what is safe, free places, who reads on from where.

import type { PartitionState, World } from '../../engine/index';
import type { PaintName, Side } from '../encoding';
import { LEAST_TEXT, textWidth } from '../encoding';
import { bookmarkPath, boxPath, circlePath, crossPath, squarePath } from '../shapes';
import {
  baseLine,
  EMPTY_STILL,
  joinStills,
  type Still,
  type StillPath,
  type Word,
  word,
} from '../still';
import { type LogLayout, type LogRow, placeX } from './geometry/logLayout';
import { type LogCopies, logCopies } from './logCopies';
import type { TopologyLayout } from './topologyLayout';

const BRICK_RADIUS = 3;
const GLYPH_FROM_HEIGHT = 33;
const NUMBER_FROM_HEIGHT = 16;
const BOOKMARKS_FOR = 4;
/** In a log with smaller gaps only those who are behind have a bookmark. */
const ROOMY_GAP = 3.8;

export function logStill(layout: TopologyLayout, world: World, log: LogLayout): Still {
  const copies = logCopies(layout, world);
  const { isUp } = copies;
  const frame: StillPath = {
    key: 'log',
    d: boxPath(log, 8),
    paint: isUp ? 'middle' : 'middle-stopped',
  };
  return joinStills([
    { paths: [...copiesBehind(log, copies), frame], words: [] },
    ...log.rows.map((row) => rowStill(layout, world, { log, row })),
    titleStill(layout, log, copies),
  ]);
}

/** Pixels by which each copy stands behind the one before. */
const COPY_STEP = 3;

/** The outlines of copies behind the log, the last one first; dashed where one is not in sync. */
function copiesBehind(log: LogLayout, { copies, inSync }: LogCopies): StillPath[] {
  const rise = Math.max(0, Math.min(COPY_STEP, (log.top - 1) / Math.max(1, copies)));
  return Array.from({ length: copies }, (_, at) => {
    const place = copies - at;
    const by = place * COPY_STEP;
    const up = place * rise;
    const box = {
      left: log.left + by,
      right: log.right + by,
      top: log.top - up,
      bottom: log.bottom - up,
    };
    const paint: PaintName = place > inSync ? 'copy-out' : 'copy-behind';
    return { key: `copy ${place}`, d: boxPath(box, 8), paint };
  });
}

/** "log + 2 copies"; says so when one of them is not in sync. */
function titleStill({ labels }: TopologyLayout, log: LogLayout, state: LogCopies): Still {
  const { isUp, copies, inSync } = state;
  const y = log.top - 15 - (copies > 0 ? 3 : 0);
  const x = (log.left + log.right) / 2;
  const more = copies === 0 ? '' : ` + ${copies} ${copies === 1 ? 'copy' : 'copies'}`;
  const title = isUp ? `log${more}${inSync < copies ? `, ${inSync} in sync` : ''}` : 'stopped';
  const cross = crossPath(x, (log.top + log.bottom) / 2, 14);
  return {
    paths: isUp ? [] : [{ key: 'log stopped', d: cross, paint: 'cross' }],
    words:
      labels === 'none' ? [] : [word('log title', title, { x, y: baseLine(y), ink: 'strong' })],
  };
}

interface RowOfLog {
  readonly log: LogLayout;
  readonly row: LogRow;
}

function rowStill(layout: TopologyLayout, world: World, { log, row }: RowOfLog): Still {
  const state = world.partitions[row.partition];
  const key = `row ${row.partition} ${row.side}`;
  if (state === undefined) return { paths: freeSlots({ log, row }, 0), words: [] };
  const shown = shownOffsets(state, log.places);
  const bricks = shown.offsets.map((offset, at) => {
    const place = at + (shown.hasOlder ? 1 : 0);
    return brickStill({ log, row }, state, { offset, place, key: `${key} ${offset}` });
  });
  const used = shown.offsets.length + (shown.hasOlder ? 1 : 0);
  return joinStills([
    { paths: freeSlots({ log, row }, used), words: [] },
    shown.hasOlder ? olderStill({ log, row }, key) : EMPTY_STILL,
    ...bricks,
    watermarkStill({ log, row }, { state, shown, key }),
    layout.seats.length <= BOOKMARKS_FOR ? bookmarksStill(world, { log, row }, shown) : EMPTY_STILL,
  ]);
}

interface Shown {
  /** Those that have a brick, ascending. */
  readonly offsets: readonly number[];
  /** Older ones slid out: the first place says so. */
  readonly hasOlder: boolean;
}

/** The newest offsets; a place for "…" when older ones are still there. */
function shownOffsets({ logStart, logEnd }: PartitionState, places: number): Shown {
  const hasOlder = logEnd - logStart > places;
  const count = hasOlder ? places - 1 : Math.min(places, logEnd);
  const offsets = Array.from({ length: count }, (_, at) => logEnd - count + at);
  return { offsets, hasOlder };
}

interface Brick {
  readonly offset: number;
  readonly place: number;
  readonly key: string;
}

function brickStill(
  { log, row }: RowOfLog,
  state: PartitionState,
  { offset, place, key }: Brick,
): Still {
  const box = slotBox(log, row, place);
  if (offset < state.logStart) {
    return { paths: [{ key, d: boxPath(box, BRICK_RADIUS), paint: 'brick-gone' }], words: [] };
  }
  const isSafe = offset < state.highWatermark;
  const paint: PaintName = isSafe ? `brick-${row.side}` : `brick-${row.side}-unsafe`;
  const x = (box.left + box.right) / 2;
  const paths: StillPath[] = [{ key, d: boxPath(box, BRICK_RADIUS), paint }];
  const hasGlyph = log.brickHeight >= GLYPH_FROM_HEIGHT;
  const numberY = hasGlyph ? box.bottom - log.brickHeight * 0.33 : (box.top + box.bottom) / 2;
  if (hasGlyph) {
    const d = glyphPath(row.side, x, box.top + log.brickHeight * 0.22, log.brickHeight * 0.095);
    paths.push({ key: `${key} glyph`, d, paint: `glyph-${row.side}` });
  }
  return { paths, words: numberWord(log, key, { text: String(offset), x, y: numberY }) };
}

interface NumberAt {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

function numberWord(log: LogLayout, key: string, { text, x, y }: NumberAt): Word[] {
  const fits = textWidth(text, LEAST_TEXT, 600) <= log.brickWidth + 1;
  if (log.brickHeight < NUMBER_FROM_HEIGHT || !fits) return [];
  const size = Math.max(LEAST_TEXT, Math.min(15, log.brickHeight * 0.38));
  return [word(key, text, { x, y: baseLine(y, size), ink: 'strong', size })];
}

const glyphPath = (side: Side, x: number, y: number, half: number): string =>
  side === 'left' ? circlePath(x, y, half) : squarePath(x, y, half, 1);

function slotBox(log: LogLayout, row: LogRow, place: number) {
  const left = placeX(log, place);
  return {
    left,
    right: left + log.brickWidth,
    top: row.y - log.brickHeight / 2,
    bottom: row.y + log.brickHeight / 2,
  };
}

/** All free places of a row as one path. */
function freeSlots({ log, row }: RowOfLog, from: number): StillPath[] {
  const places = Array.from({ length: Math.max(0, log.places - from) }, (_, at) => from + at);
  if (places.length === 0) return [];
  const d = places.map((place) => boxPath(slotBox(log, row, place), BRICK_RADIUS)).join('');
  return [{ key: `row ${row.partition} ${row.side} free`, d, paint: 'slot' }];
}

function olderStill({ log, row }: RowOfLog, key: string): Still {
  if (log.brickHeight < NUMBER_FROM_HEIGHT) return EMPTY_STILL;
  const box = slotBox(log, row, 0);
  const x = (box.left + box.right) / 2;
  const text = word(`${key} older`, '…', { x, y: baseLine(row.y), ink: 'strong' });
  return { paths: [], words: [text] };
}

interface RowState {
  readonly state: PartitionState;
  readonly shown: Shown;
  readonly key: string;
}

/** A bar behind the last safe brick, drawn only while something lies beyond it. */
function watermarkStill({ log, row }: RowOfLog, { state, shown, key }: RowState): Still {
  if (state.highWatermark >= state.logEnd) return EMPTY_STILL;
  const x = edgeX(log, shown, state.highWatermark);
  const half = log.brickHeight / 2 + 4;
  const d = `M${x} ${Math.round(row.y - half)}V${Math.round(row.y + half)}`;
  return { paths: [{ key: `${key} safe`, d, paint: 'watermark' }], words: [] };
}

/** The gap before an offset's brick; for one that slid out, the first place. */
function edgeX(log: LogLayout, shown: Shown, offset: number): number {
  const first = shown.offsets[0] ?? offset;
  const place = Math.max(0, offset - first) + (shown.hasOlder && offset >= first ? 1 : 0);
  return Math.round((placeX(log, place) - log.gap / 2) * 10) / 10;
}

/** Filled: the next one to get. Hollow: where a restart would read on from, if that differs. */
function bookmarksStill(world: World, { log, row }: RowOfLog, shown: Shown): Still {
  const y = row.y + log.brickHeight / 2 + 1.5;
  const [width, height] = [7, Math.min(11, log.gap * 2.4)];
  const end = world.partitions[row.partition]?.logEnd ?? 0;
  const paths = world.readers.flatMap(({ partition, reader, position, committed }) => {
    if (partition !== row.partition || world.nodes[reader]?.joined === false) return [];
    if (log.gap < ROOMY_GAP && position >= end) return [];
    const at = (offset: number): string =>
      bookmarkPath(bookmarkX(log, shown, offset), y, width, height);
    const key = `bookmark ${partition} ${reader}`;
    const filled: StillPath = { key, d: at(position), paint: 'bookmark' };
    if (committed < 0 || committed === position) return [filled];
    return [{ key: `${key} kept`, d: at(committed), paint: 'committed' as const }, filled];
  });
  return { paths, words: [] };
}

function bookmarkX(log: LogLayout, shown: Shown, offset: number): number {
  const last = log.firstX + log.places * (log.brickWidth + log.gap) - log.gap;
  return Math.min(last, edgeX(log, shown, offset) + log.brickWidth * 0.32);
}
