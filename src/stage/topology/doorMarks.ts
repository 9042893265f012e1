// Messages that their senders have handed over and that wait at the door: not on the line yet.

import type { MessageIndex, NodeIndex } from '../../engine/index';
import { waitingInAccumulatorAt } from '../../engine/index';
import type { MessageMark } from '../messageMark';
import { round } from '../shapes';
import type { Lane } from './geometry/lanes';
import type { Seat } from './geometry/seats';
import { labelOf } from './messageMarks';
import type { TopologyLayout } from './topologyLayout';

/** One mark a sender, beside the start of their lane; several messages are a stack. */
export function doorMarks(layout: TopologyLayout, time: number): MessageMark[] {
  const waiting = waitingInAccumulatorAt(layout.index, layout.stage, time);
  if (waiting.length === 0) return [];
  return [...bySender(layout, waiting)].flatMap(([node, messages]) => {
    const seat = layout.seats.find((candidate) => candidate.node === node);
    const lane = layout.lanes.find((candidate) => leadsAway(candidate, node));
    return seat && lane ? [doorMark(layout, { seat, lane, messages })] : [];
  });
}

function bySender(
  { index }: TopologyLayout,
  waiting: readonly MessageIndex[],
): Map<NodeIndex, MessageIndex[]> {
  const senders = new Map<NodeIndex, MessageIndex[]>();
  for (const message of waiting) {
    const sender = index.trace.messages.from[message] as number;
    const own = senders.get(sender) ?? [];
    own.push(message);
    senders.set(sender, own);
  }
  return senders;
}

const leadsAway = ({ leftNode, rightNode, headings }: Lane, node: NodeIndex): boolean =>
  (leftNode === node && headings.includes(1)) || (rightNode === node && headings.includes(-1));

interface AtDoor {
  readonly seat: Seat;
  readonly lane: Lane;
  readonly messages: readonly MessageIndex[];
}

function doorMark(layout: TopologyLayout, { seat, lane, messages }: AtDoor): MessageMark {
  const radius = layout.markRadius;
  const isLeft = seat.node === lane.leftNode;
  const heading = isLeft ? 1 : -1;
  const outside = radius + 5;
  const y = isLeft ? lane.top - outside : lane.bottom + outside;
  const trackY = isLeft ? lane.rightwardY : lane.leftwardY;
  const fits =
    y - radius >= 2 &&
    y + radius <= layout.size.height - 2 &&
    layout.lanes.every(
      (other) => other.right < lane.left || other.left > lane.right || isClear(other, y, radius),
    );
  return {
    key: `door ${seat.id}`,
    side: seat.side,
    x: round(isLeft ? lane.left + radius : lane.right - radius),
    y: round(fits ? y : trackY),
    radius,
    heading,
    tail: 0,
    text: radius < 11.5 ? '' : labelOf(layout.index.trace, messages),
    isStack: messages.length > 1,
  };
}

const isClear = ({ top, bottom }: Lane, y: number, radius: number): boolean =>
  y + radius <= top || y - radius >= bottom;
