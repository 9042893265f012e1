// Asks the browser for frames while something plays; the only file that may.

/** What the clock needs from `window`; a test passes its own. */
export interface FrameSource {
  requestAnimationFrame(callback: (timestampMs: number) => void): number;
  cancelAnimationFrame(handle: number): void;
}

export interface FrameClock {
  /** Calls `onFrame` with the milliseconds of screen since the last frame until `stop`. */
  start(onFrame: (elapsedMs: number) => void): void;
  /** No frame is requested from here on. */
  stop(): void;
}

/** A tab that was hidden comes back with one huge frame; the picture goes on from where it was. */
const LONGEST_FRAME_MS = 100;

export function createFrameClock(source: FrameSource): FrameClock {
  const request = { handle: 0, isRunning: false, lastMs: Number.NaN };

  const stop = (): void => {
    request.isRunning = false;
    source.cancelAnimationFrame(request.handle);
  };

  const start = (onFrame: (elapsedMs: number) => void): void => {
    stop();
    request.isRunning = true;
    request.lastMs = Number.NaN;
    const frame = (timestampMs: number): void => {
      if (!request.isRunning) return;
      const elapsedMs = Number.isNaN(request.lastMs) ? 0 : timestampMs - request.lastMs;
      request.lastMs = timestampMs;
      request.handle = source.requestAnimationFrame(frame);
      onFrame(Math.max(0, Math.min(elapsedMs, LONGEST_FRAME_MS)));
    };
    request.handle = source.requestAnimationFrame(frame);
  };

  return { start, stop };
}
