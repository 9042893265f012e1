// Too many lines for one each: how many messages go each way in each column of the plot.

import type { Side } from '../../encoding';
import { round } from '../../shapes';
import { type DiagramLayout, scaleOf } from '../diagramLayout';
import type { Shape } from '../looks';
import { senderIn } from '../story/travels';
import type { TimeWindow } from '../timeWindow';
import { endsOf, sideOfSender } from './lineMarks';

const COLUMN = 6;
/** Shares of ink of few, some and many. */
const INKS = [0.25, 0.5, 0.8] as const;

interface Column {
  readonly side: Side;
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  count: number;
}

/** A column for each way between two heights and each sender's side; darker where more go. */
export function bandShapes(
  layout: DiagramLayout,
  window: TimeWindow,
  places: readonly number[],
): Shape[] {
  const columns = columnsOf(layout, window, places);
  const most = Math.max(1, ...columns.map(({ count }) => count));
  return (['left', 'right'] as const).flatMap((side) =>
    INKS.map((opacity, level): Shape => {
      const own = columns.filter(
        (column) => column.side === side && levelOf(column.count / most) === level,
      );
      return {
        key: `many ${side} ${level}`,
        look: `many-${side}`,
        opacity,
        d: own.map((column) => columnPath(column, layout.right)).join(''),
      };
    }),
  );
}

const levelOf = (share: number): number => (share > 0.66 ? 2 : share > 0.33 ? 1 : 0);

function columnsOf(layout: DiagramLayout, window: TimeWindow, places: readonly number[]): Column[] {
  const { index, messages } = layout.story;
  const x = scaleOf(layout, window);
  const columns = new Map<string, Column>();
  for (const place of places) {
    const transfer = messages.transfers[place] as number;
    const ends = endsOf(layout, transfer);
    const start = Math.max(window.from, messages.spans.from[place] as number);
    if (ends === null) continue;
    const column = Math.floor((x(start) - layout.left) / COLUMN);
    const side = sideOfSender(layout, senderIn(index, transfer));
    const key = `${side} ${column} ${ends.y1} ${ends.y2}`;
    const known = columns.get(key);
    if (known !== undefined) known.count += 1;
    else {
      columns.set(key, {
        side,
        x: layout.left + column * COLUMN,
        top: Math.min(ends.y1, ends.y2),
        bottom: Math.max(ends.y1, ends.y2),
        count: 1,
      });
    }
  }
  return [...columns.values()];
}

/** The left side's columns in the left half, the right side's in the right: none hides another. */
function columnPath({ side, x, top, bottom }: Column, end: number): string {
  const half = COLUMN / 2;
  const from = round(Math.min(end - 1, side === 'left' ? x : x + half));
  const width = round(Math.min(half - 0.5, end - from));
  return `M${from} ${round(top + 2)}h${width}V${round(bottom - 2)}h${-width}Z`;
}
