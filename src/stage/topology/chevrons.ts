// The chevrons of all lanes as one path; those under a message are left out.

import type { World } from '../../engine/index';
import { cutX, laneState } from './laneScene';
import type { MessageMark } from './messageMarks';
import { chevronPath } from './shapes';
import type { Lane, TopologyLayout } from './topologyLayout';

const STEP = 26;
const END = 26;
/** More people than this leave no room for chevrons. */
const MOST_PEOPLE = 4;
const NARROWEST = 30;

/** Path data of every chevron that nothing covers. */
export function chevronsPath(
  layout: TopologyLayout,
  world: World,
  marks: readonly MessageMark[],
): string {
  if (layout.seats.length > MOST_PEOPLE) return '';
  return layout.lanes.map((lane) => laneChevrons(layout, world, { lane, marks })).join('');
}

interface LaneMarks {
  readonly lane: Lane;
  readonly marks: readonly MessageMark[];
}

function laneChevrons(layout: TopologyLayout, world: World, { lane, marks }: LaneMarks): string {
  const state = laneState(layout, world, lane);
  if (state === 'closed' || state === 'connecting') return '';
  if (state === 'cut' && lane.shape === 'street') return '';
  const gap = state === 'cut' ? cutX(world, lane) : Number.NaN;
  const size = Math.min(5, layout.unit * 6);
  return headingsNow(lane, world)
    .flatMap((heading) => {
      const y = heading === 1 ? lane.rightwardY : lane.leftwardY;
      return chevronXs(lane)
        .filter((x) => !(Math.abs(x - gap) < STEP))
        .filter((x) => !marks.some((mark) => covers(mark, x, y)))
        .map((x) => chevronPath(x, y, heading, size));
    })
    .join('');
}

/** A turning lane points where the message goes; idle, it points nowhere. */
function headingsNow(lane: Lane, world: World): readonly (1 | -1)[] {
  if (lane.shape !== 'turning') return lane.headings;
  const moving = world.transfers.find(({ connection }) => connection === lane.connection);
  if (moving === undefined) return [];
  return moving.from === lane.leftNode ? [1] : [-1];
}

/** Evenly around the lane's middle. */
function chevronXs({ left, right }: Lane): number[] {
  const length = right - left;
  if (length < NARROWEST) return [];
  const count = Math.max(1, Math.floor((length - 2 * END) / STEP) + 1);
  const first = (left + right) / 2 - ((count - 1) * STEP) / 2;
  return Array.from({ length: count }, (_, at) => first + at * STEP);
}

function covers({ x, y, radius, heading, tail }: MessageMark, at: number, lineY: number): boolean {
  if (Math.abs(y - lineY) > 2) return false;
  const ahead = (at - x) * heading;
  return ahead < radius + 8 && ahead > -(radius + tail + 8);
}
