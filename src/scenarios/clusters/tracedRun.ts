// Simulates a drawn cluster and reads its trace entry by entry; any entry that breaks a rule ends
// it with the rule and the place.

import { simulate, type Trace } from '../../engine/index';
import { rowsOf } from '../testing/traceColumns';
import type { DrawnCluster } from './drawnCluster';
import { TracedGroups } from './tracedGroups';
import { TracedLogs } from './tracedLogs';
import { TracedProducers } from './tracedProducers';

export interface TracedRun {
  readonly trace: Trace;
  readonly logs: TracedLogs;
  readonly producers: TracedProducers;
  readonly groups: TracedGroups;
}

/** @throws Error that names the rule and the entry that breaks it. */
export function tracedRun({ scene, seed }: DrawnCluster): TracedRun {
  const trace = simulate(scene, seed, []);
  const logs = new TracedLogs(trace, scene);
  const producers = new TracedProducers(trace, logs);
  const groups = new TracedGroups(trace, scene.settings, logs);
  for (const row of rowsOf(trace)) {
    try {
      producers.see(row);
      logs.see(row);
      groups.see(row);
    } catch (broken) {
      throw new Error(`Entry ${row.seq}, kind ${row.kind}`, { cause: broken });
    }
  }
  return { trace, logs, producers, groups };
}
