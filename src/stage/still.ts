// What stands still in a picture: paths and words in the order in which they lie on each other.

import { INKS, type InkName, LEAST_TEXT, type PaintName, textWidth } from './encoding';

export interface StillPath {
  /** Stable over a run. */
  readonly key: string;
  readonly d: string;
  readonly paint: PaintName;
}

export type Anchor = 'start' | 'middle' | 'end';

export interface Word {
  /** Stable over a run. */
  readonly key: string;
  readonly text: string;
  readonly x: number;
  /** The base line. */
  readonly y: number;
  readonly size: number;
  readonly anchor: Anchor;
  readonly ink: InkName;
}

export interface Still {
  readonly paths: readonly StillPath[];
  readonly words: readonly Word[];
}

export const EMPTY_STILL: Still = { paths: [], words: [] };

export function joinStills(stills: readonly Still[]): Still {
  return {
    paths: stills.flatMap(({ paths }) => paths),
    words: stills.flatMap(({ words }) => words),
  };
}

export interface WordPlace {
  readonly x: number;
  readonly y: number;
  readonly ink?: InkName;
  readonly size?: number;
  readonly anchor?: Anchor;
}

/** A word; by default centred, quiet and of the least size. */
export function word(key: string, text: string, place: WordPlace): Word {
  return {
    key,
    text,
    x: Math.round(place.x * 10) / 10,
    y: Math.round(place.y * 10) / 10,
    size: place.size ?? LEAST_TEXT,
    anchor: place.anchor ?? 'middle',
    ink: place.ink ?? 'quiet',
  };
}

/** The base line of a text whose middle is at `y`. */
export const baseLine = (y: number, size: number = LEAST_TEXT): number => y + size * 0.36;

export interface WordBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** About the box that a word fills. */
export function boxOf({ text, x, y, size, anchor, ink }: Word): WordBox {
  const width = textWidth(text, size, INKS[ink].weight);
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return { left, right: left + width, top: y - 0.78 * size, bottom: y + 0.22 * size };
}

/** A centre for a text of `width` around `x` that keeps it inside the stage. */
export const keptInside = (x: number, width: number, stageWidth: number): number =>
  Math.max(4 + width / 2, Math.min(stageWidth - 4 - width / 2, x));
