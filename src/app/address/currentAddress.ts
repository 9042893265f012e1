// The address of what is seen now: for the address bar, and as a link to be copied.

import { traceHash } from '../../engine/index';
import type { Player } from '../../player/createPlayer';
import type { Run } from '../../scenarios/run';
import type { View } from '../createView';
import { packQuery } from './addressPacking';
import { formatAddress } from './urlState';

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
export async function currentQuery(player: Player, view: View): Promise<string> {
  const { run, runSpec, time, speed } = player.store.getState();
  const { page } = view.store.getState();
  const query = formatAddress({
    spec: runSpec,
    scenario: run.scenario,
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
