// Which wording of a caption has room between the captions at both sides.

import { LEAST_TEXT, textWidth } from '../../encoding';
import type { TopologyLayout } from '../topologyLayout';

/** The longest caption of a person; the middle keeps clear of it. */
const SIDE_CAPTION = 'sends + gets';
const AIR = 16;

/** The first of `wordings`, longest first, that fits into the middle of `room`; empty if none does. */
export function longestThatFits(
  { seats, labels, size }: TopologyLayout,
  wordings: readonly string[],
  room: number,
): string {
  const side = seats[0];
  const reach =
    labels === 'captions' && side !== undefined
      ? Math.max(4, side.x - textWidth(SIDE_CAPTION, LEAST_TEXT) / 2) +
        textWidth(SIDE_CAPTION, LEAST_TEXT)
      : (side?.x ?? 0) + (side?.radius ?? 0);
  const free = Math.min(room, size.width - 2 * (reach + AIR));
  return wordings.find((text) => textWidth(text, LEAST_TEXT) <= free) ?? '';
}
