// Draws a stage picture into an svg: the same scene gives the same DOM, whatever was drawn before.

import { type BaseType, type Selection, select } from 'd3-selection';
import { drawMessages, messagePath } from '../drawMessages';
import { applyPaint, drawStill, setAttribute } from '../drawStill';
import type { PaintName } from '../encoding';
import { chevronPath, crossPath } from '../shapes';
import type { QuietMark } from './messageMarks';
import type { FallMark } from './missScene';
import type { TopologyScene } from './topologyScene';

/** From the bottom to the top. */
const LAYERS = ['paths', 'chevrons', 'words', 'quiets', 'messages', 'falls'] as const;
type Layer = (typeof LAYERS)[number];

/** The key of the still part that stands in this svg; undefined if none. */
export const drawnStillKey = (svg: SVGSVGElement): string | undefined => svg.dataset['static'];

/** A scene without its still part leaves that as it stands. */
export function drawTopology(svg: SVGSVGElement, scene: TopologyScene): void {
  if (svg.childElementCount !== LAYERS.length) layLayers(svg, scene);
  if (scene.still !== null && svg.dataset['static'] !== scene.stillKey) {
    setAttribute(svg, 'viewBox', `0 0 ${scene.width} ${scene.height}`);
    drawStill({ paths: layerOf(svg, 'paths'), words: layerOf(svg, 'words') }, scene.still);
    svg.dataset['static'] = scene.stillKey;
  }
  drawChevrons(svg, scene.chevrons);
  drawMessages(layerOf(svg, 'messages'), scene.messages);
  drawQuiets(layerOf(svg, 'quiets'), scene.quiets);
  drawFalls(layerOf(svg, 'falls'), scene.falls);
}

function layLayers(svg: SVGSVGElement, scene: TopologyScene): void {
  if (scene.still === null) throw new Error('The first scene drawn needs its still part.');
  delete svg.dataset['static'];
  select(svg)
    .selectAll<SVGGElement, Layer>('g')
    .data(LAYERS)
    .join('g')
    .attr('data-layer', (layer) => layer);
}

type LayerSelection = Selection<SVGGElement, unknown, null, undefined>;

const layerOf = (svg: SVGSVGElement, layer: Layer): LayerSelection =>
  select(svg.children[LAYERS.indexOf(layer)] as SVGGElement);

function drawChevrons(svg: SVGSVGElement, d: string): void {
  const layer = svg.children[LAYERS.indexOf('chevrons')] as SVGGElement;
  if (layer.firstElementChild === null) {
    const path = select(layer).append('path').attr('stroke-linecap', 'round').node();
    if (path !== null) applyPaint(path, 'chevron');
  }
  const path = layer.firstElementChild;
  if (path !== null) setAttribute(path, 'd', d);
}

function drawQuiets(layer: LayerSelection, marks: readonly QuietMark[]): void {
  layer
    .selectAll<SVGGElement, QuietMark>('g')
    .data(marks, ({ key }) => key)
    .join('g')
    .each(function drawQuiet({ x, y, heading, length }) {
      const look = `${heading} ${length}`;
      if (this.getAttribute('data-look') !== look) {
        buildQuiet(select(this), heading * length);
        this.setAttribute('class', 'quiet');
        this.setAttribute('data-look', look);
      }
      this.setAttribute('transform', `translate(${x},${y})`);
    });
}

function buildQuiet(group: Selection<SVGGElement, unknown, null, undefined>, reach: number) {
  group.selectAll('*').remove();
  const line = group.append('path').attr('d', `M${-reach} 0H0`);
  const head = group.append('path').attr('d', chevronPath(0, 0, Math.sign(reach), 4));
  paintNode(line, 'quiet');
  paintNode(head, 'quiet-head');
}

function paintNode<Parent extends BaseType>(
  path: Selection<SVGPathElement, unknown, Parent, undefined>,
  name: PaintName,
): void {
  const node = path.node();
  if (node !== null) applyPaint(node, name);
}

function drawFalls(layer: LayerSelection, marks: readonly FallMark[]): void {
  layer
    .selectAll<SVGGElement, FallMark>('g')
    .data(marks, ({ key }) => key)
    .join('g')
    .each(function drawFall({ side, x, y, radius }) {
      const look = `${side} ${radius}`;
      if (this.getAttribute('data-look') !== look) {
        const group = select(this);
        group.selectAll('*').remove();
        paintNode(group.append('path').attr('d', messagePath(side, radius)), 'lost-shape');
        paintNode(group.append('path').attr('d', crossPath(0, 0, radius * 0.5)), 'lost-cross');
        this.setAttribute('class', 'lost');
        this.setAttribute('data-look', look);
      }
      this.setAttribute('transform', `translate(${x},${y})`);
    });
}
