// Two nodes on a clock of their own, for tests of what joins them.

import { instant } from '../kernel/simTime';
import { Simulation } from '../kernel/simulation';
import { TraceRecorder } from '../trace/recordTrace';
import type { Legend, Trace } from '../trace/trace';
import { type Environment, NetworkNode } from './node';

const NOTHING: Legend = {
  stages: [],
  nodes: [],
  links: [],
  connections: [],
  partitions: [],
  parameters: [],
  keys: [],
};

/** A small world up to ten simulated seconds; `trace` ends it. */
export function twoNodes() {
  const start = instant(-1_000_000);
  const horizon = instant(10_000_000);
  const simulation = new Simulation({ seed: 7, start, horizon, eventLimit: 100_000 });
  const recorder = new TraceRecorder(simulation);
  const environment: Environment = { context: simulation, recorder };
  const ends = [
    new NetworkNode(environment, 0, 'a'),
    new NetworkNode(environment, 1, 'b'),
  ] as const;
  const trace = (): Trace => {
    simulation.runUntil(horizon);
    return recorder.finish(NOTHING, start, horizon);
  };
  return { simulation, environment, ends, trace };
}
