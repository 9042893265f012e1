// The legend under a cluster: which marks it explains and where each stands, in lines that fit.

import { LEAST_TEXT, textWidth } from '../../encoding';

const KEY_ENTRIES = [
  ['safe', 'safe: copied'],
  ['unsafe', 'written, not safe yet'],
  ['copying', 'copy on its way'],
  ['watermark', 'high watermark'],
  ['next', 'reads next'],
  ['committed', 'committed offset'],
  ['lag', 'behind'],
  ['control', 'end of a transaction'],
  ['stable', 'last stable offset'],
] as const;
export type KeyMark = (typeof KEY_ENTRIES)[number][0];

export interface KeyPlace {
  readonly mark: KeyMark;
  readonly text: string;
  /** Left edge of the mark, which is `MARK_WIDTH` wide. */
  readonly left: number;
  /** Line from the top. */
  readonly line: number;
}

const MARK_WIDTH = 26;
export const LINE_HEIGHT = 28;
const BETWEEN = 22;
const BEFORE_TEXT = 6;

/** Transactions are explained only where there are any. */
export function keyPlaces(width: number, hasTransactions: boolean): readonly KeyPlace[] {
  const places: KeyPlace[] = [];
  let [left, line] = [0, 0];
  for (const [mark, text] of KEY_ENTRIES) {
    if (!hasTransactions && (mark === 'control' || mark === 'stable')) continue;
    const own = MARK_WIDTH + BEFORE_TEXT + textWidth(text, LEAST_TEXT);
    if (left > 0 && left + own > width) [left, line] = [0, line + 1];
    places.push({ mark, text, left, line });
    left += own + BETWEEN;
  }
  return places;
}

export const textLeft = ({ left }: KeyPlace): number => left + MARK_WIDTH + BEFORE_TEXT;

export const keyHeight = (places: readonly KeyPlace[]): number =>
  ((places.at(-1)?.line ?? 0) + 1) * LINE_HEIGHT;
