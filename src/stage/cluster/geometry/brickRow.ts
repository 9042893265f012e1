// How many bricks a row of a given width shows, how wide they are, and which offsets they are.

import { LEAST_TEXT, textWidth } from '../../encoding';

/** A row of equal places for records; places are counted from 0. */
export interface BrickRow {
  readonly places: number;
  readonly brickWidth: number;
  readonly gap: number;
  /** Whether an offset fits into a brick. */
  readonly isNumbered: boolean;
}

const GAP = 3;
const LEAST_NUMBERED = 20;
const LEAST_BARE = 8;
const WIDEST = 36;
const MOST_PLACES = 16;
/** A row of fewer numbered bricks says less than a row of bare ones. */
const FEWEST_NUMBERED = 3;
/** From so many places on, one stays free for the record to come. */
const ROOMY = 6;

/** `width` in pixels; `characters` of the longest text in a brick. */
export function brickRow(width: number, characters: number): BrickRow {
  const need = Math.max(LEAST_NUMBERED, textWidth('0'.repeat(characters), LEAST_TEXT, 600) + 3);
  const numbered = Math.floor((width + GAP) / (need + GAP));
  const isNumbered = numbered >= FEWEST_NUMBERED;
  const bare = Math.max(1, Math.floor((width + GAP) / (LEAST_BARE + GAP)));
  const places = Math.min(MOST_PLACES, isNumbered ? numbered : bare);
  const brickWidth = Math.min(Math.max(WIDEST, need), (width - (places - 1) * GAP) / places);
  return { places, brickWidth, gap: GAP, isNumbered };
}

/** The offset at the first place, when the longest copy ends at `end`. */
export function firstShown({ places }: BrickRow, end: number): number {
  return Math.max(0, end - places + (places >= ROOMY ? 1 : 0));
}

/** Pixels from the row's left edge to the gap before an offset's brick, kept inside the row. */
export function edgeOf(
  { places, brickWidth, gap }: BrickRow,
  first: number,
  offset: number,
): number {
  const place = Math.max(0, Math.min(places, offset - first));
  return place * (brickWidth + gap) - gap / 2;
}

/** Pixels from the row's left edge to the left edge of a place. */
export const placeLeft = ({ brickWidth, gap }: BrickRow, place: number): number =>
  place * (brickWidth + gap);
