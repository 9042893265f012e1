// What stands still on the WebSocket stage: people, pipes, a relay, what a buffer keeps.

import type { World } from '../../engine/index';
import { heldAt } from '../../engine/index';
import { LEAST_TEXT, textWidth } from '../encoding';
import { boxPath, crossPath } from '../shapes';
import { baseLine, EMPTY_STILL, joinStills, type Still, word } from '../still';
import type { Seat } from './geometry/seats';
import { laneState, laneStill } from './laneScene';
import { pilesStill } from './missScene';
import { absenceWord, movingWord, peopleStill } from './personScene';
import type { TopologyLayout } from './topologyLayout';

export function websocketStill(layout: TopologyLayout, world: World): Still {
  return joinStills([
    ...layout.lanes.map((lane) => laneStill(layout, world, lane)),
    relayStill(layout, world),
    peopleStill(layout, world, (seat) => doing(layout, world, seat)),
    tagStill(layout, world),
    pilesStill(layout, world.time),
    bufferStill(layout, world),
  ]);
}

function doing(layout: TopologyLayout, world: World, seat: Seat): string {
  const absence = absenceWord(world, seat);
  if (absence !== null) return absence;
  const lane = layout.lanes.find(
    ({ leftNode, rightNode }) => leftNode === seat.node || rightNode === seat.node,
  );
  const state = lane === undefined ? 'closed' : laneState(world, lane);
  if (state === 'connecting') return 'connects';
  if (state === 'closed') return 'not connected';
  return movingWord(world, seat);
}

const TAG = 'both at once';
const TAG_HALF = 13;

/** The words that belong to the yellow, above the pipe or, with several, above them all. */
export function tagStill(layout: TopologyLayout, world: World): Still {
  const isLive = layout.lanes.some((lane) => laneState(world, lane) === 'live');
  const top = Math.min(...layout.lanes.map((lane) => lane.top), layout.relay?.top ?? Infinity);
  const y = top - TAG_HALF - 9;
  if (!isLive || y - TAG_HALF < 1) return EMPTY_STILL;
  const x = layout.size.width / 2;
  const half = textWidth(TAG, LEAST_TEXT, 600) / 2 + 10;
  const box = { left: x - half, right: x + half, top: y - TAG_HALF, bottom: y + TAG_HALF };
  return {
    paths: [{ key: 'tag', d: boxPath(box, 3), paint: 'tag' }],
    words: [word('tag', TAG, { x, y: baseLine(y), ink: 'tag' })],
  };
}

function relayStill({ relay, size }: TopologyLayout, world: World): Still {
  if (relay === null) return EMPTY_STILL;
  const isUp = world.nodes[relay.node]?.up !== false;
  const x = size.width / 2;
  const y = (relay.top + relay.bottom) / 2;
  const text = isUp ? 'relay' : 'stopped';
  return {
    paths: [
      { key: 'relay', d: boxPath(relay, 8), paint: isUp ? 'middle' : 'middle-stopped' },
      ...(isUp
        ? []
        : [{ key: 'relay stopped', d: crossPath(x, y - 24, 9), paint: 'cross' as const }]),
    ],
    words: [word('relay', text, { x, y: baseLine(y), ink: isUp ? 'strong' : 'quiet' })],
  };
}

/** A replay buffer that somebody wrote: how many messages it keeps now. */
function bufferStill(layout: TopologyLayout, world: World): Still {
  const held = heldAt(layout.index, layout.stage, world.time).length;
  if (held === 0 || (layout.labels === 'none' && layout.relay === null)) return EMPTY_STILL;
  const { relay, size } = layout;
  const text = `keeps ${held}`;
  const at =
    relay === null
      ? { x: size.width / 2, y: layout.floorY + 24 }
      : { x: size.width / 2, y: (relay.top + relay.bottom) / 2 + 24 };
  const words = relay === null ? `buffer ${text}` : text;
  return { paths: [], words: [word('buffer', words, { ...at, ink: 'strong' })] };
}
