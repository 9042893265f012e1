// The first five seconds: the first pair of messages moves by itself, once, and rests.

import type { Player } from '../player/createPlayer';
import type { View } from './createView';

const FIRST_PAIR = 'first-pair';

/** Plays to the bookmark after the first pair; does nothing where motion is not wanted. */
export function playOpening(player: Player, view: View): void {
  const { run } = player.store.getState();
  const bookmark = run.bookmarks.find(({ id }) => id === FIRST_PAIR);
  if (bookmark === undefined || !wantsFlight(view)) return;
  view.set({ isOpening: true });
  player.play(bookmark.at);
  const stop = player.store.subscribe((now, before) => {
    const isStartedAgain = now.status === 'playing' && before.status !== 'playing';
    if (now.run === before.run && now.lastMove === 'play' && !isStartedAgain) return;
    stop();
    view.set({ isOpening: false });
  });
}

/** The visitor's own choice, else the system's. */
function wantsFlight(view: View): boolean {
  const { motion } = view.store.getState().settings;
  if (motion !== 'auto') return motion === 'flight';
  return !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
