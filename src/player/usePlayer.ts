// Lets React components read the player; the only file of the player that knows React.

import { useStore } from 'zustand';
import type { SimTime } from '../engine/index';
import type { Player, PlayerState } from './createPlayer';

/** The selected part of the player's state; renders again only when that part changes. */
export function usePlayer<Selected>(
  player: Player,
  select: (state: PlayerState) => Selected,
): Selected {
  return useStore(player.store, select);
}

/** The playhead for words and numbers: at once when paused, at most twice a second while playing. */
export function useCoarseTime(player: Player): SimTime {
  return useStore(player.store, (state) => state.coarseTime);
}
