// Pipes, streets and turning lanes at one instant: open, live, cut, closed or being opened again.

import type { World } from '../../engine/index';
import { LEAST_TEXT, type PaintName, textWidth } from '../encoding';
import { boxPath, cutPaths, round } from '../shapes';
import { baseLine, EMPTY_STILL, type Still, word } from '../still';
import type { Lane, LaneWay } from './geometry/lanes';
import { along, type Point, type Wire } from './geometry/ring';
import type { TopologyLayout } from './topologyLayout';

export type LaneState = 'open' | 'live' | 'cut' | 'connecting' | 'closed';

const PIPE_RADIUS = 18;

/** Live: messages move both ways at once on this one connection. */
export function laneState(world: World, lane: Lane): LaneState {
  const way = wayNow(world, lane);
  if (way === undefined || world.links[way.link]?.cut || isAwayAt(world, way)) return 'cut';
  const state = lane.isAlwaysOpen ? 'open' : (world.connections[way.connection]?.state ?? 'closed');
  if (state !== 'open') return state;
  return isLive(world, lane) ? 'live' : 'open';
}

/** Of several the one that is open, or else being opened, or else the first. */
function wayNow(world: World, { ways }: Lane): LaneWay | undefined {
  const inState = (state: string): LaneWay | undefined =>
    ways.find(({ connection }) => world.connections[connection]?.state === state);
  return ways.length === 1 ? ways[0] : (inState('open') ?? inState('connecting') ?? ways[0]);
}

function isAwayAt(world: World, { ends }: LaneWay): boolean {
  return ends.some((node) => world.nodes[node]?.away === true && world.nodes[node]?.joined);
}

const isLive = (world: World, lane: Lane): boolean =>
  lane.shape !== 'street' && liveConnections(world).includes(lane.connection);

/** Where a lane is cut: nearer to the one who is away, in the middle where the cable is. */
export function cutX(world: World, lane: Lane): number {
  const share = world.nodes[lane.rightNode]?.away
    ? 0.68
    : world.nodes[lane.leftNode]?.away
      ? 0.32
      : 0.5;
  return lane.left + (lane.right - lane.left) * (lane.shape === 'street' ? 0.5 : share);
}

/** Someone who has not come yet has no line. */
const isMissingEnd = (world: World, { leftNode, rightNode }: Lane): boolean =>
  [leftNode, rightNode].some((node) => world.nodes[node]?.joined === false);

export function laneStill(layout: TopologyLayout, world: World, lane: Lane): Still {
  if (isMissingEnd(world, lane)) return EMPTY_STILL;
  const state = laneState(world, lane);
  if (lane.wire !== null) return wireStill(lane, lane.wire, state);
  const key = `lane ${lane.connection}`;
  const height = lane.bottom - lane.top;
  const radius = lane.shape === 'pipe' ? PIPE_RADIUS * layout.unit : height / 2;
  if (state === 'cut') {
    const { parts, ends } = cutPaths(lane, radius, cutX(world, lane));
    return {
      paths: [
        { key, d: parts, paint: lane.shape === 'street' ? 'pipe-closed' : 'pipe' },
        { key: `${key} ends`, d: ends, paint: 'cut-end' },
      ],
      words: [],
    };
  }
  const paint: PaintName =
    state === 'open' ? 'pipe' : state === 'live' ? 'pipe-live' : 'pipe-closed';
  const label = layout.labels === 'none' ? '' : labelOf(lane, state);
  const y = (lane.top + lane.bottom) / 2;
  const x = (lane.left + lane.right) / 2;
  return {
    paths: [{ key, d: boxPath(lane, radius), paint }],
    words: label === '' ? [] : [word(`${key} state`, label, { x, y: baseLine(y) })],
  };
}

/** Shares of the way between which a cut wire is missing. */
const WIRE_GAP = [0.42, 0.58] as const;

/** A line between two people who are joined directly. */
function wireStill({ connection }: Lane, wire: Wire, state: LaneState): Still {
  const { from, to } = wire;
  const d =
    state === 'cut'
      ? linePath(from, along(wire, WIRE_GAP[0])) + linePath(along(wire, WIRE_GAP[1]), to)
      : linePath(from, to);
  const paint = state === 'live' ? 'wire-live' : state === 'open' ? 'wire' : 'pipe-closed';
  return { paths: [{ key: `lane ${connection}`, d, paint }], words: [] };
}

const linePath = (from: Point, to: Point): string =>
  `M${round(from.x)} ${round(from.y)}L${round(to.x)} ${round(to.y)}`;

function labelOf(lane: Lane, state: LaneState): string {
  const texts = { connecting: 'connecting', closed: 'closed', open: '', live: '', cut: '' };
  const text = texts[state];
  const fits = lane.right - lane.left >= textWidth(text, LEAST_TEXT) + 20;
  return fits && lane.bottom - lane.top >= LEAST_TEXT + 6 ? text : '';
}

/** Connections on which messages move both ways at once, in one pass. */
export function liveConnections(world: World): number[] {
  const firstFrom = new Map<number, number>();
  const live = new Set<number>();
  for (const { connection, messages, from } of world.transfers) {
    if (messages.length === 0) continue;
    const first = firstFrom.get(connection);
    if (first === undefined) firstFrom.set(connection, from);
    else if (first !== from) live.add(connection);
  }
  return [...live];
}
