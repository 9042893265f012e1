// The lines of messages in a window: from where they left to where they arrived or were dropped.

import type { MessageIndex, TransferIndex } from '../../../engine/index';
import type { Side } from '../../encoding';
import { circlePath, crossPath, round, squarePath } from '../../shapes';
import { type DiagramLayout, endOf, scaleOf } from '../diagramLayout';
import type { Shape } from '../looks';
import { placesWithin } from '../story/spans';
import { isDropped, messagesIn, senderIn, shareGone } from '../story/travels';
import type { TimeWindow } from '../timeWindow';

/** A line of a diagram; times in microseconds, places in pixels, not cut off at the window. */
export interface LineMark {
  readonly transfer: TransferIndex;
  readonly messages: readonly MessageIndex[];
  readonly side: Side;
  readonly from: number;
  readonly to: number;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly isDropped: boolean;
}

/** More lines than this are drawn as bands. */
export const MOST_LINES = 400;

/** The transfers of a window as lines; those between places that are not drawn are left out. */
export function lineMarks(
  layout: DiagramLayout,
  window: TimeWindow,
  places: readonly number[],
): LineMark[] {
  const { index, messages } = layout.story;
  const x = scaleOf(layout, window);
  return places.flatMap((place): LineMark[] => {
    const transfer = messages.transfers[place] as number;
    const ends = endsOf(layout, transfer);
    if (ends === null) return [];
    const from = messages.spans.from[place] as number;
    const to = messages.spans.to[place] as number;
    const { y1 } = ends;
    return [
      {
        transfer,
        messages: messagesIn(index, transfer),
        side: sideOfSender(layout, senderIn(index, transfer)),
        from,
        to,
        x1: x(from),
        y1,
        x2: x(to),
        y2: y1 + (ends.y2 - y1) * shareGone(index, transfer),
        isDropped: isDropped(index, transfer),
      },
    ];
  });
}

export const linePlaces = ({ story }: DiagramLayout, window: TimeWindow): number[] =>
  placesWithin(story.messages.spans, window);

/** At what heights a transfer leaves and arrives; null if one of its ends is not drawn. */
export function endsOf(
  layout: DiagramLayout,
  transfer: TransferIndex,
): { readonly y1: number; readonly y2: number } | null {
  const { transfers } = layout.story.index.trace;
  const from = transfers.from[transfer] as number;
  const to = transfers.to[transfer] as number;
  const y1 = endOf(layout, from, to);
  const y2 = endOf(layout, to, from);
  return y1 === null || y2 === null || y1 === y2 ? null : { y1, y2 };
}

/** People who are not drawn look like the first. */
export function sideOfSender(layout: DiagramLayout, node: number): Side {
  return layout.lifeLineOf.get(node)?.side ?? 'left';
}

interface Segment {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** A segment as path data, cut off at the plot's ends; empty outside. */
export function segmentPath(segment: Segment, left: number, right: number): string {
  const { x1, y1, x2, y2 } = segment;
  if (x2 < left || x1 > right) return '';
  const yAt = (x: number): number => (x2 === x1 ? y2 : y1 + ((x - x1) / (x2 - x1)) * (y2 - y1));
  const [from, to] = [Math.max(left, x1), Math.min(right, x2)];
  const startY = x1 < left ? yAt(left) : y1;
  const endY = x2 > right ? yAt(right) : y2;
  return `M${round(from)} ${round(startY)}L${round(to)} ${round(endY)}`;
}

const HEAD = 4.5;
const CROSS = 6;

/** All lines of a look in one path, and their heads in another. */
export function lineShapes({ left, right }: DiagramLayout, lines: readonly LineMark[]): Shape[] {
  const heads = lines.filter(({ x2, isDropped: ends }) => !ends && x2 >= left && x2 <= right);
  const stops = lines.filter(({ x2, isDropped: ends }) => ends && x2 >= left && x2 <= right);
  return [
    ...(['left', 'right'] as const).flatMap((side): Shape[] => [
      {
        key: `lines ${side}`,
        look: `line-${side}`,
        d: ofSide(lines, side)
          .map((line) => segmentPath(line, left, right))
          .join(''),
      },
      {
        key: `heads ${side}`,
        look: `head-${side}`,
        d: ofSide(heads, side)
          .map(({ x2, y2 }) =>
            side === 'left' ? circlePath(x2, y2, HEAD) : squarePath(x2, y2, HEAD * 0.9, 1),
          )
          .join(''),
      },
    ]),
    {
      key: 'stops',
      look: 'stopped',
      d: stops.map(({ x2, y2 }) => crossPath(x2, y2, CROSS)).join(''),
    },
  ];
}

const ofSide = (lines: readonly LineMark[], side: Side): LineMark[] =>
  lines.filter((line) => line.side === side);
