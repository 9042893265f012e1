// Says on <html> when the picture is settled: `data-settled` grows, and is absent in between.

import type { Player } from '../player/createPlayer';
import type { View } from './createView';

/** A resized picture is drawn anew only after the layout, so it settles a little later. */
const RESIZE_SETTLES_MS = 80;

export interface SettledMark {
  /** The picture changes; it settles once nothing holds it and nothing plays. */
  readonly unsettle: () => void;
  /** Something still loads: not settled until the returned function is called. */
  readonly hold: () => () => void;
}

function createSettledMark(root: HTMLElement, player: Player): SettledMark {
  const state = { count: 0, holds: 0, timer: 0 };
  const settle = (): void => {
    const { status, fetching } = player.store.getState();
    if (state.holds > 0 || status === 'playing' || fetching !== null) return;
    state.count += 1;
    root.dataset['settled'] = String(state.count);
  };
  const unsettle = (delayMs = 0): void => {
    delete root.dataset['settled'];
    window.clearTimeout(state.timer);
    // Drawings follow the store at once and React within a microtask: a task later all is drawn.
    state.timer = window.setTimeout(settle, delayMs);
  };
  window.addEventListener('resize', () => unsettle(RESIZE_SETTLES_MS));
  return {
    unsettle: () => unsettle(),
    hold: () => {
      state.holds += 1;
      unsettle();
      return () => {
        state.holds -= 1;
        unsettle();
      };
    },
  };
}

/** Keeps the mark true for as long as the page lives. */
export function keepSettledMark(player: Player, view: View): SettledMark {
  const mark = createSettledMark(document.documentElement, player);
  player.store.subscribe((now, before) => {
    const isFrame = now.status === 'playing' && before.status === 'playing';
    if (!isFrame) mark.unsettle();
  });
  view.store.subscribe(() => mark.unsettle());
  const release = mark.hold();
  document.fonts.ready.then(release, release);
  return mark;
}
