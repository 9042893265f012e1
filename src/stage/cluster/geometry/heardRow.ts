// The lines below a cluster that say what each reader got: how high they are, what fits into one.

import { LEAST_TEXT, textWidth } from '../../encoding';

export const HEARD_LINE = 38;
const ABOVE = 6;

/** Pixels of so many lines. */
export const heardHeight = (lines: number): number =>
  lines === 0 ? 0 : ABOVE + lines * HEARD_LINE;

export const lineMiddle = (top: number, line: number): number =>
  top + ABOVE + line * HEARD_LINE + HEARD_LINE / 2;

export interface HeardRow {
  readonly brickWidth: number;
  /** From one brick's left edge to the next one's. */
  readonly step: number;
  readonly places: number;
}

const LEAST_WIDTH = 24;
const GAP = 7;

/** `width` in pixels; `characters` of the longest text in a brick. */
export function heardRow(width: number, characters: number): HeardRow {
  const need = textWidth('0'.repeat(characters), LEAST_TEXT, 600) + 6;
  const brickWidth = Math.max(LEAST_WIDTH, Math.ceil(need));
  const step = brickWidth + GAP;
  return { brickWidth, step, places: Math.max(1, Math.floor((width + GAP) / step)) };
}
