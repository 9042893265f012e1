// Draws the strip of the whole run, the window on it and the playhead.

import { select } from 'd3-selection';
import { setAttribute } from '../drawStill';
import { boxPath } from '../shapes';
import { drawShapes, type Layer } from './drawShapes';
import { brushBox, type OverviewScene, overviewX } from './overviewScene';
import type { TimeWindow } from './timeWindow';

function layerOf(svg: SVGSVGElement, name: string): Layer {
  return select(svg)
    .selectAll<SVGGElement, string>(`:scope > [data-layer="${name}"]`)
    .data([name])
    .join('g')
    .attr('data-layer', name) as unknown as Layer;
}

export function drawOverview(svg: SVGSVGElement, scene: OverviewScene, window: TimeWindow): void {
  setAttribute(svg, 'viewBox', `0 0 ${scene.width} ${scene.height}`);
  drawShapes(layerOf(svg, 'run'), scene.shapes);
  const box = brushBox(scene, window);
  drawShapes(layerOf(svg, 'window'), [{ key: 'brush', look: 'brush', d: boxPath(box, 3) }]);
}

export function drawOverviewPlayhead(svg: SVGSVGElement, scene: OverviewScene, time: number): void {
  const x = overviewX(scene, time);
  const d = `M${x} 0V${scene.height - 6}`;
  drawShapes(layerOf(svg, 'playhead'), [{ key: 'playhead', look: 'brush', d }]);
}
