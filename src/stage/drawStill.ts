// Draws what stands still in a picture: paths with their paints, words with their inks.

import type { Selection } from 'd3-selection';
import { INKS, PAINTS, type PaintName } from './encoding';
import type { Still, StillPath, Word } from './still';

type Layer = Selection<SVGGElement, unknown, null, undefined>;

/** The groups that paths and words are drawn into. */
export interface StillLayers {
  readonly paths: Layer;
  readonly words: Layer;
}

/** Draws what stands still; the same data gives the same elements, whatever was there. */
export function drawStill(layers: StillLayers, { paths, words }: Still): void {
  layers.paths
    .selectAll<SVGPathElement, StillPath>('path')
    .data(paths, ({ key }) => key)
    .join('path')
    .each(function drawPath({ d, paint }) {
      setAttribute(this, 'd', d);
      applyPaint(this, paint);
    });
  layers.words
    .selectAll<SVGTextElement, Word>('text')
    .data(words, ({ key }) => key)
    .join('text')
    .each(drawWord);
}

/** Writes an attribute only where it differs: reading is cheaper than writing. */
export function setAttribute(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

export function applyPaint(element: Element, name: PaintName): void {
  if (element.getAttribute('data-paint') === name) return;
  const { fill, stroke, width, dash } = { dash: undefined, ...PAINTS[name] };
  element.setAttribute('data-paint', name);
  element.setAttribute('fill', fill);
  element.setAttribute('stroke', stroke);
  element.setAttribute('stroke-width', String(width));
  if (dash === undefined) element.removeAttribute('stroke-dasharray');
  else element.setAttribute('stroke-dasharray', dash);
}

function drawWord(this: SVGTextElement, word: Word): void {
  const ink = INKS[word.ink];
  setAttribute(this, 'x', String(word.x));
  setAttribute(this, 'y', String(word.y));
  setAttribute(this, 'text-anchor', word.anchor);
  setAttribute(this, 'font-size', String(word.size));
  setAttribute(this, 'font-weight', String(ink.weight));
  setAttribute(this, 'fill', ink.fill);
  if (this.textContent !== word.text) this.textContent = word.text;
}
