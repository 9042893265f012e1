// Draws the shapes of a diagram's layer: the same data gives the same elements.

import type { Selection } from 'd3-selection';
import { setAttribute } from '../drawStill';
import type { Paint } from '../encoding';
import { LOOKS, type Shape } from './looks';

export type Layer = Selection<SVGGElement, unknown, null, undefined>;

export function drawShapes(layer: Layer, shapes: readonly Shape[]): void {
  layer
    .selectAll<SVGPathElement, Shape>('path')
    .data(
      shapes.filter(({ d }) => d !== ''),
      ({ key }) => key,
    )
    .join('path')
    .order()
    .each(function drawShape({ key, d, look, opacity }) {
      setAttribute(this, 'data-shape', key);
      setAttribute(this, 'd', d);
      setAttribute(this, 'opacity', String(opacity ?? 1));
      applyLook(this, LOOKS[look]);
    });
}

function applyLook(path: Element, { fill, stroke, width, dash }: Paint): void {
  setAttribute(path, 'fill', fill);
  setAttribute(path, 'stroke', stroke);
  setAttribute(path, 'stroke-width', String(width));
  setAttribute(path, 'stroke-dasharray', dash ?? 'none');
}
