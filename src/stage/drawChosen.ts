// Stresses a chosen message among those that travel: a ring around it, all others step back.

import { select } from 'd3-selection';
import { setAttribute } from './drawStill';
import { circlePath } from './shapes';

/** Share of ink of what is not chosen. */
const DIMMED = 0.35;
const RING_RADIUS = 20;

/** A mark's transfer, or -1 if it shows none. */
export function transferOfMark(mark: Element): number {
  const [, number] = /^t(\d+)$/.exec(mark.getAttribute('data-mark') ?? '') ?? [];
  return number === undefined ? -1 : Number(number);
}

/** After the picture is drawn; null: nothing is chosen, and every trace of a choice goes. */
export function drawChosen(
  svg: SVGSVGElement,
  isChosen: ((transfer: number) => boolean) | null,
): void {
  for (const mark of svg.querySelectorAll('[data-mark]')) {
    const isIt = isChosen?.(transferOfMark(mark)) === true;
    if (isChosen === null || isIt) mark.removeAttribute('opacity');
    else setAttribute(mark, 'opacity', String(DIMMED));
    select(mark)
      .selectAll<SVGPathElement, number>(':scope > [data-ring]')
      .data(isIt ? [RING_RADIUS] : [])
      .join('path')
      .attr('data-ring', '')
      .attr('d', (radius) => circlePath(0, 0, radius))
      .attr('fill', 'none')
      .attr('stroke', 'var(--ink)')
      .attr('stroke-width', 2);
  }
}
