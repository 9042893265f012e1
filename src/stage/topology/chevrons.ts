// The chevrons of all lanes as one path; those under a message are left out.

import type { World } from '../../engine/index';
import type { MessageMark } from '../messageMark';
import { chevronPath } from '../shapes';
import type { Lane } from './geometry/lanes';
import { cutX, laneState } from './laneScene';
import type { TopologyLayout } from './topologyLayout';

export interface Chevron {
  readonly x: number;
  readonly y: number;
  readonly heading: 1 | -1;
  readonly d: string;
}

const STEP = 26;
const END = 26;
const NARROWEST = 30;

/** Every chevron of a lane, whatever moves on it; evenly around the lane's middle. */
export function layoutChevrons(lane: Lane, unit: number): Chevron[] {
  const { left, right } = lane;
  const length = right - left;
  if (length < NARROWEST) return [];
  const size = Math.min(5, unit * 6);
  const count = Math.max(1, Math.floor((length - 2 * END) / STEP) + 1);
  const first = (left + right) / 2 - ((count - 1) * STEP) / 2;
  return lane.headings.flatMap((heading) => {
    const y = heading === 1 ? lane.rightwardY : lane.leftwardY;
    return Array.from({ length: count }, (_, at) => {
      const x = first + at * STEP;
      return { x, y, heading, d: chevronPath(x, y, heading, size) };
    });
  });
}

/** Path data of every chevron that nothing covers. */
export function chevronsPath(
  { lanes, chevrons }: TopologyLayout,
  world: World,
  marks: readonly MessageMark[],
): string {
  let d = '';
  for (const lane of lanes) {
    const own = chevrons.get(lane.connection);
    if (own === undefined) continue;
    const near = marks.filter(({ y }) => y > lane.top && y < lane.bottom);
    d += laneChevrons(world, lane, { own, near });
  }
  return d;
}

interface OnLane {
  readonly own: readonly Chevron[];
  readonly near: readonly MessageMark[];
}

function laneChevrons(world: World, lane: Lane, { own, near }: OnLane): string {
  const state = laneState(world, lane);
  if (state === 'closed' || state === 'connecting') return '';
  if (state === 'cut' && lane.shape === 'street') return '';
  const gap = state === 'cut' ? cutX(world, lane) : Number.NEGATIVE_INFINITY;
  const turned = lane.shape === 'turning' ? turnedTo(lane, world) : 0;
  let d = '';
  for (const chevron of own) {
    const { x, heading } = chevron;
    if (Math.abs(x - gap) < STEP || (lane.shape === 'turning' && heading !== turned)) continue;
    if (!near.some((mark) => covers(mark, chevron))) d += chevron.d;
  }
  return d;
}

/** A turning lane points where the message goes; idle, it points nowhere. */
function turnedTo(lane: Lane, world: World): number {
  const moving = world.transfers.find(({ connection }) => connection === lane.connection);
  if (moving === undefined) return 0;
  return moving.from === lane.leftNode ? 1 : -1;
}

function covers({ x, y, radius, heading, tail }: MessageMark, chevron: Chevron): boolean {
  if (Math.abs(y - chevron.y) > 2) return false;
  const ahead = (chevron.x - x) * heading;
  return ahead < radius + 8 && ahead > -(radius + tail + 8);
}
