// Draws the ribbon once and then moves only its playhead; the past is full ink, the future faint.

import { type Selection, select } from 'd3-selection';
import { FUTURE_INK, LEAST_TEXT, SIDE_LOOKS, type Side } from '../encoding';
import type { DuplexRibbonScene, RibbonPath, RibbonText } from './duplexRibbonScene';

type Group = Selection<SVGGElement | SVGSVGElement, unknown, null, undefined>;

/** Both inks of the same spans: faint below, full above and cut off at the playhead. */
const INKS = ['future', 'past'] as const;

export function drawDuplexRibbon(svg: SVGSVGElement, scene: DuplexRibbonScene): void {
  const root = select(svg);
  root.attr('viewBox', `0 0 ${scene.width} ${scene.height}`);
  one(root, 'path', 'rows').attr('d', scene.rows).attr('fill', 'var(--sunken)');
  one(root, 'path', 'hatch')
    .attr('d', scene.hatch)
    .attr('fill', 'none')
    .attr('stroke', 'var(--line)')
    .attr('stroke-width', 1.25);
  for (const ink of INKS) {
    const layer = one(root, ink === 'past' ? 'svg' : 'g', ink);
    if (ink === 'past') layer.attr('height', scene.height);
    else layer.attr('opacity', FUTURE_INK);
    drawSpans(layer as unknown as Group, scene);
  }
  drawTexts(one(root, 'g', 'texts') as unknown as Group, scene.texts);
  one(root, 'path', 'playhead')
    .attr('d', `M0 ${scene.top}V${scene.bottom}`)
    .attr('stroke', 'var(--ink)')
    .attr('stroke-width', 2);
}

/** The only two attributes that change with the time. */
export function drawPlayhead(svg: SVGSVGElement, x: number): void {
  svg.querySelector('[data-part="past"]')?.setAttribute('width', String(x));
  svg.querySelector('[data-part="playhead"]')?.setAttribute('transform', `translate(${x},0)`);
}

/** The one child of this part; made when it is not there. */
function one(
  root: Group | Selection<SVGSVGElement, unknown, null, undefined>,
  tag: string,
  part: string,
) {
  return (root as Group)
    .selectAll<SVGElement, string>(`:scope > [data-part="${part}"]`)
    .data([part])
    .join(tag)
    .attr('data-part', part);
}

const OTHER: Readonly<Record<Side, Side>> = { left: 'right', right: 'left' };

function drawSpans(layer: Group, { paths, side }: DuplexRibbonScene): void {
  const own = SIDE_LOOKS[side];
  const other = SIDE_LOOKS[OTHER[side]];
  const looks = {
    band: { fill: 'var(--band)', stroke: 'var(--both-ink)', width: 1 },
    sends: { fill: own.colour, stroke: 'none', width: 0 },
    gets: { fill: other.tint, stroke: other.colour, width: 1 },
    stripes: { fill: 'none', stroke: other.colour, width: 3.5 },
  };
  layer
    .selectAll<SVGPathElement, RibbonPath>('path')
    .data(paths, ({ key }) => key)
    .join('path')
    .attr('data-span', ({ key }) => key)
    .attr('d', ({ d }) => d)
    .attr('fill', ({ key }) => looks[key].fill)
    .attr('stroke', ({ key }) => looks[key].stroke)
    .attr('stroke-width', ({ key }) => looks[key].width);
}

function drawTexts(layer: Group, texts: readonly RibbonText[]): void {
  layer
    .selectAll<SVGTextElement, RibbonText>('text')
    .data(texts, ({ key }) => key)
    .join('text')
    .attr('x', ({ x }) => x)
    .attr('y', ({ y }) => y)
    .attr('text-anchor', ({ anchor }) => anchor)
    .attr('font-size', LEAST_TEXT)
    .attr('fill', 'var(--ink2)')
    .text(({ text }) => text);
}
