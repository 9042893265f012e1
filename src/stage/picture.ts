// A stage at an instant, as whoever draws it needs it.

import type { MessageMark } from './messageMark';
import type { Still } from './still';

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Two pictures with the same key have the same still part. */
  readonly stillKey: string;
  /** Null: it is the one that the caller said is drawn already. */
  readonly still: Still | null;
  readonly flights: readonly MessageMark[];
}
