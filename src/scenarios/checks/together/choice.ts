// Checks on what a case needs and which tool gives it: screens reached, nothing missed, soon.
import { EntryKind, type StageId } from '../../../engine/index';
import { findUseCase } from '../../combined/useCases';
import type { Run } from '../../runScenario';
import { type Check, verdict } from '../check';
import { atEnd, entriesOf } from '../reading';
import { joinsScreensByWebSocket } from './screens';

/** What one tool made of a case. */
export interface Outcome {
  readonly stage: StageId;
  /** Whether everyone at a screen is joined by what a browser can open. */
  readonly reachesScreens: boolean;
  readonly missed: number;
  /** Of half of what arrived, in milliseconds; null: nothing did. */
  readonly p50: number | null;
  readonly connections: number;
  /** Whether that is all that the case asks for. */
  readonly fits: boolean;
}

/** On a screen there is a browser, which opens a connection to no broker. */
export function outcomeOf(run: Run, stage: StageId): Outcome {
  const { needs } = findUseCase(String(run.parameters['case']));
  const { missed, latencyMs, connections, waiting, inFlight } = atEnd(run, stage);
  const reachesScreens = !needs.screens || joinsScreensByWebSocket(run, stage).holds;
  const { p50 } = latencyMs;
  const isWhole = missed === 0 && waiting === 0 && inFlight === 0;
  const isSoon = needs.withinMs === null || (p50 !== null && p50 <= needs.withinMs);
  const fits = reachesScreens && (isWhole || !needs.everything) && isSoon;
  return { stage, reachesScreens, missed, p50, connections, fits };
}

/** Of the tools that fit, the one that is there soonest; of equals, the one with fewest lines. */
export function choiceOf(run: Run): StageId | null {
  const [first] = run.scenario.stages
    .map((stage) => outcomeOf(run, stage))
    .filter(({ fits }) => fits)
    .sort((one, other) => (one.p50 ?? 0) - (other.p50 ?? 0) || one.connections - other.connections);
  return first?.stage ?? null;
}

/** Of the two, one reaches the screens and misses, the other misses nothing and reaches none. */
export const lacksWhatTheOtherHas: Check = (run, stage) => {
  const here = outcomeOf(run, stage);
  const there = outcomeOf(run, stage === 'websocket' ? 'kafka' : 'websocket');
  const gives = ({ reachesScreens, missed }: Outcome) => [reachesScreens, missed === 0];
  const [mine, theirs] = [gives(here), gives(there)];
  const areDifferent = mine.every((has, what) => has !== theirs[what]);
  const evidence = [
    ...entriesOf(run, 'websocket', EntryKind.Lost).slice(0, 6),
    ...entriesOf(run, 'kafka', EntryKind.Delivered).slice(-6),
  ];
  return verdict(areDifferent && !here.fits && !there.fits, evidence);
};
