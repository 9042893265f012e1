// The legend under a cluster: which marks it explains and where each stands, in lines that fit.

import { LEAST_TEXT, textWidth } from '../../encoding';

/** In the order in which they stand; the text of `label` is the run's own. */
const KEY_TEXTS = {
  safe: 'safe: copied',
  unsafe: 'written, not safe yet',
  copying: 'copy on its way',
  watermark: 'high watermark',
  next: 'reads next',
  committed: 'committed offset',
  lag: 'behind',
  label: '',
  tombstone: 'says that its key is gone',
  gone: 'cleaned away',
  open: 'open transaction',
  void: 'aborted',
  control: 'end of a transaction',
  stable: 'last stable offset',
  late: 'came after a later one',
  again: 'came again',
} as const;
export type KeyMark = keyof typeof KEY_TEXTS;

/** What a run has besides what every cluster has. */
export interface KeyFeatures {
  /** An example of what is written below an offset; empty: nothing is. */
  readonly label: string;
  readonly hasTombstones: boolean;
  readonly hasGone: boolean;
  readonly hasTransactions: boolean;
  readonly hasLate: boolean;
  readonly hasAgain: boolean;
}

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

/** A mark is explained only where there may be one. */
export function keyPlaces(width: number, features: KeyFeatures): readonly KeyPlace[] {
  const { label, hasTombstones, hasGone, hasTransactions, hasLate, hasAgain } = features;
  const isHere: Readonly<Partial<Record<KeyMark, boolean>>> = {
    label: label !== '',
    tombstone: hasTombstones,
    gone: hasGone,
    open: hasTransactions,
    void: hasTransactions,
    control: hasTransactions,
    stable: hasTransactions,
    late: hasLate,
    again: hasAgain,
  };
  const places: KeyPlace[] = [];
  let [left, line] = [0, 0];
  for (const mark of Object.keys(KEY_TEXTS) as KeyMark[]) {
    if (isHere[mark] === false) continue;
    const text = mark === 'label' ? label : KEY_TEXTS[mark];
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
