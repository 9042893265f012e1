// A run in a few lines, for whoever reads a terminal.

import { formatDuration, instant, measuresAt } from '../engine/index';
import type { Run } from '../scenarios/runScenario';

/** A line a stage: the ledger, the overlap and the time on the way. */
export function summary(run: Run, at: number | null): string {
  const time = instant(Math.min(at ?? run.horizon, run.horizon));
  const lines = run.scenario.stages.map((stage) => {
    const measures = measuresAt(run.index, stage, time);
    const { sent, delivered, waiting, inFlight, missed, transitMs } = measures;
    const overlap = measures.overlapParticipant;
    return [
      `${stage}: ${sent} sent = ${delivered} delivered + ${waiting} waiting`,
      ` + ${inFlight} in flight + ${missed} missed`,
      `; both at once ${overlap === null ? 'never' : `${Math.round(overlap * 100)} %`}`,
      `; ${transitMs.p50 === null ? 'nothing arrived' : `${transitMs.p50} ms on the way`}`,
    ].join('');
  });
  return [`${run.scenario.title}, at ${formatDuration(time)}:`, ...lines].join('\n');
}
