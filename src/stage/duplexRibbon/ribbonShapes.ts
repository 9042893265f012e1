// Path data of the ribbon's bars, bands, stripes and hatches; spans are in pixels.

import type { Interval } from '../../engine/index';

interface Row {
  readonly top: number;
  readonly height: number;
}

const STRIPE_STEP = 6;
const HATCH_STEP = 7;
const RADIUS = 2;

/** Plain boxes. */
export const bandsPath = (spans: readonly Interval[], { top, height }: Row): string =>
  spans.map(({ from, to }) => `M${from} ${top}H${to}v${height}H${from}Z`).join('');

/** Boxes with a small radius where they are wide enough for one. */
export function barsPath(spans: readonly Interval[], { top, height }: Row): string {
  return spans
    .map(({ from, to }) => {
      const r = Math.min(RADIUS, (to - from) / 2);
      if (r < 1) return `M${from} ${top}H${to}v${height}H${from}Z`;
      const c = (dx: number, dy: number): string => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
      return [
        `M${from + r} ${top}H${to - r}${c(r, r)}v${height - 2 * r}`,
        `${c(-r, r)}H${from + r}${c(-r, -r)}v${2 * r - height}${c(r, -r)}Z`,
      ].join('');
    })
    .join('');
}

/** Upright stripes inside each span. */
export function stripesPath(spans: readonly Interval[], { top, height }: Row): string {
  return spans
    .flatMap(({ from, to }) => {
      const count = Math.floor((to - from) / STRIPE_STEP);
      const first = from + (to - from - (count - 1) * STRIPE_STEP) / 2;
      return Array.from({ length: count }, (_, at) => {
        const x = Math.round((first + at * STRIPE_STEP) * 10) / 10;
        return `M${x} ${top}v${height}`;
      });
    })
    .join('');
}

/** Slanted lines inside each span, cut off at its edges. */
export function diagonalsPath(spans: readonly Interval[], { top, height }: Row): string {
  return spans
    .flatMap(({ from, to }) => {
      const lines: string[] = [`M${from} ${top}v${height}M${to} ${top}v${height}`];
      for (let start = from - height; start < to; start += HATCH_STEP) {
        const a = Math.max(from, start);
        const b = Math.min(to, start + height);
        if (b <= a) continue;
        const yOf = (x: number): number => Math.round((top + height - (x - start)) * 10) / 10;
        lines.push(`M${Math.round(a * 10) / 10} ${yOf(a)}L${Math.round(b * 10) / 10} ${yOf(b)}`);
      }
      return lines;
    })
    .join('');
}
