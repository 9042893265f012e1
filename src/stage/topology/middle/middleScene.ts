// What stands in the middle without a log: a relay or a web server, and in it what waits to be
// asked for.

import type { NodeIndex, World } from '../../../engine/index';
import { heldAt } from '../../../engine/index';
import type { MessageMark } from '../../messageMark';
import { type Box, boxPath, crossPath, round } from '../../shapes';
import { baseLine, type Still, word } from '../../still';
import { labelOf, sideOf } from '../messageMarks';
import type { TopologyLayout } from '../topologyLayout';

export type Middle = Box & { readonly node: NodeIndex };

/** Pixels of a box in which a name stands above and what waits below. */
const LEAST_HEIGHT = 58;
const NAME_LINE = 18;
const NUMBER_FROM_RADIUS = 11.5;

export function middleStill(layout: TopologyLayout, world: World, middle: Middle): Still {
  const isUp = world.nodes[middle.node]?.up !== false;
  const x = layout.size.width / 2;
  const centre = (middle.top + middle.bottom) / 2;
  const name = layout.index.trace.legend.nodes[middle.node]?.name ?? '';
  const y = isUp && showsQueue(layout, middle) ? middle.top + NAME_LINE : centre;
  const cross = { key: 'middle stopped', d: crossPath(x, y - 24, 9), paint: 'cross' as const };
  return {
    paths: [
      { key: 'middle', d: boxPath(middle, 8), paint: isUp ? 'middle' : 'middle-stopped' },
      ...(isUp ? [] : [cross]),
    ],
    words: [
      word('middle', isUp ? name : 'stopped', {
        x,
        y: baseLine(y),
        ink: isUp ? 'strong' : 'quiet',
      }),
    ],
  };
}

/** A server that keeps messages until somebody asks: those of two people have room in it. */
export function showsQueue({ index, stage, seats }: TopologyLayout, middle: Middle): boolean {
  const isAsked = stage === 'polling' || stage === 'long-polling';
  const isServer = index.trace.legend.nodes[middle.node]?.role === 'server';
  return isAsked && isServer && seats.length <= 2 && middle.bottom - middle.top >= LEAST_HEIGHT;
}

/** What waits at the server, beside the one who is to ask for it; several messages are a stack. */
export function queueMarks(layout: TopologyLayout, time: number): MessageMark[] {
  const { relay, index, stage, seats } = layout;
  if (relay === null || !showsQueue(layout, relay)) return [];
  const waiting = heldAt(index, stage, time);
  const { addressees, messages } = index.trace;
  const radius = Math.min(layout.markRadius, (relay.right - relay.left) / 4 - 4);
  return seats.flatMap(({ node, id, side }) => {
    const own = waiting.filter(
      (message) => addressees[messages.readersFrom[message] ?? -1] === node,
    );
    const [first] = own;
    if (first === undefined) return [];
    const isLeft = side === 'left';
    return [
      {
        key: `queue ${id}`,
        side: sideOf(layout, first),
        x: round(isLeft ? relay.left + radius + 5 : relay.right - radius - 5),
        y: round(relay.bottom - radius - 6),
        radius,
        heading: isLeft ? (-1 as const) : (1 as const),
        tail: 0,
        text: radius < NUMBER_FROM_RADIUS ? '' : labelOf(index.trace, own),
        isStack: own.length > 1,
      },
    ];
  });
}
