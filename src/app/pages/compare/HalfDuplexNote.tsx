// Footnote 1: why "half-duplex here", with the number of the run that is seen; opens in place.

import type { ReactNode } from 'react';
import { measuresAt } from '../../../engine/index';
import type { Player } from '../../../player/createPlayer';
import { useCoarseTime, usePlayer } from '../../../player/usePlayer';
import { Button } from '../../../ui/Button';
import { changeParameter, definitionOf } from '../../runActions';
import styles from './HalfDuplexNote.module.css';

interface HalfDuplexNoteProps {
  readonly player: Player;
}

export function HalfDuplexNote({ player }: HalfDuplexNoteProps): ReactNode {
  const run = usePlayer(player, (state) => state.run);
  const time = useCoarseTime(player);
  const { overlapParticipant, overlapConnection } = measuresAt(run.index, 'kafka', time);
  const isThreads = run.parameters['mode'] === 'threads';
  const hasLine = run.parameters['standingFetches'] !== undefined;
  const canSwitch = definitionOf(run, 'mode') !== undefined;
  return (
    <div className={styles['note']}>
      <div className={styles['words']}>
        <p>
          <sup>1</sup> In the usual loop each one sends, waits for the ack, then polls. So nobody
          sends and gets at once: 0 % by the order of the loop, not by the cable. With threads a
          person does both at once, while each connection stays one way.
          {isThreads &&
            hasLine &&
            ' Here several fetches stand in line, so that one always waits; a real consumer has one. Set “Fetches in line” to 1 under More to see the difference.'}
        </p>
        <p>
          This run, {isThreads ? 'with threads' : 'in the loop'}: person{' '}
          <strong>{percentText(overlapParticipant)}</strong>, connection{' '}
          <strong>{percentText(overlapConnection)}</strong> both at once so far.
        </p>
      </div>
      {canSwitch && (
        <Button onClick={() => changeParameter(player, 'mode', isThreads ? 'loop' : 'threads')}>
          {isThreads ? 'Back to the loop' : 'Try two threads'}
        </Button>
      )}
    </div>
  );
}

const percentText = (share: number | null): string =>
  share === null ? '–' : `${Math.round(share * 100)} %`;
