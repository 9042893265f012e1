// Messages that got lost: each falls from where it was lost, then only its count stays below.

import type { LossCause, Miss } from '../../engine/index';
import { EntryKind, ledgerAt, missesAt } from '../../engine/index';
import { INKS, LEAST_TEXT, type Side, textWidth } from '../encoding';
import type { Motion } from '../messageMark';
import { crossPath, round } from '../shapes';
import { type Anchor, baseLine, EMPTY_STILL, joinStills, type Still, word } from '../still';
import type { Lane } from './geometry/lanes';
import { placeOn, shareOfWay, sideOf } from './messageMarks';
import type { TopologyLayout } from './topologyLayout';

export interface FallMark {
  readonly key: string;
  readonly side: Side;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Name, caption and a line more. */
const CAPTIONS_HEIGHT = 68;
/** 600 ms of screen at normal speed, where 20 ms take 1.2 s. */
const FALL_US = 10_000;
/** Pixels that one falls where no count waits below. */
const FALL = 60;
/** So many fall at once at most; the others are counted all the same. */
const MOST_FALLS = 24;

/** Lost by what stands in the middle (or, without one, by the server's end), not on the way. */
const LOST_IN_THE_MIDDLE: readonly LossCause[] = [
  'before it came',
  'retention passed',
  'replay window passed',
  'not kept',
  'reset past it',
  'lost in the crash',
];

type Spot = 'left' | 'middle' | 'right';

interface LossPlace {
  readonly spot: Spot;
  readonly x: number;
  readonly y: number;
}

/** Those that were lost just now; where each is follows from the time since it was lost. */
export function fallMarks(layout: TopologyLayout, time: number, motion: Motion): FallMark[] {
  const radius = Math.max(8, Math.min(11, layout.markRadius));
  const floor = pileY(layout);
  const lowest = layout.size.height - radius - 2;
  const isOneRow = layout.seats.length <= 2;
  return missesAt(layout.index, layout.stage, time, MOST_FALLS)
    .filter((miss) => time - miss.time < FALL_US)
    .map((miss) => {
      const { spot, x, y: lostAt } = lossPlace(layout, miss);
      // What stands in the middle may reach down to the edge.
      const y = Math.min(lostAt, lowest);
      const share = motion === 'flight' ? (time - miss.time) / FALL_US : 1;
      // At a door it becomes the cross of the count; elsewhere it ends above the words.
      const end = isOneRow ? (spot === 'middle' ? floor - radius - 12 : floor) : y + FALL;
      return {
        key: `m${miss.message} ${miss.reader}`,
        side: sideOf(layout, miss.message),
        x: round(x),
        y: round(y + (Math.max(y, Math.min(end, lowest)) - y) * share * share),
        radius,
      };
    });
}

function lossPlace(layout: TopologyLayout, miss: Miss): LossPlace {
  if (wasDropped(layout, miss)) return placeOfDrop(layout, miss);
  const { index, relay, log } = layout;
  const isInMiddle = LOST_IN_THE_MIDDLE.includes(miss.cause) || miss.cause === 'reader away';
  const middle = log ?? relay;
  if (isInMiddle && middle !== null) {
    return { spot: 'middle', x: layout.size.width / 2, y: middle.bottom - 4 };
  }
  const sender = index.trace.messages.from[miss.message] as number;
  const lane = layout.lanes.find((candidate) => leadsFrom(candidate, sender));
  if (lane === undefined) return { spot: 'middle', x: layout.size.width / 2, y: layout.floorY };
  const { x, y, heading } = placeOn(lane, { from: sender, share: 0, inset: layout.markRadius });
  return { spot: heading === 1 ? 'left' : 'right', x, y };
}

const leadsFrom = ({ leftNode, rightNode, headings }: Lane, node: number): boolean =>
  (leftNode === node && headings.includes(1)) || (rightNode === node && headings.includes(-1));

/** On its way; a miss may also name a transfer that arrived, after which nobody kept the message. */
function wasDropped({ index }: TopologyLayout, { transfer }: Miss): boolean {
  const { transfers, entries } = index.trace;
  const end = transfers.endSeq[transfer] ?? -1;
  return end >= 0 && entries.kind[end] === EntryKind.TransferDropped;
}

function placeOfDrop(layout: TopologyLayout, { transfer, time }: Miss): LossPlace {
  const { transfers, entries } = layout.index.trace;
  const from = transfers.from[transfer] as number;
  const lane = layout.laneOf.get(transfers.connection[transfer] as number);
  if (lane === undefined) return { spot: 'middle', x: layout.size.width / 2, y: layout.floorY };
  const share = shareOfWay(
    layout.index.trace,
    {
      transfer,
      from,
      connection: lane.connection,
      to: transfers.to[transfer] as number,
      type: 'message',
      messages: [],
      startedAt: entries.time[transfers.startSeq[transfer] as number] as number,
      endsAt: time,
      delivered: false,
      dueAt: transfers.dueAt[transfer] as number,
    },
    { time, motion: 'flight' },
  );
  const { x, y } = placeOn(lane, { from, share, inset: layout.markRadius });
  const isDirect = layout.log === null && layout.relay === null;
  const isLeft = x < layout.size.width / 2;
  return { spot: isDirect ? 'middle' : isLeft ? 'left' : 'right', x, y };
}

/** Narrower pictures have no room for counts between the captions of both sides. */
const ROOMY = 400;

/** The middle line of the counts of what was lost. */
function pileY({ labels, floorY, centreY, size, seats }: TopologyLayout): number {
  if (labels === 'none') return centreY;
  if (labels === 'captions' && size.width < ROOMY) {
    const lowest = Math.max(...seats.map(({ y, radius }) => y + radius));
    return Math.min(size.height - 10, lowest + CAPTIONS_HEIGHT);
  }
  return Math.min(size.height - 10, floorY + (labels === 'captions' ? 60 : 20));
}

/** Two people and one line: without room below, the count stands inside it. */
const isOneLine = ({ log, relay }: TopologyLayout): boolean => log === null && relay === null;

/** The counts of what was lost, each near its place. */
export function pilesStill(layout: TopologyLayout, time: number): Still {
  const missed = ledgerAt(layout.index, layout.stage, time).missed;
  if (missed === 0) return EMPTY_STILL;
  const counts = new Map<Spot, number>();
  const isOneRow = layout.seats.length <= 2;
  if (!isOneRow || layout.size.width < NARROW) counts.set('middle', missed);
  else {
    for (const miss of missesAt(layout.index, layout.stage, time, Number.POSITIVE_INFINITY)) {
      const { spot } = lossPlace(layout, miss);
      counts.set(spot, (counts.get(spot) ?? 0) + 1);
    }
  }
  if (layout.labels === 'none' && !isOneLine(layout)) return EMPTY_STILL;
  const isShort = counts.size > 1 && layout.size.width < 500;
  return joinStills(
    [...counts].map(([spot, count]) =>
      pileStill(layout, spot, isShort ? `${count}` : `${count} missed`),
    ),
  );
}

/** Counts of both ends would meet in the middle. */
const NARROW = 300;
const CROSS_HALF = 5;
const CROSS_ROOM = 16;

function pileStill(layout: TopologyLayout, spot: Spot, text: string): Still {
  const width = CROSS_ROOM + textWidth(text, LEAST_TEXT, INKS.lost.weight);
  const y = pileY(layout);
  const lefts = layout.lanes.map(({ left }) => left);
  const rights = layout.lanes.map(({ right }) => right);
  const crossX = {
    left: Math.min(...lefts) + layout.markRadius,
    middle: layout.size.width / 2 - width / 2 + CROSS_HALF,
    right: Math.max(...rights) - layout.markRadius,
  }[spot];
  const isRight = spot === 'right';
  const x = crossX + (isRight ? -CROSS_ROOM : CROSS_ROOM);
  const anchor: Anchor = isRight ? 'end' : 'start';
  return {
    paths: [{ key: `pile ${spot}`, d: crossPath(crossX, y, CROSS_HALF), paint: 'lost-cross' }],
    words: [word(`pile ${spot}`, text, { x, y: baseLine(y), ink: 'lost', anchor })],
  };
}

/** Whether something was lost in the middle: its count takes the place of the caption there. */
export const hasPile = (still: Still, spot: Spot): boolean =>
  still.paths.some(({ key }) => key === `pile ${spot}`);
