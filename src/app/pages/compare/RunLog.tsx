// Every moment of the run as sentences, the newest before the playhead first; a click goes there.

import type { ReactNode } from 'react';
import { stepInstants } from '../../../engine/index';
import type { Player } from '../../../player/createPlayer';
import { clamp } from '../../../player/playhead';
import { useCoarseTime, usePlayer } from '../../../player/usePlayer';
import type { Run } from '../../../scenarios/run';
import { stepSentence } from '../../../stage/description/stepSentence';
import { timeText } from '../../timeText';
import styles from './RunLog.module.css';

/** Moments shown on either side of the playhead. */
const PAST_SHOWN = 24;
const FUTURE_SHOWN = 6;

interface RunLogProps {
  readonly player: Player;
}

export function RunLog({ player }: RunLogProps): ReactNode {
  const run = usePlayer(player, (state) => state.run);
  const time = useCoarseTime(player);
  return (
    <ol className={styles['log']} aria-label="Moments of this run, newest first">
      {momentsAround(run, time).map((moment) => (
        <li key={moment} data-when={whenOf(moment, time)}>
          <button type="button" onClick={() => player.seek(moment)}>
            <span className={styles['time']}>{timeText(moment, run.horizon)}</span>
            <span>{stepSentence(run.index, clamp(moment, run.horizon))}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function whenOf(moment: number, time: number): 'past' | 'now' | 'future' {
  if (moment === time) return 'now';
  return moment < time ? 'past' : 'future';
}

/** Newest first: a few that come, then those that have been. */
function momentsAround(run: Run, time: number): number[] {
  const instants = stepInstants(run.index);
  const after = instants.findIndex((moment) => moment > time);
  const next = after < 0 ? instants.length : after;
  const shown = instants.slice(Math.max(0, next - PAST_SHOWN), next + FUTURE_SHOWN);
  return [...shown].reverse();
}
