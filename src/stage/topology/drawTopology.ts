// Draws a stage picture into an svg: the same scene gives the same DOM, whatever was drawn before.

import { type BaseType, type Selection, select } from 'd3-selection';
import { applyPaint, drawStill, setAttribute } from '../drawStill';
import { LEAST_TEXT, type PaintName, SIDE_LOOKS, TAIL_INK } from '../encoding';
import { chevronPath, circlePath, crossPath, squarePath } from '../shapes';
import type { MessageMark, QuietMark } from './messageMarks';
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

/** A travelling shape: built once, then only moved. */
function drawMessages(layer: LayerSelection, marks: readonly MessageMark[]): void {
  layer
    .selectAll<SVGGElement, MessageMark>('g')
    .data(marks, ({ key }) => key)
    .join('g')
    .each(drawMessage);
}

function drawMessage(this: SVGGElement, mark: MessageMark): void {
  const look = `${mark.side} ${mark.radius} ${mark.heading} ${mark.text} ${mark.isStack}`;
  if (this.getAttribute('data-look') !== look) {
    buildMessage(select(this), mark);
    this.setAttribute('class', 'mark');
    this.setAttribute('data-mark', mark.key);
    this.setAttribute('data-look', look);
  }
  this.setAttribute('transform', `translate(${mark.x},${mark.y})`);
  const tail = this.firstElementChild;
  if (tail !== null) setAttribute(tail, 'd', tailPath(mark));
}

const tailPath = ({ tail, heading, radius }: MessageMark): string =>
  tail === 0 ? '' : `M${-heading * (radius - 1)} 0h${-heading * tail}`;

function buildMessage(group: Selection<SVGGElement, unknown, null, undefined>, mark: MessageMark) {
  const look = SIDE_LOOKS[mark.side];
  const shape = shapePath(mark.side, mark.radius);
  group.selectAll('*').remove();
  group
    .append('path')
    .attr('stroke', look.colour)
    .attr('stroke-width', 4)
    .attr('opacity', TAIL_INK)
    .attr('stroke-dasharray', look.tailDash);
  if (mark.isStack) {
    group
      .append('path')
      .attr('d', shape)
      .attr('transform', `translate(${-mark.heading * 3},-3)`)
      .attr('fill', look.tint)
      .attr('stroke', look.colour)
      .attr('stroke-width', 1.5);
  }
  group
    .append('path')
    .attr('d', shape)
    .attr('fill', look.colour)
    .attr('stroke', mark.text === '' ? 'var(--surface)' : 'none');
  if (mark.text !== '') {
    const size = Math.max(LEAST_TEXT, Math.min(16, Math.round(mark.radius)));
    group
      .append('text')
      .attr('y', Math.round(size * 3.6) / 10)
      .attr('text-anchor', 'middle')
      .attr('font-size', size)
      .attr('font-weight', 600)
      .attr('fill', look.onColour)
      .text(mark.text);
  }
}

function shapePath(side: MessageMark['side'], radius: number): string {
  return SIDE_LOOKS[side].shape === 'round'
    ? circlePath(0, 0, radius)
    : squarePath(0, 0, radius * 0.95);
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
        paintNode(group.append('path').attr('d', shapePath(side, radius)), 'lost-shape');
        paintNode(group.append('path').attr('d', crossPath(0, 0, radius * 0.5)), 'lost-cross');
        this.setAttribute('class', 'lost');
        this.setAttribute('data-look', look);
      }
      this.setAttribute('transform', `translate(${x},${y})`);
    });
}
