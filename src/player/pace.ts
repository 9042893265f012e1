// Maps simulated time to time on screen and back; decides how fast quiet stretches pass.

/** A span of simulated microseconds. */
export interface QuietStretch {
  readonly from: number;
  readonly to: number;
}

/** At 1×, 1 ms of screen shows 1000/60 µs: a 20 ms flight takes 1.2 s. */
const SIMULATED_US_PER_SCREEN_MS = 1_000 / 60;

/** How long any quiet stretch stays on screen at 1×; 31 of them leave `tunnel` about a minute. */
export const QUIET_SCREEN_MS = 350;

/** One piece of the way through a run: while it lasts, screen and simulation keep one ratio. */
interface PacePiece {
  readonly fromUs: number;
  readonly toUs: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly isQuiet: boolean;
}

/** The whole way through a run, as adjoining pieces from 0 to the horizon. */
export interface Pace {
  readonly pieces: readonly PacePiece[];
}

/** `stretches` ascend, do not overlap and lie within the run. */
export function createPace(horizonUs: number, stretches: readonly QuietStretch[]): Pace {
  const pieces: PacePiece[] = [];
  const add = (toUs: number, isQuiet: boolean): void => {
    const last = pieces.at(-1);
    const fromUs = last?.toUs ?? 0;
    const fromMs = last?.toMs ?? 0;
    if (toUs <= fromUs && last !== undefined) return;
    const plainMs = (toUs - fromUs) / SIMULATED_US_PER_SCREEN_MS;
    const toMs = fromMs + (isQuiet ? Math.min(QUIET_SCREEN_MS, plainMs) : plainMs);
    pieces.push({ fromUs, toUs, fromMs, toMs, isQuiet });
  };
  for (const stretch of stretches) {
    if (stretch.from > 0) add(Math.min(stretch.from, horizonUs), false);
    add(Math.min(stretch.to, horizonUs), true);
  }
  add(horizonUs, false);
  return { pieces };
}

/** Milliseconds of screen at 1× from the start of the run to `timeUs`. */
export function screenAt(pace: Pace, timeUs: number): number {
  const piece = pace.pieces.find((candidate) => timeUs <= candidate.toUs) ?? pace.pieces.at(-1);
  if (piece === undefined || piece.toUs === piece.fromUs) return piece?.fromMs ?? 0;
  const share = (timeUs - piece.fromUs) / (piece.toUs - piece.fromUs);
  return piece.fromMs + share * (piece.toMs - piece.fromMs);
}

/** The inverse of `screenAt`, in whole microseconds. */
export function timeOnScreen(pace: Pace, screenMs: number): number {
  const piece = pace.pieces.find((candidate) => screenMs <= candidate.toMs) ?? pace.pieces.at(-1);
  if (piece === undefined || piece.toMs === piece.fromMs) return piece?.toUs ?? 0;
  const share = Math.min(1, (screenMs - piece.fromMs) / (piece.toMs - piece.fromMs));
  return Math.round(piece.fromUs + share * (piece.toUs - piece.fromUs));
}

/** Whether the moment at `timeUs` lies in a stretch that passes quickly. */
export function passesQuickly(pace: Pace, timeUs: number): boolean {
  const within = (piece: PacePiece): boolean => timeUs >= piece.fromUs && timeUs < piece.toUs;
  return pace.pieces.find(within)?.isQuiet ?? false;
}
