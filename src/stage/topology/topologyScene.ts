// The stage picture of one instant as data: what stands still, and what moves on it.

import type { SimTime, World } from '../../engine/index';
import { heldAt, ledgerAt, measuresAt, waitingInAccumulatorAt } from '../../engine/index';
import type { MessageMark, Motion } from '../messageMark';
import { sharedWorldAt } from '../sharedWorld';
import type { Still } from '../still';
import { channelStill } from './channelScene';
import { chevronsPath } from './chevrons';
import { doorMarks } from './doorMarks';
import { kafkaStill, waitingWords } from './kafkaScene';
import { liveConnections } from './laneScene';
import { logCopies } from './logCopies';
import { messageMarks, type QuietMark, quietMarks } from './messageMarks';
import { queueMarks } from './middle/middleScene';
import { askingWord, heldRequestMarks } from './middle/requestScene';
import { type FallMark, fallMarks } from './missScene';
import type { TopologyLayout } from './topologyLayout';
import { websocketStill } from './websocketScene';

export interface TopologyScene {
  readonly width: number;
  readonly height: number;
  /** Two scenes with the same key have the same still part. */
  readonly stillKey: string;
  /** Null: it is the one that the caller said is drawn already. */
  readonly still: Still | null;
  readonly chevrons: string;
  readonly messages: readonly MessageMark[];
  readonly quiets: readonly QuietMark[];
  readonly falls: readonly FallMark[];
}

export interface TopologyInstant {
  readonly time: SimTime;
  readonly motion: Motion;
  /** The still part that stands already, by its key: it is not built again. */
  readonly drawnKey?: string | undefined;
}

/** The picture of `layout` at an instant; a function of its arguments and of nothing else. */
export function topologyScene(layout: TopologyLayout, instant: TopologyInstant): TopologyScene {
  const { time, motion, drawnKey } = instant;
  const world = sharedWorldAt(layout.index, time);
  const moving = messageMarks(layout, world, motion);
  const stillKey = stillKeyOf(layout, world);
  return {
    width: layout.size.width,
    height: layout.size.height,
    stillKey,
    still: stillKey === drawnKey ? null : stillOf(layout, world),
    chevrons: chevronsPath(layout, world, moving),
    messages: [...doorMarks(layout, time), ...queueMarks(layout, time), ...moving],
    quiets: [...quietMarks(layout, world, motion), ...heldRequestMarks(layout, world)],
    falls: fallMarks(layout, time, motion),
  };
}

function stillOf(layout: TopologyLayout, world: World): Still {
  if (layout.log !== null) return kafkaStill(layout, world);
  const [lane] = layout.lanes;
  const connection = layout.index.trace.legend.connections[lane?.connection ?? -1];
  return connection?.purpose === 'channel'
    ? channelStill(layout, world)
    : websocketStill(layout, world);
}

/** Everything that the still part depends on, as text. */
function stillKeyOf(layout: TopologyLayout, world: World): string {
  const { index, stage } = layout;
  const { legend } = index.trace;
  const parts: (string | number)[] = [layout.key, ledgerAt(index, stage, world.time).missed];
  for (const { node } of layout.seats) {
    const { up, away, joined, sending, getting } = world.nodes[node] ?? ABSENT;
    parts.push(Number(up) + 2 * Number(away) + 4 * Number(joined));
    parts.push(Number(sending) + 2 * Number(getting));
  }
  if (layout.log !== null) parts.push(Object.values(logCopies(layout, world)).join(' '));
  else parts.push(world.nodes[layout.relay?.node ?? -1]?.up === false ? 'down' : 'up');
  for (const { connection, link, ends } of layout.lanes.flatMap(({ ways }) => ways)) {
    parts.push(world.connections[connection]?.state ?? '', Number(world.links[link]?.cut));
    parts.push(ends.map((node) => Number(world.nodes[node]?.away)).join(''));
  }
  world.partitions.forEach(({ logStart, highWatermark, logEnd }, at) => {
    if (legend.partitions[at]?.stage === stage) parts.push(logStart, highWatermark, logEnd);
  });
  for (const { partition, position, committed } of world.readers) {
    if (legend.partitions[partition]?.stage === stage) parts.push(position, committed);
  }
  if (layout.log !== null && layout.labels !== 'none') {
    parts.push(waitingWords(layout, world)?.[0] ?? '');
  }
  if (layout.log === null) {
    for (const connection of liveConnections(world)) parts.push('live', connection);
    parts.push(heldAt(index, stage, world.time).length);
    parts.push(measuresAt(index, stage, world.time).buffered);
    parts.push(waitingInAccumulatorAt(index, stage, world.time).length);
    for (const seat of layout.seats) parts.push(askingWord(layout, world, seat));
  }
  return parts.join(' ');
}

const ABSENT = { up: false, away: false, joined: false, sending: false, getting: false };
