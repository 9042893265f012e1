// The one sentence under the stages: of the step or the place sought; silent while playing.

import type { ReactNode } from 'react';
import { useLayoutEffect } from 'react';
import type { Player, PlayerState } from '../../../player/createPlayer';
import { usePlayer } from '../../../player/usePlayer';
import type { View } from '../../createView';
import { useView } from '../../createView';
import type { SettledMark } from '../../settled';
import { useMoments } from '../../useMoments';
import styles from './Caption.module.css';

const OPENING = 'Same two messages. What differs?';

interface CaptionProps {
  readonly player: Player;
  readonly view: View;
  readonly settled: SettledMark;
}

export function Caption({ player, view, settled }: CaptionProps): ReactNode {
  const isOpening = useView(view, (state) => state.isOpening);
  const isSpeaking = usePlayer(player, speaks) && !isOpening;
  const moments = useMoments(isSpeaking);
  const isWaiting = isSpeaking && moments === null;
  useLayoutEffect(() => (isWaiting ? settled.hold() : undefined), [isWaiting, settled]);
  const sentence = usePlayer(player, (state) =>
    moments === null || !speaks(state) ? '' : moments.captionOf(state),
  );
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

const speaks = ({ status, lastMove }: PlayerState): boolean =>
  status !== 'playing' && lastMove !== 'none';
