// What the run's switches are set to at a time: read from the run, never kept beside it.

import type { SimTime } from '../engine/index';
import { absencesOf, worldAt } from '../engine/index';
import type { ParameterValue } from '../scenarios/defineScenario';
import type { Run } from '../scenarios/run';

/** A parameter's value at `time`: the last `set` up to then, else what the run began with. */
export function parameterAt(run: Run, name: string, time: SimTime): ParameterValue | undefined {
  const sets = run.spec.interventions.filter(
    (intervention) =>
      intervention.kind === 'set' && intervention.target === name && intervention.at <= time,
  );
  // Of two at one instant the later in the list holds; the list itself may come in any order.
  const value = sets.toSorted((one, other) => one.at - other.at).at(-1)?.value;
  return typeof value === 'number' || typeof value === 'string' ? value : run.parameters[name];
}

/** Whether the machine `id` is stopped at `time`, on the stage that has it. */
export function isStopped(run: Run, id: string, time: SimTime): boolean {
  const place = run.index.trace.legend.nodes.findIndex((node) => node.id === id);
  return worldAt(run.index, time).nodes[place]?.up === false;
}

/** Since when the person `id` is away at `time`, or null when they are there. */
export function awaySince(run: Run, id: string, time: SimTime): number | null {
  const absence = absencesOf(run.index).find(
    (candidate) => candidate.id === id && candidate.from <= time && time < candidate.to,
  );
  return absence?.from ?? null;
}
