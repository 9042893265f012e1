// Everything that travels at one instant: messages, and the quieter acks, polls and handshakes.

import type { MessageIndex, Trace, TransferInFlight, World } from '../../engine/index';
import type { Side } from '../encoding';
import type { MessageMark, Motion } from '../messageMark';
import { round } from '../shapes';
import type { Lane } from './geometry/lanes';
import { along, type Wire } from './geometry/ring';
import type { TopologyLayout } from './topologyLayout';

/** An ack, a poll or a handshake: it carries no message. */
export interface QuietMark {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly heading: 1 | -1;
  /** Pixels of dotted line behind its tip. */
  readonly length: number;
}

const NUMBER_FROM_RADIUS = 11.5;
const TAIL_FROM_RADIUS = 7;
/** Where a message waits that a cut holds up, as a share of its way. */
const HELD_UP = 0.3;

export function messageMarks(layout: TopologyLayout, world: World, motion: Motion): MessageMark[] {
  const places = new Map<string, { readonly mark: MessageMark; count: number }>();
  for (const transfer of world.transfers) {
    const lane = layout.laneOf.get(transfer.connection);
    if (lane === undefined || transfer.messages.length === 0) continue;
    const share = shareOfWay(layout.index.trace, transfer, { time: world.time, motion });
    const mark = messageMark(layout, transfer, { lane, share });
    const key = `${lane.connection} ${mark.heading} ${mark.x} ${mark.y} ${mark.side}`;
    const place = places.get(key);
    if (place === undefined) places.set(key, { mark, count: transfer.messages.length });
    else place.count += transfer.messages.length;
  }
  return [...places.values()].map(({ mark, count }) => asStack(mark, count));
}

/** Several at one place, held up by a cut or sent at one instant, are one mark with their number. */
function asStack(mark: MessageMark, count: number): MessageMark {
  if (count === 1) return mark;
  return { ...mark, text: mark.text === '' ? '' : `×${count}`, isStack: true };
}

export function quietMarks(layout: TopologyLayout, world: World, motion: Motion): QuietMark[] {
  const marks: QuietMark[] = [];
  for (const transfer of world.transfers) {
    const lane = layout.laneOf.get(transfer.connection);
    if (lane === undefined || transfer.messages.length > 0) continue;
    const share = shareOfWay(layout.index.trace, transfer, { time: world.time, motion });
    const place = quietPlace(lane, { from: transfer.from, share });
    marks.push({ key: `q${transfer.transfer}`, ...place });
  }
  return marks;
}

/** Where something quiet is on its lane. */
export function quietPlace(lane: Lane, way: Omit<Way, 'inset'>): Omit<QuietMark, 'key'> {
  const length = Math.round(Math.min(26, (lane.right - lane.left) * 0.35));
  const { x, y, heading } = placeOn(lane, { ...way, inset: length / 2 + 4 });
  // On a street it keeps off the middle, where a message may come the other way.
  const aside = lane.shape === 'street' ? (lane.bottom - lane.top) * 0.28 : 0;
  return { x: round(x + (heading * length) / 2), y: round(y + aside), heading, length };
}

interface OnLane {
  readonly lane: Lane;
  readonly share: number;
}

function messageMark(
  layout: TopologyLayout,
  transfer: TransferInFlight,
  { lane, share }: OnLane,
): MessageMark {
  const { trace } = layout.index;
  const radius = layout.markRadius;
  const first = transfer.messages[0] ?? -1;
  const { x, y, heading, gone } = placeOn(lane, { from: transfer.from, share, inset: radius });
  const isStack = transfer.messages.length > 1;
  const longest = Math.min(60, (lane.right - lane.left) * 0.4);
  return {
    key: `t${transfer.transfer}`,
    side: sideOf(layout, first),
    x,
    y,
    radius,
    heading,
    tail: radius < TAIL_FROM_RADIUS ? 0 : Math.max(0, Math.round(Math.min(longest, gone))),
    text: radius < NUMBER_FROM_RADIUS ? '' : labelOf(trace, transfer.messages),
    isStack,
  };
}

/** A message's number; of several, how many they are. */
export function labelOf(trace: Trace, messages: readonly MessageIndex[]): string {
  if (messages.length > 1) return `×${messages.length}`;
  return String(trace.messages.number[messages[0] ?? 0] ?? '');
}

/** A message looks like its sender. */
export function sideOf(layout: TopologyLayout, message: MessageIndex): Side {
  const sender = layout.index.trace.messages.from[message];
  return layout.sideOf.get(sender ?? -1) ?? 'left';
}

/** 0 at the start, 1 at the end; what a cut holds up waits before it and goes on when it heals. */
export function shareOfWay(trace: Trace, transfer: TransferInFlight, seen: Seen): number {
  const { time, motion } = seen;
  const { startedAt, endsAt, dueAt } = transfer;
  const hasEnd = (trace.transfers.endSeq[transfer.transfer] as number) >= 0;
  const isLate = hasEnd ? endsAt > dueAt : dueAt < trace.horizon;
  const flight = dueAt - startedAt;
  if (flight <= 0) return 1;
  const share = (time - startedAt) / flight;
  if (!isLate) return stationOf(share, motion);
  const resumesAt =
    hasEnd && transfer.delivered ? endsAt - (1 - HELD_UP) * flight : Number.POSITIVE_INFINITY;
  if (time >= resumesAt) return stationOf(1 - (endsAt - time) / flight, motion);
  return share < HELD_UP ? stationOf(share, motion) : HELD_UP;
}

/** From when and how a picture is looked at. */
export interface Seen {
  readonly time: number;
  readonly motion: Motion;
}

/** With reduced motion: at the start, then half-way, then at the end. */
function stationOf(share: number, motion: Motion): number {
  if (motion === 'flight') return Math.min(1, Math.max(0, share));
  return share < 0.25 ? 0 : share < 0.75 ? 0.5 : 1;
}

interface Way {
  readonly from: number;
  readonly share: number;
  /** Room between the lane's ends and the middle of what travels. */
  readonly inset: number;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly heading: 1 | -1;
  /** Pixels since the start. */
  readonly gone: number;
}

interface OnWire extends Omit<Way, 'from'> {
  /** 1: from the wire's first end. */
  readonly heading: 1 | -1;
}

/** Without a tail, for a tail lies level. */
function placeOnWire(wire: Wire, { heading, share, inset }: OnWire): Place {
  const { from, to } = wire;
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const start = length === 0 ? 0 : Math.min(0.5, inset / length);
  const gone = start + share * (1 - 2 * start);
  const { x, y } = along(wire, heading === 1 ? gone : 1 - gone);
  return { x: round(x), y: round(y), heading: wire.to.x < wire.from.x ? -1 : 1, gone: 0 };
}

export function placeOn(lane: Lane, { from, share, inset }: Way): Place {
  // What comes from the other end comes from any of the brokers there.
  const heading = (from === lane.person) === (lane.person === lane.leftNode) ? 1 : -1;
  if (lane.wire !== null) return placeOnWire(lane.wire, { heading, share, inset });
  const length = Math.max(0, lane.right - lane.left - 2 * inset);
  const gone = share * length;
  const start = heading === 1 ? lane.left + inset : lane.right - inset;
  return {
    x: round(start + heading * gone),
    y: round(heading === 1 ? lane.rightwardY : lane.leftwardY),
    heading,
    gone,
  };
}
