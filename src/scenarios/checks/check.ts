// What a check is: a yes-or-no question about one stage of a finished run, with its evidence.
import type { EntrySeq, StageId } from '../../engine/index';
import type { Run } from '../runScenario';

/** The answer, and the entries of the trace that it rests on. */
export interface Verdict {
  readonly holds: boolean;
  readonly evidence: readonly EntrySeq[];
}

/**
 * Asks about `stage` as `run` left it at its horizon; a question between stages names the other.
 */
export type Check = (run: Run, stage: StageId) => Verdict;

/** Entries that a reader can still look through one by one. */
const MOST_EVIDENCE = 24;

/** A verdict on `evidence`; with no evidence nothing holds, so an empty run proves nothing. */
export function verdict(holds: boolean, evidence: readonly EntrySeq[]): Verdict {
  const shown = [...evidence].sort((one, other) => one - other).slice(0, MOST_EVIDENCE);
  return { holds: holds && shown.length > 0, evidence: shown };
}
