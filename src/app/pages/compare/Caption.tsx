// The one sentence under the stages: of the step or the place sought; silent while playing.

import type { ReactNode } from 'react';
import type { Player, PlayerState } from '../../../player/createPlayer';
import { usePlayer } from '../../../player/usePlayer';
import { stageSummary } from '../../../stage/description/stageSummary';
import { stepSentence } from '../../../stage/description/stepSentence';
import type { View } from '../../createView';
import { useView } from '../../createView';
import styles from './Caption.module.css';

const OPENING = 'Same two messages. What differs?';

interface CaptionProps {
  readonly player: Player;
  readonly view: View;
}

export function Caption({ player, view }: CaptionProps): ReactNode {
  const isOpening = useView(view, (state) => state.isOpening);
  const sentence = usePlayer(player, sentenceOf);
  const isQuick = usePlayer(
    player,
    (state) => state.status === 'playing' && state.isPassingQuickly,
  );
  return (
    <div className={styles['caption']}>
      <p role="status" aria-live="polite">
        {isOpening ? OPENING : sentence}
      </p>
      {isQuick && <p className={styles['quick']}>quiet: passing quickly</p>}
    </div>
  );
}

/** One sentence a step, a summary after a jump or a pause, nothing while frames run. */
function sentenceOf(state: PlayerState): string {
  const { run, status, lastMove, coarseTime } = state;
  if (status === 'playing' || lastMove === 'none') return '';
  if (lastMove === 'step') return stepSentence(run.index, coarseTime);
  return run.scenario.stages.map((stage) => stageSummary(run.index, stage, coarseTime)).join(' ');
}
