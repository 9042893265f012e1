// Keeps the address bar at what is seen, and makes the link that is copied.

import { traceHash } from '../engine/index';
import type { Player } from '../player/createPlayer';
import type { Run } from '../scenarios/runScenario';
import { packQuery } from './addressPacking';
import type { View } from './createView';
import { formatAddress } from './urlState';

/** Changes that follow each other closely (a drag) become one entry. */
const ADDRESS_RESTS_MS = 250;

const hashes = new WeakMap<Run, string>();

/** The run's trace hash, computed once. */
export function hashOf(run: Run): string {
  const known = hashes.get(run);
  if (known !== undefined) return known;
  const hash = traceHash(run.index.trace);
  hashes.set(run, hash);
  return hash;
}

/** The query that reopens this very instant; '' for the page as it first opens. */
async function currentQuery(player: Player, view: View): Promise<string> {
  const { run, runSpec, time, speed } = player.store.getState();
  const { page } = view.store.getState();
  const query = formatAddress({
    spec: runSpec,
    timeUs: time,
    speed,
    page,
    traceHash: hashOf(run),
  });
  return packQuery(query);
}

/** The whole link, for copying. */
export async function currentLink(player: Player, view: View): Promise<string> {
  const link = new URL(window.location.href);
  link.search = await currentQuery(player, view);
  link.hash = '';
  return link.href;
}

/** Replaces the address whenever the picture rests on something else. */
export function keepAddress(player: Player, view: View): void {
  const pending = { timer: 0 };
  const write = async (): Promise<void> => {
    if (player.store.getState().status === 'playing' || view.store.getState().isOpening) return;
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
