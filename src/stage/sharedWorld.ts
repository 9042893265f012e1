// The world of an instant, read once for all stages that draw it; an answer kept, not a state.

import { type SimTime, type TraceIndex, type World, worldAt } from '../engine/index';

const lastAsked = new WeakMap<TraceIndex, World>();

/** Equal to `worldAt`; the stages of a page ask for the same instant one after the other. */
export function sharedWorldAt(index: TraceIndex, time: SimTime): World {
  const known = lastAsked.get(index);
  if (known?.time === time) return known;
  const world = worldAt(index, time);
  lastAsked.set(index, world);
  return world;
}
