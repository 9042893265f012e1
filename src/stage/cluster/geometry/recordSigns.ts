// Signs on the brick of a record: struck out, come late, come again.

import { type Box, boxPath, round } from '../../shapes';

/** From corner to corner: its transaction was aborted. */
export const voidPath = ({ left, right, top, bottom }: Box): string =>
  `M${round(left + 2)} ${round(bottom - 2)}L${round(right - 2)} ${round(top + 2)}`;

/** A bar under it: a later one came before it. */
export const latePath = ({ left, right, bottom }: Box): string =>
  boxPath({ left: left + 1, right: right - 1, top: bottom + 2, bottom: bottom + 5 }, 1);

/** A second, dashed outline: it had come before. */
export const againPath = ({ left, right, top, bottom }: Box): string =>
  boxPath({ left: left - 3, right: right + 3, top: top - 3, bottom: bottom + 3 }, 5);
