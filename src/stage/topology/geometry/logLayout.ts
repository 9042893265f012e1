// Where the log stands and where each of its rows and places is; a row is one partition.

import type { PartitionIndex } from '../../../engine/index';
import type { Side } from '../../encoding';
import type { Box } from '../../shapes';
import type { LayoutFrame } from './seats';

export interface LogRow {
  /** -1: a way that nobody uses in this scene; its places stay free. */
  readonly partition: PartitionIndex;
  readonly side: Side;
  readonly y: number;
}

export interface LogLayout extends Box {
  /** The broker that leads at the start. */
  readonly node: number;
  readonly rows: readonly LogRow[];
  readonly places: number;
  readonly brickWidth: number;
  readonly brickHeight: number;
  readonly gap: number;
  /** Left edge of the first place. */
  readonly firstX: number;
}

const PADDING = 12;
const BRICK_HEIGHT = 36;
const TRACK = 24;

export function layoutLog(frame: LayoutFrame, places: number): LogLayout {
  const { index, stage, size, seats, unit } = frame;
  const share = places >= 7 ? 0.34 : 0.285;
  const gap = 4 * unit;
  const free = size.width * share - 2 * PADDING * unit - (places - 1) * gap;
  const brickWidth = Math.max(22 * unit, 18, Math.min(free / places, 32 * unit));
  const rowsWidth = places * brickWidth + (places - 1) * gap;
  const left = size.width / 2 - rowsWidth / 2 - PADDING * unit;
  const ys = seats.map(({ y }) => y);
  const reach = (TRACK + BRICK_HEIGHT / 2 + PADDING) * unit;
  return {
    node:
      index.trace.legend.partitions.find((partition) => partition.stage === stage)?.replicas[0] ??
      index.trace.legend.nodes.findIndex((node) => node.stage === stage && node.role === 'broker'),
    rows: rowsOf(frame),
    places,
    brickWidth,
    brickHeight: BRICK_HEIGHT * unit,
    gap,
    firstX: left + PADDING * unit,
    left,
    right: size.width - left,
    top: Math.min(...ys) - reach,
    bottom: Math.max(...ys) + reach,
  };
}

/** Beside each sender's street lies the row that takes what comes from there. */
function rowsOf({ index, seats, unit }: LayoutFrame): LogRow[] {
  const { partitions } = index.trace.legend;
  const isPair = seats.length === 2;
  return seats.flatMap(({ node, side, y }) => {
    const partition = partitions.findIndex(({ sender }) => sender === node);
    if (partition < 0 && !isPair) return [];
    return [{ partition, side, y: y + (side === 'left' ? -TRACK : TRACK) * unit }];
  });
}

/** Left edge of a place, counted from 0. */
export const placeX = (log: LogLayout, place: number): number =>
  log.firstX + place * (log.brickWidth + log.gap);
