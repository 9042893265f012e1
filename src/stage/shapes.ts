// Outlines as path data: circles, boxes, cut pipes, chevrons, crosses; no meaning, no colour.

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** One decimal is finer than a pixel and keeps path data short. */
export const round = (value: number): number => Math.round(value * 10) / 10;

export function circlePath(x: number, y: number, radius: number): string {
  const r = round(radius);
  return `M${round(x - radius)} ${round(y)}a${r} ${r} 0 1 1 ${2 * r} 0a${r} ${r} 0 1 1 ${-2 * r} 0Z`;
}

export function boxPath({ left, right, top, bottom }: Box, radius: number): string {
  const r = round(Math.min(radius, (right - left) / 2, (bottom - top) / 2));
  const corner = (dx: number, dy: number): string => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
  return [
    `M${round(left + r)} ${round(top)}H${round(right - r)}${corner(r, r)}`,
    `V${round(bottom - r)}${corner(-r, r)}`,
    `H${round(left + r)}${corner(-r, -r)}`,
    `V${round(top + r)}${corner(r, -r)}Z`,
  ].join('');
}

/** A box with equal sides, around its centre. */
export const squarePath = (x: number, y: number, half: number, radius = 3): string =>
  boxPath({ left: x - half, right: x + half, top: y - half, bottom: y + half }, radius);

/** Half the width of the gap between two cut ends. */
const GAP = 13;
/** How far the teeth of a cut end stand out. */
const TOOTH = 4.5;

export interface CutPaths {
  /** What is left of the pipe on either side. */
  readonly parts: string;
  /** The two zigzag ends. */
  readonly ends: string;
}

/** A pipe in two pieces around `x`, each ending in a zigzag. */
export function cutPaths(box: Box, radius: number, x: number): CutPaths {
  const { left, right, top, bottom } = box;
  const r = round(Math.min(radius, (bottom - top) / 2, Math.max(2, x - GAP - left)));
  const s = round(Math.min(radius, (bottom - top) / 2, Math.max(2, right - x - GAP)));
  const leftEnd = zigzag(x - GAP, top, bottom);
  const rightEnd = zigzag(x + GAP, top, bottom);
  const leftPart =
    `M${round(x - GAP)} ${round(top)}H${round(left + r)}a${r} ${r} 0 0 0 ${-r} ${r}` +
    `V${round(bottom - r)}a${r} ${r} 0 0 0 ${r} ${r}H${round(x - GAP)}`;
  const rightPart =
    `M${round(x + GAP)} ${round(top)}H${round(right - s)}a${s} ${s} 0 0 1 ${s} ${s}` +
    `V${round(bottom - s)}a${s} ${s} 0 0 1 ${-s} ${s}H${round(x + GAP)}`;
  return { parts: leftPart + rightPart, ends: leftEnd + rightEnd };
}

function zigzag(x: number, top: number, bottom: number): string {
  const over = 5;
  const teeth = Math.max(4, 2 * Math.round((bottom - top) / 18));
  const step = (bottom - top + 2 * over) / teeth;
  const points = Array.from({ length: teeth + 1 }, (_, at) => {
    const shift = at % 2 === 0 ? -TOOTH : TOOTH;
    return `${round(x + shift)} ${round(top - over + at * step)}`;
  });
  return `M${points.join('L')}`;
}

/** An open arrow head; `heading` 1 points right, -1 left. */
export function chevronPath(x: number, y: number, heading: number, size = 5): string {
  const back = round(x - (heading * size) / 1.3);
  const tip = round(x + (heading * size) / 1.3);
  return `M${back} ${round(y - size)}L${tip} ${round(y)}L${back} ${round(y + size)}`;
}

export function crossPath(x: number, y: number, half: number): string {
  const [l, r, t, b] = [x - half, x + half, y - half, y + half].map(round);
  return `M${l} ${t}L${r} ${b}M${r} ${t}L${l} ${b}`;
}

/** A ribbon with a notch, hanging from (x, y). */
export function bookmarkPath(x: number, y: number, width: number, height: number): string {
  const half = round(width / 2);
  const notch = round(height * 0.3);
  return (
    `M${round(x - half)} ${round(y)}h${2 * half}v${round(height)}` +
    `l${-half} ${-notch}l${-half} ${notch}Z`
  );
}

/** A bar filled with slanted lines, its outline included. */
export function hatchPath({ left, right, top, bottom }: Box, step = 6): string {
  const height = bottom - top;
  let d = `M${round(left)} ${round(top)}H${round(right)}V${round(bottom)}H${round(left)}Z`;
  for (let foot = left - height + step; foot < right; foot += step) {
    const from = Math.max(foot, left);
    const to = Math.min(foot + height, right);
    if (to > from) {
      d += `M${round(from)} ${round(bottom - (from - foot))}L${round(to)} ${round(bottom - (to - foot))}`;
    }
  }
  return d;
}

export function diamondPath(x: number, y: number, half: number): string {
  const [l, r, t, b] = [x - half, x + half, y - half, y + half].map(round);
  return `M${l} ${round(y)}L${round(x)} ${t}L${r} ${round(y)}L${round(x)} ${b}Z`;
}

export function tickPath(x: number, y: number, half: number): string {
  const [left, low] = [round(x - half), round(y + half * 0.7)];
  return `M${left} ${round(y)}L${round(x - half * 0.2)} ${low}L${round(x + half)} ${round(y - half * 0.8)}`;
}
