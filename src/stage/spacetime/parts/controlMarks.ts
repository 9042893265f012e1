// Acks, polls and handshakes of a window: thin dotted lines, named once where there is room.

import { TRANSFER_TYPES, type TransferType } from '../../../engine/index';
import { LEAST_TEXT } from '../../encoding';
import { type Word, word } from '../../still';
import { type DiagramLayout, scaleOf } from '../diagramLayout';
import type { Shape } from '../looks';
import { countUpTo, placesWithin } from '../story/spans';
import type { TimeWindow } from '../timeWindow';
import { endsOf, type LineMark, segmentPath } from './lineMarks';
import type { WordPlaces } from './wordPlaces';

interface ControlLine {
  readonly type: TransferType;
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
}

/** More than this would be a grey wall. */
const MOST_QUIETS = 160;

export interface ControlMarks {
  readonly shapes: readonly Shape[];
  readonly lines: readonly ControlLine[];
  readonly isLeftOut: boolean;
}

export function controlMarks(layout: DiagramLayout, window: TimeWindow): ControlMarks {
  const { spans, transfers } = layout.story.quiets;
  const most = countUpTo(spans.from, window.to) - countUpTo(spans.from, window.from);
  if (most > MOST_QUIETS) return { shapes: [], lines: [], isLeftOut: true };
  const { trace } = layout.story.index;
  const x = scaleOf(layout, window);
  const lines = placesWithin(spans, window).flatMap((place): ControlLine[] => {
    const transfer = transfers[place] as number;
    const ends = endsOf(layout, transfer);
    const from = spans.from[place] as number;
    const to = spans.to[place] as number;
    if (ends === null) return [];
    const [sender, receiver] = [trace.transfers.from[transfer], trace.transfers.to[transfer]];
    const isFromPerson = layout.lifeLineOf.has(sender as number);
    const node = (isFromPerson ? sender : receiver) as number;
    const type = TRANSFER_TYPES[trace.transfers.type[transfer] as number] ?? 'tcp';
    return [{ type, node, from, to, x1: x(from), x2: x(to), ...ends }];
  });
  const d = lines.map((line) => segmentPath(line, layout.left, layout.right)).join('');
  return { shapes: [{ key: 'control', look: 'control', d }], lines, isLeftOut: false };
}

/** Pixels between an ack and a poll that leave room for both words. */
const LEAST_ROOM = 52;

/** "ack + poll" inside the first triangle that they make at a person's life line. */
export function controlWords(
  { left, right }: DiagramLayout,
  { lines }: ControlMarks,
  { messages, places }: { readonly messages: readonly LineMark[]; readonly places: WordPlaces },
): Word[] {
  for (const ack of lines.filter(({ type }) => type === 'ack')) {
    const poll = lines.find(
      ({ type, node, from }) => type === 'poll' && node === ack.node && from === ack.to,
    );
    if (poll === undefined || poll.x2 - ack.x1 < LEAST_ROOM) continue;
    if (ack.x1 < left || poll.x2 > right) continue;
    const x = (ack.x1 + poll.x2) / 2;
    const foot = ack.y1 > ack.y2 ? ack.y1 - 8 : ack.y1 + 16 + LEAST_TEXT;
    const words = ['ack', '+ poll'].map((text, at) =>
      word(`control ${at}`, text, { x, y: foot - (1 - at) * 16 }),
    );
    const isCrossed = messages.some((line) => passes(line, { x, y: foot - 12 }));
    if (!isCrossed && places.takeAll(words)) return words;
  }
  return [];
}

/** Whether a line comes near a place. */
function passes({ x1, y1, x2, y2 }: LineMark, place: { x: number; y: number }): boolean {
  if (x2 === x1) return Math.abs(x1 - place.x) < 24;
  const x = x1 + ((place.y - y1) / (y2 - y1)) * (x2 - x1);
  return x > Math.min(x1, x2) - 1 && x < Math.max(x1, x2) + 1 && Math.abs(x - place.x) < 30;
}
