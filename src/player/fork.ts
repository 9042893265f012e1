// What a user's act makes of a run's name: the past stays, later acts go, the new one is appended.

import type { SimTime } from '../engine/index';
import type { Intervention, RunSpec } from '../scenarios/run';

const OPPOSITES: Readonly<Record<string, string>> = {
  disconnect: 'reconnect',
  reconnect: 'disconnect',
  cut: 'restore',
  restore: 'cut',
  crash: 'restart',
  restart: 'crash',
};

/**
 * The spec with `act` at `now`; its run is equal to the old one up to and including `now`.
 * Acts of the same instant on the same target replace or undo each other: nothing lay between them.
 */
export function forkAt(spec: RunSpec, now: SimTime, act: Omit<Intervention, 'at'>): RunSpec {
  const past = spec.interventions.filter((intervention) => intervention.at <= now);
  const undone = past.findIndex((earlier) => isUndoneBy(earlier, now, act));
  if (undone >= 0) return { ...spec, interventions: past.filter((_, place) => place !== undone) };
  const kept = past.filter((earlier) => !isReplacedBy(earlier, now, act));
  return { ...spec, interventions: [...kept, { ...act, at: now }] };
}

function isUndoneBy(earlier: Intervention, now: SimTime, act: Omit<Intervention, 'at'>): boolean {
  const isSameTarget = earlier.at === now && earlier.target === act.target;
  return isSameTarget && OPPOSITES[act.kind] === earlier.kind;
}

function isReplacedBy(earlier: Intervention, now: SimTime, act: Omit<Intervention, 'at'>): boolean {
  const isSameTarget = earlier.at === now && earlier.target === act.target;
  return isSameTarget && earlier.kind === act.kind;
}
