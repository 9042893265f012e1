// What stands still between people without a log: lines, a relay or a server, what a buffer keeps.

import type { World } from '../../engine/index';
import { heldAt, measuresAt } from '../../engine/index';
import { LEAST_TEXT, textWidth } from '../encoding';
import { boxPath } from '../shapes';
import { baseLine, EMPTY_STILL, joinStills, type Still, word } from '../still';
import type { Seat } from './geometry/seats';
import { laneState, laneStill } from './laneScene';
import { type Middle, middleStill, showsQueue } from './middle/middleScene';
import { askingWord } from './middle/requestScene';
import { pilesStill } from './missScene';
import { absenceWord, movingWord, peopleStill } from './personScene';
import type { TopologyLayout } from './topologyLayout';

export function websocketStill(layout: TopologyLayout, world: World): Still {
  return joinStills([
    ...layout.lanes.map((lane) => laneStill(layout, world, lane)),
    layout.relay === null ? EMPTY_STILL : middleStill(layout, world, layout.relay),
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
  return askingWord(layout, world, seat) || movingWord(world, seat);
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

/** A replay buffer that somebody wrote: how many messages it keeps now. */
function bufferStill(layout: TopologyLayout, world: World): Still {
  const held = heldAt(layout.index, layout.stage, world.time).length;
  const { relay, size } = layout;
  if (held === 0 && relay !== null) return queuedStill(layout, world, relay);
  if (held === 0 || (layout.labels === 'none' && relay === null)) return EMPTY_STILL;
  // What waits to be asked for is drawn itself.
  if (relay !== null && showsQueue(layout, relay)) return EMPTY_STILL;
  const text = `keeps ${held}`;
  const at =
    relay === null
      ? { x: size.width / 2, y: layout.floorY + 24 }
      : { x: size.width / 2, y: (relay.top + relay.bottom) / 2 + 24 };
  const words = relay === null ? `buffer ${text}` : text;
  return { paths: [], words: [word('buffer', words, { ...at, ink: 'strong' })] };
}

/** Bytes that a relay has taken and cannot hand on yet, for somebody reads too slowly. */
function queuedStill(layout: TopologyLayout, world: World, relay: Middle): Still {
  const { buffered } = measuresAt(layout.index, layout.stage, world.time);
  const y = (relay.top + relay.bottom) / 2 + 24;
  if (buffered === 0 || world.nodes[relay.node]?.up === false || y + 8 > relay.bottom) {
    return EMPTY_STILL;
  }
  const text = buffered < KIB ? `${buffered} B` : `${Math.round(buffered / KIB)} KiB`;
  return {
    paths: [],
    words: [word('buffer', text, { x: layout.size.width / 2, y, ink: 'strong' })],
  };
}

const KIB = 1_024;
