// Keeps the address bar at what is seen.

import type { Player } from '../../player/createPlayer';
import type { View } from '../createView';

/** Changes that follow each other closely (a drag) become one entry. */
const ADDRESS_RESTS_MS = 250;

/** Replaces the address whenever the picture rests on something else. */
export function keepAddress(player: Player, view: View): void {
  const pending = { timer: 0 };
  const write = async (): Promise<void> => {
    if (player.store.getState().status === 'playing' || view.store.getState().isOpening) return;
    // Fetched when there is first something to write: a plain start has nothing to say.
    const { currentQuery } = await import('./currentAddress');
    const query = await currentQuery(player, view);
    try {
      const place = query === '' ? window.location.pathname : `?${query}`;
      window.history.replaceState(null, '', place + window.location.hash);
    } catch {
      // A sandboxed frame or a file may forbid it; the copied link still works.
    }
  };
  const schedule = (): void => {
    window.clearTimeout(pending.timer);
    pending.timer = window.setTimeout(() => void write(), ADDRESS_RESTS_MS);
  };
  player.store.subscribe((now, before) => {
    const isFrame = now.status === 'playing' && before.status === 'playing';
    const isSame =
      now.time === before.time && now.runSpec === before.runSpec && now.speed === before.speed;
    if (!isFrame && !(isSame && now.status === before.status)) schedule();
  });
  view.store.subscribe((now, before) => {
    if (now.page !== before.page) schedule();
  });
}
