// Runs any scenario of the complete list by its name: for tests, the command line and content. The
// app has not all of them at hand, and finds them in its own way.

import { findScenario } from './registry';
import { type Run, type RunSpec, runAs } from './run';

export type { Intervention, InterventionKind, Run, RunSpec } from './run';

/**
 * Runs a scenario to its horizon and indexes its trace.
 * @throws EventLimitError when the parameters ask for more than a run may be.
 * @throws Error when the specification names no scenario; texts are checked before they come here.
 */
export function runScenario(spec: RunSpec): Run {
  const scenario = findScenario(spec.scenarioId);
  if (!scenario) throw new Error(`There is no scenario "${spec.scenarioId}".`);
  return runAs(spec, scenario);
}
