// Meaning → look: colour token, shape and stroke of all that is drawn; no geometry, no protocol.

/** Where someone sits; it decides their shape and colour: left is round and blue, right square and orange. */
export type Side = 'left' | 'right';
type Shape = 'round' | 'square';

export interface SideLook {
  readonly shape: Shape;
  readonly colour: string;
  readonly tint: string;
  readonly onColour: string;
  /** Dashes of the tail behind a message; null: solid. */
  readonly tailDash: string | null;
}

export const SIDE_LOOKS: Readonly<Record<Side, SideLook>> = {
  left: {
    shape: 'round',
    colour: 'var(--a)',
    tint: 'var(--a-tint)',
    onColour: 'var(--on-a)',
    tailDash: null,
  },
  right: {
    shape: 'square',
    colour: 'var(--b)',
    tint: 'var(--b-tint)',
    onColour: 'var(--on-b)',
    tailDash: '5 3',
  },
};

/** How a path is filled and stroked. */
export interface Paint {
  readonly fill: string;
  readonly stroke: string;
  readonly width: number;
  readonly dash?: string;
}

const outline = (stroke: string, width: number, dash?: string): Paint =>
  dash === undefined ? { fill: 'none', stroke, width } : { fill: 'none', stroke, width, dash };
const filled = (fill: string): Paint => ({ fill, stroke: 'none', width: 0 });

export const PAINTS = {
  'person-left': { fill: 'var(--a-tint)', stroke: 'var(--a)', width: 2.5 },
  'person-right': { fill: 'var(--b-tint)', stroke: 'var(--b)', width: 2.5 },
  'person-away': { fill: 'var(--sunken)', stroke: 'var(--line)', width: 2.5, dash: '5 4' },
  pipe: { fill: 'var(--sunken)', stroke: 'var(--line)', width: 1.25 },
  'pipe-live': { fill: 'var(--both-tint)', stroke: 'var(--both-ink)', width: 2 },
  'pipe-closed': outline('var(--line)', 1.25, '4 4'),
  wire: outline('var(--line)', 1.5),
  'wire-live': outline('var(--both)', 5),
  'cut-end': { fill: 'none', stroke: 'var(--ink)', width: 2.25 },
  middle: { fill: 'var(--surface)', stroke: 'var(--ink)', width: 2 },
  'copy-behind': { fill: 'var(--surface)', stroke: 'var(--line)', width: 1.25 },
  'copy-out': { fill: 'var(--surface)', stroke: 'var(--line)', width: 1.25, dash: '4 3' },
  'middle-stopped': { fill: 'var(--sunken)', stroke: 'var(--line)', width: 2, dash: '5 4' },
  'brick-left': { fill: 'var(--a-tint)', stroke: 'var(--a)', width: 1.5 },
  'brick-right': { fill: 'var(--b-tint)', stroke: 'var(--b)', width: 1.5 },
  'brick-left-unsafe': { fill: 'var(--surface)', stroke: 'var(--a)', width: 1.5 },
  'brick-right-unsafe': { fill: 'var(--surface)', stroke: 'var(--b)', width: 1.5 },
  'brick-stale': { fill: 'var(--surface)', stroke: 'var(--line)', width: 1.25 },
  'brick-left-open': { fill: 'var(--a-tint)', stroke: 'var(--a)', width: 1.5, dash: '4 3' },
  'brick-right-open': { fill: 'var(--b-tint)', stroke: 'var(--b)', width: 1.5, dash: '4 3' },
  'brick-void': { fill: 'var(--surface)', stroke: 'var(--line)', width: 1.25 },
  strike: outline('var(--ink)', 1.5),
  'brick-control': { fill: 'var(--sunken)', stroke: 'var(--ink2)', width: 1.25 },
  copying: outline('var(--line)', 1.5, '1 3'),
  'copy-head': { fill: 'var(--surface)', stroke: 'var(--ink)', width: 1.25 },
  'leader-frame': outline('var(--ink)', 2.5),
  'leader-frame-lost': outline('var(--ink)', 2.5, '5 4'),
  'leader-tag': filled('var(--ink)'),
  'leader-tag-lost': outline('var(--ink)', 1.25, '4 3'),
  'stable-mark': outline('var(--ink)', 1.5, '3 2'),
  tick: outline('var(--ink)', 2),
  lag: outline('var(--ink2)', 1.25),
  sunken: filled('var(--sunken)'),
  rule: outline('var(--hair)', 1.25),
  'broker-up': filled('var(--ink)'),
  'brick-gone': outline('var(--line)', 1.25, '3 3'),
  'glyph-left': filled('var(--a)'),
  'glyph-right': filled('var(--b)'),
  slot: outline('var(--hair)', 1.25, '2 2'),
  watermark: outline('var(--ink)', 2.5),
  bookmark: filled('var(--ink)'),
  committed: { fill: 'var(--surface)', stroke: 'var(--ink)', width: 1.25 },
  cross: outline('var(--ink)', 2.5),
  tag: { fill: 'var(--both)', stroke: 'var(--both-ink)', width: 1 },
  'lost-cross': outline('var(--lost)', 2.25),
  'lost-shape': outline('var(--lost)', 1.5, '3 2'),
  chevron: outline('var(--line)', 1.5),
  quiet: outline('var(--line)', 1.5, '1 3'),
  'quiet-head': outline('var(--line)', 1.5),
} as const satisfies Record<string, Paint>;
export type PaintName = keyof typeof PAINTS;

/** Colour and weight of a word. */
export interface Ink {
  readonly fill: string;
  readonly weight: 400 | 600;
}

export const INKS = {
  'letter-left': { fill: 'var(--a)', weight: 600 },
  'letter-right': { fill: 'var(--b)', weight: 600 },
  'letter-away': { fill: 'var(--ink2)', weight: 600 },
  strong: { fill: 'var(--ink)', weight: 600 },
  quiet: { fill: 'var(--ink2)', weight: 400 },
  tag: { fill: 'var(--on-both)', weight: 600 },
  'on-ink': { fill: 'var(--surface)', weight: 600 },
  lost: { fill: 'var(--lost)', weight: 600 },
} as const satisfies Record<string, Ink>;
export type InkName = keyof typeof INKS;

/** Share of ink of what has not happened yet. */
export const FUTURE_INK = 0.26;
/** Share of ink of a message's tail. */
export const TAIL_INK = 0.6;
/** No text in a picture is smaller, in pixels. */
export const LEAST_TEXT = 14;

/** The first of `wordings`, longest first, that is no wider than `room` pixels; else the last, cut. */
export function fittingText(wordings: readonly string[], room: number, weight: 400 | 600): string {
  const fits = (text: string): boolean => textWidth(text, LEAST_TEXT, weight) <= room;
  const whole = wordings.find(fits);
  if (whole !== undefined) return whole;
  const last = wordings.at(-1) ?? '';
  for (let length = last.length - 1; length > 0; length -= 1) {
    const cut = `${last.slice(0, length).trimEnd()}…`;
    if (fits(cut)) return cut;
  }
  return '';
}

/** About the width of a text in Inter, in pixels; a little too much rather than too little. */
export function textWidth(text: string, size: number, weight: 400 | 600 = 400): number {
  return text.length * size * (weight === 600 ? 0.585 : 0.545);
}
