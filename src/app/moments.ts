// A moment of a run in words, for the caption and the scrubber; fetched when there is first
// something to say.

import type { SimTime } from '../engine/index';
import type { PlayerState } from '../player/createPlayer';
import type { Run } from '../scenarios/run';
import { stageSummary } from '../stage/description/stageSummary';
import { stepSentence } from '../stage/description/stepSentence';

/** One sentence a step, a summary after a jump or a pause. */
export function captionOf({ run, lastMove, coarseTime }: PlayerState): string {
  if (lastMove === 'step') return stepSentence(run.index, coarseTime);
  return run.scenario.stages.map((stage) => stageSummary(run.index, stage, coarseTime)).join(' ');
}

/** All that happens at `time`, in one sentence. */
export const momentOf = (run: Run, time: SimTime): string => stepSentence(run.index, time);
