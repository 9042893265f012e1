// Round times along a window, and how an instant of it is written.

import { ticks as roundNumbers } from 'd3-array';
import { textWidth } from '../encoding';
import { GAP } from '../numberText';
import { type Word, word } from '../still';
import { type DiagramLayout, scaleOf } from './diagramLayout';
import type { Shape } from './looks';
import type { TimeWindow } from './timeWindow';

/** Runs of this length are told in seconds. */
const LONG_RUN_US = 2_000_000;
const TICK_ROOM = 78;

const unitOf = (horizon: number): number => (horizon >= LONG_RUN_US ? 1_000_000 : 1_000);

/** Digits after the point that tell instants `step` microseconds apart. */
function digitsFor(step: number, unit: number): number {
  const steps = [unit, unit / 10, unit / 100, unit / 1_000, unit / 10_000];
  const digits = steps.findIndex((size) => step >= size * 0.999);
  return digits < 0 ? steps.length : digits;
}

const unitText = (unit: number): string => (unit === 1_000 ? 'ms' : 's');

/** "132 ms", "12.3 s": as fine as a hundredth of the window. */
export function instantText(time: number, window: TimeWindow, horizon: number): string {
  const unit = unitOf(horizon);
  const digits = digitsFor((window.to - window.from) / 100, unit);
  return `${trimmed((time / unit).toFixed(digits))}${GAP}${unitText(unit)}`;
}

/** To a tenth of a millisecond in a short run, to a millisecond in a long one. */
export function exactText(time: number, horizon: number): string {
  const unit = unitOf(horizon);
  const text = (time / unit).toFixed(unit === 1_000 ? 1 : 3);
  return `${trimmed(text)}${GAP}${unitText(unit)}`;
}

/** "12.50" is "12.5". */
const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

function axisTicks(layout: DiagramLayout, window: TimeWindow): number[] {
  const most = Math.max(1, Math.floor((layout.right - layout.left) / TICK_ROOM));
  for (let count = Math.min(6, most); count > 0; count -= 1) {
    const found = roundNumbers(window.from, window.to, count);
    if (found.length <= most + 1) return found;
  }
  return [];
}

/** Hairlines through the plot, and the times under them; the last bears the unit. */
export function axisMarks(
  layout: DiagramLayout,
  window: TimeWindow,
): { readonly shape: Shape; readonly words: readonly Word[] } {
  const times = axisTicks(layout, window);
  const x = scaleOf(layout, window);
  const { horizon } = layout.story.index.trace;
  const unit = unitOf(horizon);
  const step = (times[1] ?? window.to) - (times[0] ?? window.from);
  const digits = digitsFor(step, unit);
  const words = times.map((time, at) => {
    const isLast = at === times.length - 1;
    const text = time === 0 ? '0' : (time / unit).toFixed(digits);
    const shown = isLast ? `${text}${GAP}${unitText(unit)}` : text;
    const half = textWidth(shown, 14) / 2;
    const isAtEnd = x(time) + half > layout.right;
    return word(`tick ${time}`, shown, {
      x: isAtEnd ? layout.right : Math.max(layout.left + half - 4, x(time)),
      y: layout.axisY,
      anchor: isAtEnd ? 'end' : 'middle',
    });
  });
  const d = times
    .map((time) => `M${Math.round(x(time) * 10) / 10} ${layout.top}V${layout.bottom}`)
    .join('');
  return { shape: { key: 'grid', look: 'grid', d }, words };
}
