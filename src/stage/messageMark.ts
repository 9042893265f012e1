// A message that travels, as data: the same in every picture.

import type { Side } from './encoding';

/** How messages move: in flight, or, with reduced motion, from station to station. */
export type Motion = 'flight' | 'stations';

export interface MessageMark {
  /** Stable while it travels. */
  readonly key: string;
  readonly side: Side;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly heading: 1 | -1;
  /** Pixels of tail behind the shape. */
  readonly tail: number;
  /** Number or "×3"; empty where there is no room. */
  readonly text: string;
  /** Several messages in one. */
  readonly isStack: boolean;
}
