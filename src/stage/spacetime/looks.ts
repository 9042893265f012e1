// How each kind of mark of a diagram is filled and stroked; fetched with it, not with the page.

import { type Paint, SIDE_LOOKS, type Side } from '../encoding';

const outline = (stroke: string, width: number, dash?: string): Paint =>
  dash === undefined ? { fill: 'none', stroke, width } : { fill: 'none', stroke, width, dash };
const filled = (fill: string): Paint => ({ fill, stroke: 'none', width: 0 });
const bar = (side: Side, fill: string): Paint => ({
  fill,
  stroke: SIDE_LOOKS[side].colour,
  width: 1.5,
});

const DASH = '7 4';

export const LOOKS = {
  grid: outline('var(--hair)', 1),
  'life-left': outline('var(--a)', 2),
  'life-right': outline('var(--b)', 2),
  'life-middle': outline('var(--line)', 1.5),
  'person-left': { fill: 'var(--a-tint)', stroke: 'var(--a)', width: 2 },
  'person-right': { fill: 'var(--b-tint)', stroke: 'var(--b)', width: 2 },
  'log-fill': filled('var(--sunken)'),
  'log-frame': outline('var(--ink)', 1.5),
  'band-rule': outline('var(--line)', 1, '2 3'),
  control: outline('var(--line)', 1.5, '1.5 3.5'),
  'line-left': outline('var(--a)', 2.25),
  'line-right': outline('var(--b)', 2.25, DASH),
  'head-left': filled('var(--a)'),
  'head-right': filled('var(--b)'),
  'bar-left': bar('left', 'var(--a-tint)'),
  'bar-right': bar('right', 'var(--b-tint)'),
  'bar-unsafe': filled('var(--surface)'),
  'many-left': filled('var(--a)'),
  'many-right': filled('var(--b)'),
  'wait-left': outline('var(--a)', 6),
  'wait-right': outline('var(--b)', 6),
  crossing: { fill: 'var(--band)', stroke: 'var(--both-ink)', width: 1.5 },
  lost: outline('var(--lost)', 2.5),
  'lost-shape': outline('var(--lost)', 1.25, '3 2'),
  stopped: outline('var(--ink)', 2),
  'fault-ground': filled('var(--sunken)'),
  fault: outline('var(--line)', 1.25),
  strip: filled('var(--sunken)'),
  'strip-band': { fill: 'var(--band)', stroke: 'var(--both-ink)', width: 1 },
  'gets-left': { fill: 'var(--a-tint)', stroke: 'var(--a)', width: 1 },
  'gets-right': { fill: 'var(--b-tint)', stroke: 'var(--b)', width: 1 },
  'stripes-left': outline('var(--a)', 3),
  'stripes-right': outline('var(--b)', 3),
  'chosen-left': outline('var(--a)', 4),
  'chosen-right': outline('var(--b)', 4, DASH),
  'chosen-bar-left': outline('var(--a)', 3),
  'chosen-bar-right': outline('var(--b)', 3),
  ring: outline('var(--ink)', 2.5),
  'ring-wide': outline('var(--ink)', 12),
  'ring-air': outline('var(--surface)', 7),
  bookmark: filled('var(--ink2)'),
  brush: { fill: 'none', stroke: 'var(--ink)', width: 2 },
  density: filled('var(--line)'),
} as const satisfies Record<string, Paint>;
type LookName = keyof typeof LOOKS;

/** A path and its look; `key` is unique among the shapes of a layer. */
export interface Shape {
  readonly key: string;
  readonly d: string;
  readonly look: LookName;
  /** 0–1; absent: 1. */
  readonly opacity?: number;
}
