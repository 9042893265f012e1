// Records in the log: a bar for each from its writing to its leaving, with its number and why it
// waited; where they are too many, how many wait.

import type { MessageIndex } from '../../../engine/index';
import { fittingText, LEAST_TEXT, type Side, textWidth } from '../../encoding';
import { countText, GAP } from '../../numberText';
import { type Box, boxPath, round } from '../../shapes';
import { baseLine, type Word, word } from '../../still';
import { type Band, bandsOf, WORDY_BAR } from '../bands';
import { type DiagramLayout, scaleOf } from '../diagramLayout';
import type { Shape } from '../looks';
import type { Stay } from '../story/logStays';
import { logPauses } from '../story/pauses';
import { placesWithin } from '../story/spans';
import type { TimeWindow } from '../timeWindow';
import { sideOfSender } from './lineMarks';

/** A record's bar, cut off at the window; `safeX`: from here on all copies in sync have it. */
export interface BarMark extends Box {
  readonly stay: Stay;
  readonly message: MessageIndex;
  readonly side: Side;
  readonly safeX: number;
}

export interface LogBars {
  readonly bars: readonly BarMark[];
  readonly shapes: readonly Shape[];
  readonly words: readonly Word[];
  /** Some bands show how many wait instead of each. */
  readonly isCounted: boolean;
}

const MOST_BARS = 400;
const LEAST_ROW = 2.4;
const LEAST_WIDTH = 3;
const COLUMN = 3;

export function logBars(layout: DiagramLayout, window: TimeWindow): LogBars {
  const { log, story } = layout;
  if (log === null) return { bars: [], shapes: [], words: [], isCounted: false };
  const { bandOf, rowOf } = bandsOf(story);
  const places = placesWithin(story.staySpans, window);
  const parts = log.bands.map((band, at) => {
    const own = places.filter((place) => bandOf[place] === at);
    const row = band.height / band.depth;
    if (own.length > MOST_BARS || row < LEAST_ROW)
      return countedBand(layout, window, { band, own });
    const bars = own.map((place) =>
      barMark(layout, window, { stay: story.stays[place] as Stay, band, row: rowOf[place] ?? 0 }),
    );
    const words = row < WORDY_BAR - 1 ? [] : wordsOfBars(layout, bars);
    return { bars, shapes: barShapes(bars, band.key), words, isCounted: false };
  });
  return {
    bars: parts.flatMap(({ bars }) => bars),
    shapes: parts.flatMap(({ shapes }) => shapes),
    words: parts.flatMap(({ words }) => words),
    isCounted: parts.some(({ isCounted }) => isCounted),
  };
}

/** Words reach at most to the next bar in the same row. */
function wordsOfBars(layout: DiagramLayout, bars: readonly BarMark[]): Word[] {
  const ends = new Map<number, number>();
  return bars
    .toReversed()
    .map((bar) => {
      const words = barWords(layout, bar, ends.get(bar.top) ?? layout.right);
      ends.set(bar.top, bar.left);
      return words;
    })
    .reverse()
    .flat();
}

interface Placed {
  readonly stay: Stay;
  readonly band: Band;
  readonly row: number;
}

function barMark(layout: DiagramLayout, window: TimeWindow, { stay, band, row }: Placed): BarMark {
  const x = scaleOf(layout, window);
  const height = band.height / band.depth;
  const inset = height >= WORDY_BAR - 1 ? 1.5 : 0.5;
  const left = Math.max(layout.left, x(stay.from));
  const right = Math.min(layout.right, Math.max(x(stay.to), x(stay.from) + LEAST_WIDTH));
  return {
    stay,
    message: stay.message,
    side: sideOfSender(layout, layout.story.index.trace.messages.from[stay.message] as number),
    left,
    right: Math.max(right, left),
    top: band.top + row * height + inset,
    bottom: band.top + (row + 1) * height - inset,
    safeX: Math.max(left, Math.min(right, x(stay.safeAt))),
  };
}

/** Not safe yet: without tint inside its outline. */
function unsafePath({ left, top, bottom, safeX }: BarMark): string {
  const inside = { left: left + 0.75, right: safeX, top: top + 0.75, bottom: bottom - 0.75 };
  return safeX > left + 1 && bottom - top > 2 ? boxPath(inside, 2) : '';
}

function barShapes(bars: readonly BarMark[], key: string): Shape[] {
  const sides = (['left', 'right'] as const).map((side): Shape => {
    const own = bars.filter((bar) => bar.side === side);
    const d = own.map((bar) => boxPath(bar, 3)).join('');
    return { key: `bars ${key} ${side}`, look: `bar-${side}`, d };
  });
  return [...sides, { key: `unsafe ${key}`, look: 'bar-unsafe', d: bars.map(unsafePath).join('') }];
}

/** Pixels between a bar's edge and a word in it. */
const INSET = 4;

/** The record's number in its bar; how long it waited and for what after it, there or beside. */
function barWords(layout: DiagramLayout, bar: BarMark, end: number): Word[] {
  const { stay, left, right, top, bottom } = bar;
  const number = String(stay.offset);
  const width = textWidth(number, LEAST_TEXT, 600);
  if (right - left < width + 2 || bottom - top < LEAST_TEXT) return [];
  const y = baseLine((top + bottom) / 2);
  const key = `${stay.partition} ${stay.offset} ${stay.from}`;
  const texts = pauseTexts(layout, stay);
  const inside = wholeText(texts, right - left - width - 6 - 2 * INSET);
  if (inside !== '') {
    const x = left + INSET + 1;
    const beside = { x: x + width + 6, y, anchor: 'start' } as const;
    return [
      word(`number ${key}`, number, { x, y, anchor: 'start', ink: 'strong' }),
      word(`pause ${key}`, inside, beside),
    ];
  }
  const centre = { x: (left + right) / 2, y, ink: 'strong' } as const;
  const outside = wholeText(texts, end - right - 3 * INSET);
  const words = [word(`number ${key}`, number, centre)];
  if (outside === '') return words;
  return [...words, word(`pause ${key}`, outside, { x: right + 6, y, anchor: 'start' })];
}

/** The longest wording that fits whole. */
function wholeText(texts: readonly string[], room: number): string {
  return texts.find((text) => textWidth(text, LEAST_TEXT) <= room) ?? '';
}

const shortTime = (us: number): string => countText(us / 1_000);

/** The same pause in fewer and fewer words; what is longer than a second is told in seconds. */
function pauseTexts({ story }: DiagramLayout, stay: Stay): string[] {
  if (stay.end === 'waits' && stay.leaving < 0) return ['waits for a reader', 'waits'];
  const pauses = logPauses(story.index, stay);
  const first = pauses[0]?.from ?? stay.from;
  const last = pauses.at(-1)?.to ?? stay.from;
  // A bar that lasts longer, for another reader, is not told by the first one's pause.
  if (last === first || last !== stay.to) return [''];
  const [total, unit] =
    last - first >= 1_000_000
      ? [countText((last - first) / 1_000_000), 's']
      : [shortTime(last - first), 'ms'];
  const whole = `${total}${GAP}${unit}`;
  if (unit === 's') return [`${whole} for a reader`, whole, ''];
  const told = (words: Readonly<Record<string, string>>): string => {
    const parts = pauses.map(
      ({ from, to, reason }) => `${words[reason] ?? reason} ${shortTime(to - from)}`,
    );
    return `${whole}: ${parts.join(', ')}`;
  };
  return [told(LONG), told(SHORT), told(SHORTEST), whole, ''];
}

const LONG = { 'a poll': 'waiting for a poll', 'a reader': 'waiting for a reader' };
const SHORT = { 'a poll': 'poll', 'a reader': 'reader' };
const SHORTEST = { ...SHORT, 'append + copy': 'copy' };

/** A hill lower than this has no room for a word over it. */
const WORDY_HILL = 34;

/** How many records wait, as a hill: it stands on the band's floor. */
function countedBand(
  layout: DiagramLayout,
  window: TimeWindow,
  { band, own }: { readonly band: Band; readonly own: readonly number[] },
): LogBars {
  const { left, right, story } = layout;
  const columns = Math.max(1, Math.ceil((right - left) / COLUMN));
  const changes = new Int32Array(columns + 1);
  const columnOf = (time: number): number => {
    const share = (time - window.from) / (window.to - window.from);
    return Math.max(0, Math.min(columns, Math.floor(share * columns)));
  };
  for (const place of own) {
    const from = columnOf(story.staySpans.from[place] as number);
    const to = Math.max(from + 1, columnOf(story.staySpans.to[place] as number));
    changes[from] = (changes[from] ?? 0) + 1;
    if (to <= columns) changes[to] = (changes[to] ?? 0) - 1;
  }
  const heights: number[] = [];
  let waiting = 0;
  for (let column = 0; column < columns; column += 1) {
    waiting += changes[column] as number;
    heights.push(waiting);
  }
  const most = Math.max(1, ...heights);
  const d = heights
    .map((count, column) => {
      if (count === 0) return '';
      const height = round(Math.max(1.5, (count / most) * (band.height - 2)));
      const from = round(left + column * COLUMN);
      const width = round(Math.min(COLUMN, right - from));
      return `M${from} ${round(band.bottom)}v${-height}h${width}v${height}Z`;
    })
    .join('');
  const text = fittingText([`up to ${most} wait here`, `${most} wait`], right - left - 12, 400);
  const words =
    most < 2 || band.height < WORDY_HILL
      ? []
      : [word(`waiting ${band.key}`, text, { x: left + 6, y: band.top + 13, anchor: 'start' })];
  const look = 'density';
  const shapes = [{ key: `counted ${band.key}`, look, d, opacity: 0.55 } as const];
  return { bars: [], shapes, words, isCounted: true };
}
