// A red cross for each copy that was lost, where it was lost; copies lost together share one.

import type { MessageIndex } from '../../../engine/index';
import { LEAST_TEXT, textWidth } from '../../encoding';
import { circlePath, crossPath, round, squarePath } from '../../shapes';
import { baseLine, type Word, word } from '../../still';
import { bandsOf } from '../bands';
import { type DiagramLayout, endOf, scaleOf } from '../diagramLayout';
import type { Shape } from '../looks';
import type { Loss } from '../story/losses';
import { countUpTo } from '../story/spans';
import { shareGone } from '../story/travels';
import type { TimeWindow } from '../timeWindow';
import { endsOf, sideOfSender } from './lineMarks';

export interface LossMark {
  readonly time: number;
  readonly x: number;
  readonly y: number;
  /** The copies lost here. */
  readonly losses: readonly Loss[];
  readonly message: MessageIndex;
  /** Where its way began, in pixels above or below the cross; 0: it lay where it was lost. */
  readonly stub: number;
  /** Every one of them came later. */
  readonly cameLater: boolean;
}

const HALF = 5;
const STUB = 16;

export function lossMarks(layout: DiagramLayout, window: TimeWindow): LossMark[] {
  const { losses } = layout.story;
  const x = scaleOf(layout, window);
  const times = losses.map(({ time }) => time);
  const shown = losses.slice(countUpTo(times, window.from - 1), countUpTo(times, window.to));
  const marks = new Map<string, LossMark>();
  for (const loss of shown) {
    const place = placeOf(layout, loss);
    const at = { x: round(x(loss.time)), y: round(place.y) };
    const key = `${at.x} ${at.y}`;
    const known = marks.get(key);
    const mark: LossMark = {
      ...at,
      time: loss.time,
      message: loss.message,
      stub: place.stub,
      losses: [...(known?.losses ?? []), loss],
      cameLater: loss.cameLater && (known?.cameLater ?? true),
    };
    marks.set(key, mark);
  }
  return [...marks.values()];
}

interface LossPlace {
  readonly y: number;
  readonly stub: number;
}

function placeOf(layout: DiagramLayout, loss: Loss): LossPlace {
  const { trace } = layout.story.index;
  const ends = loss.transfer < 0 ? null : endsOf(layout, loss.transfer);
  if (ends !== null) {
    const share = shareGone(layout.story.index, loss.transfer);
    return { y: ends.y1 + (ends.y2 - ends.y1) * share, stub: 0 };
  }
  const { log } = layout;
  const isAtLog = log !== null && trace.legend.nodes[loss.node]?.role === 'broker';
  if (isAtLog) return { y: barY(layout, loss.message) ?? (log.top + log.bottom) / 2, stub: 0 };
  const sender = trace.messages.from[loss.message] as number;
  const reader = readerRow(layout, loss.reader);
  const from = layout.lifeLineOf.get(loss.node) ?? layout.lifeLineOf.get(sender);
  const target = reader ?? endOf(layout, loss.reader, loss.node) ?? layout.bottom;
  if (from === undefined) return { y: layout.bottom, stub: -STUB };
  if (from.y !== target) {
    const way = Math.sign(target - from.y) * STUB;
    return { y: from.y + way, stub: -way };
  }
  const inwards = from.y > (layout.top + layout.bottom) / 2 ? -STUB : STUB;
  return { y: from.y + inwards, stub: 0 };
}

/** The middle of a record's bar; null if it has none. */
function barY({ log, story }: DiagramLayout, message: MessageIndex): number | null {
  const { bandOf, rowOf, placeOf: places } = bandsOf(story);
  const place = places.get(message) ?? -1;
  const band = log?.bands[bandOf[place] ?? -1];
  if (band === undefined) return null;
  return band.top + ((rowOf[place] as number) + 0.5) * (band.height / band.depth);
}

/** A group reads at the place of its first member. */
function readerRow(layout: DiagramLayout, reader: number): number | null {
  const own = layout.lifeLineOf.get(reader);
  if (own !== undefined) return own.y;
  const { nodes } = layout.story.index.trace.legend;
  const member = layout.lifeLines.find(({ node }) => nodes[node]?.group === reader);
  return member?.y ?? null;
}

/** How many copies were lost at one place, beside their cross. */
export function lossWords(layout: DiagramLayout, marks: readonly LossMark[]): Word[] {
  return marks
    .filter(({ losses }) => losses.length > 1)
    .map(({ x, y, time, losses }) => {
      const text = `${losses.length} missed`;
      const isLate = x + 14 + textWidth(text, LEAST_TEXT, 600) > layout.right;
      return word(`missed ${time} ${y}`, text, {
        x: isLate ? x - 14 : x + 14,
        y: baseLine(y),
        anchor: isLate ? 'end' : 'start',
        ink: 'lost',
      });
    });
}

/** What was lost keeps the shape of its sender under the cross. */
export function lossShapes(layout: DiagramLayout, marks: readonly LossMark[]): Shape[] {
  const { messages } = layout.story.index.trace;
  const sideOf = ({ message }: LossMark) => sideOfSender(layout, messages.from[message] as number);
  return [
    ...(['left', 'right'] as const).map((side): Shape => {
      const own = marks.filter((mark) => sideOf(mark) === side);
      return {
        key: `lost ways ${side}`,
        look: `line-${side}`,
        d: own.map(({ x, y, stub }) => (stub === 0 ? '' : `M${x} ${y + stub}V${y}`)).join(''),
      };
    }),
    {
      key: 'lost shapes',
      look: 'lost-shape',
      d: marks
        .map((mark) =>
          sideOf(mark) === 'left'
            ? circlePath(mark.x, mark.y, HALF + 4)
            : squarePath(mark.x, mark.y, HALF + 3),
        )
        .join(''),
    },
    {
      key: 'lost',
      look: 'lost',
      d: marks.map(({ x, y }) => crossPath(x, y, HALF)).join(''),
    },
  ];
}
