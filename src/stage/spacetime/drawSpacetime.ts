// Draws a diagram once a window, and then moves its playhead: faint after it, full before.

import { select } from 'd3-selection';
import { drawStill, setAttribute } from '../drawStill';
import { FUTURE_INK, LEAST_TEXT, textWidth } from '../encoding';
import type { Word } from '../still';
import { markOutline, messageOutlines, type Stress } from './diagramMarks';
import { drawShapes, type Layer } from './drawShapes';
import type { Shape } from './looks';
import { playheadOf, type SpacetimeScene } from './spacetimeScene';

/** From the bottom to the top; the past lies on the future and is cut off at the playhead. */
const LAYERS = [
  'ground',
  'future',
  'past',
  'ringed',
  'eventWords',
  'front',
  'frontWords',
  'playhead',
] as const;
type LayerName = (typeof LAYERS)[number];

/** Share of ink of what is not chosen. */
const DIMMED = 0.35;

/** The whole diagram; the same scene gives the same DOM, whatever was there before. */
export function drawSpacetime(svg: SVGSVGElement, scene: SpacetimeScene): void {
  const { width, height } = scene.layout;
  setAttribute(svg, 'viewBox', `0 0 ${width} ${height}`);
  for (const name of LAYERS) layerOf(svg, name);
  const past = layerOf(svg, 'past').node();
  if (past !== null) setAttribute(past, 'height', String(height));
  drawShapes(layerOf(svg, 'ground'), scene.ground);
  drawShapes(layerOf(svg, 'future'), scene.events);
  drawShapes(layerOf(svg, 'past'), scene.events);
  drawShapes(layerOf(svg, 'front'), scene.front);
  drawWords(layerOf(svg, 'eventWords'), scene.eventWords);
  drawWords(layerOf(svg, 'frontWords'), scene.frontWords);
}

function layerOf(svg: SVGSVGElement, name: LayerName): Layer {
  return select(svg)
    .selectAll<SVGGElement, LayerName>(`:scope > [data-layer="${name}"]`)
    .data([name])
    .join(name === 'past' ? 'svg' : 'g')
    .attr('data-layer', name) as unknown as Layer;
}

function drawWords(layer: Layer, words: readonly Word[]): void {
  // The words of a still part alone; its paths have paints of the page's own.
  drawStill({ paths: layer, words: layer }, { paths: [], words });
  layer
    .selectAll<SVGTextElement, Word>('text')
    .data(words, ({ key }) => key)
    .order();
}

/** All that changes with the time. */
export function drawPlayhead(svg: SVGSVGElement, scene: SpacetimeScene, time: number): void {
  const { x, isShown, text } = playheadOf(scene, time);
  const past = svg.querySelector('[data-layer="past"]');
  if (past !== null) setAttribute(past, 'width', String(x));
  const future = svg.querySelector('[data-layer="future"]');
  if (future !== null && !future.hasAttribute('data-dim')) {
    setAttribute(future, 'opacity', String(FUTURE_INK));
  }
  fadeWords(svg, x);
  const playhead = layerOf(svg, 'playhead');
  setAttribute(playhead.node() as SVGGElement, 'visibility', isShown ? 'visible' : 'hidden');
  movePlayhead(playhead, scene, { x, text });
}

/** A word fades as a whole, at its beginning. */
function fadeWords(svg: SVGSVGElement, x: number): void {
  layerOf(svg, 'eventWords')
    .selectAll<SVGTextElement, Word>('text')
    .each(function fade(word) {
      setAttribute(this, 'opacity', String(word.x <= x + 1 ? 1 : FUTURE_INK));
    });
}

function movePlayhead(
  layer: Layer,
  { layout }: SpacetimeScene,
  { x, text }: { readonly x: number; readonly text: string },
): void {
  if (layer.select('text').empty()) {
    layer.append('path').attr('stroke', 'var(--ink)').attr('stroke-width', 2);
    layer.append('rect').attr('y', 0).attr('height', 24).attr('rx', 3).attr('fill', 'var(--ink)');
    layer
      .append('text')
      .attr('y', 17)
      .attr('text-anchor', 'middle')
      .attr('font-size', LEAST_TEXT)
      .attr('font-weight', 600)
      .attr('fill', 'var(--surface)');
  }
  const width = Math.ceil(textWidth(text, LEAST_TEXT, 600)) + 12;
  const middle = Math.max(width / 2, Math.min(layout.width - width / 2, x));
  const [line, tag, word] = [...(layer.node()?.children ?? [])];
  if (line === undefined || tag === undefined || word === undefined) return;
  setAttribute(line, 'd', `M${x} 24V${layout.stripsBottom}`);
  setAttribute(tag, 'x', String(Math.round((middle - width / 2) * 10) / 10));
  setAttribute(tag, 'width', String(width));
  setAttribute(word, 'x', String(middle));
  if (word.textContent !== text) word.textContent = text;
}

/** The chosen message stands out, everything else steps back; the keyboard's mark has a ring. */
export function drawStress(svg: SVGSVGElement, scene: SpacetimeScene, stress: Stress): void {
  const ring = ringShapes(scene, stress);
  const chosen = chosenShapes(scene, stress);
  // A line lies in its ring, a box under it.
  const shapes = stress.mark?.kind === 'line' ? [...ring, ...chosen] : [...chosen, ...ring];
  const isDim = chosen.length > 0;
  drawShapes(layerOf(svg, 'ringed'), shapes);
  for (const name of ['future', 'past'] as const) {
    const layer = layerOf(svg, name).node();
    if (layer === null) continue;
    const full = name === 'future' ? FUTURE_INK : 1;
    setAttribute(layer, 'opacity', String(isDim ? full * DIMMED : full));
    layer.toggleAttribute('data-dim', isDim);
  }
}

function chosenShapes(scene: SpacetimeScene, { message }: Stress): Shape[] {
  if (message === null) return [];
  const { lines, bars, pathOf } = messageOutlines(scene, message);
  return [
    ...bars.map(
      ({ side, left, right, top, bottom }, at): Shape => ({
        key: `chosen bar ${at}`,
        look: `chosen-bar-${side}`,
        d: `M${left} ${top}H${right}V${bottom}H${left}Z`,
      }),
    ),
    ...lines.map(
      (line): Shape => ({
        key: `chosen ${line.transfer}`,
        look: `chosen-${line.side}`,
        d: pathOf(line),
      }),
    ),
  ];
}

function ringShapes(scene: SpacetimeScene, { mark }: Stress): Shape[] {
  const d = mark === null ? '' : markOutline(scene, mark);
  if (mark?.kind !== 'line') return [{ key: 'ring', look: 'ring', d }];
  return [
    { key: 'ring', look: 'ring-wide', d },
    { key: 'ring air', look: 'ring-air', d },
  ];
}
