// Draws messages that travel: each is built once and then only moved.

import { type Selection, select } from 'd3-selection';
import { setAttribute } from './drawStill';
import { LEAST_TEXT, SIDE_LOOKS, type Side, TAIL_INK } from './encoding';
import type { MessageMark } from './messageMark';
import { circlePath, squarePath } from './shapes';

/** A travelling shape: built once, then only moved. */
export function drawMessages(
  layer: Selection<SVGGElement, unknown, null, undefined>,
  marks: readonly MessageMark[],
): void {
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
  const shape = messagePath(mark.side, mark.radius);
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

/** The outline of a message around its middle. */
export function messagePath(side: Side, radius: number): string {
  return SIDE_LOOKS[side].shape === 'round'
    ? circlePath(0, 0, radius)
    : squarePath(0, 0, radius * 0.95);
}
