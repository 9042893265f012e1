// Draws what stands and what flies into an svg: the same picture gives the same DOM, whatever was
// drawn before.

import { select } from 'd3-selection';
import { drawMessages } from './drawMessages';
import { drawStill, setAttribute } from './drawStill';
import type { Picture } from './picture';

/** From the bottom to the top. */
const LAYERS = ['paths', 'words', 'flights'] as const;
type Layer = (typeof LAYERS)[number];

/** The key of what stands in this svg; undefined if nothing does. */
export const drawnPictureKey = (svg: SVGSVGElement): string | undefined => svg.dataset['static'];

/** A scene without its still part leaves that as it stands. */
export function drawPicture(svg: SVGSVGElement, scene: Picture): void {
  if (svg.childElementCount !== LAYERS.length) layLayers(svg);
  if (scene.still !== null && svg.dataset['static'] !== scene.stillKey) {
    setAttribute(svg, 'viewBox', `0 0 ${scene.width} ${scene.height}`);
    drawStill({ paths: layerOf(svg, 'paths'), words: layerOf(svg, 'words') }, scene.still);
    svg.dataset['static'] = scene.stillKey;
  }
  drawMessages(layerOf(svg, 'flights'), scene.flights);
}

function layLayers(svg: SVGSVGElement): void {
  delete svg.dataset['static'];
  select(svg)
    .selectAll<SVGGElement, Layer>('g')
    .data(LAYERS)
    .join('g')
    .attr('data-layer', (layer) => layer);
}

const layerOf = (svg: SVGSVGElement, layer: Layer) =>
  select(svg.children[LAYERS.indexOf(layer)] as SVGGElement);
