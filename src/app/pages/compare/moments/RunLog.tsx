// Every moment of the run as sentences, the newest before the playhead first; a click goes there.

import type { ReactNode } from 'react';
import { entriesAt, messageName, stepInstants } from '../../../../engine/index';
import type { Player } from '../../../../player/createPlayer';
import { clamp } from '../../../../player/playhead';
import { useCoarseTime, usePlayer } from '../../../../player/usePlayer';
import type { Run } from '../../../../scenarios/run';
import { stepSentence } from '../../../../stage/description/stepSentence';
import type { View } from '../../../createView';
import { useView } from '../../../createView';
import { timeText } from '../../../timeText';
import { InspectButton } from './InspectButton';
import styles from './RunLog.module.css';

/** Moments shown on either side of the playhead. */
const PAST_SHOWN = 24;
const FUTURE_SHOWN = 6;

interface RunLogProps {
  readonly player: Player;
  readonly view: View;
}

export function RunLog({ player, view }: RunLogProps): ReactNode {
  const run = usePlayer(player, (state) => state.run);
  const time = useCoarseTime(player);
  const chosen = useView(view, (state) => state.chosenMessage);
  const choose = (chosenMessage: string | null): void => view.set({ chosenMessage });
  return (
    <ol className={styles['log']} aria-label="Moments of this run, newest first">
      {momentsAround(run, time).map((moment) => (
        <li
          key={moment}
          data-when={whenOf(moment, time)}
          data-chosen={chosen !== null && messagesAt(run, moment).includes(chosen) ? '' : undefined}
        >
          <button
            type="button"
            onClick={() => player.seek(moment)}
            onPointerEnter={() => choose(messagesAt(run, moment)[0] ?? null)}
            onPointerLeave={() => choose(null)}
            onFocus={() => choose(messagesAt(run, moment)[0] ?? null)}
            onBlur={() => choose(null)}
          >
            <span className={styles['time']}>{timeText(moment, run.horizon)}</span>
            <span>{stepSentence(run.index, clamp(moment, run.horizon))}</span>
          </button>
          <InspectButton view={view} name={messagesAt(run, moment)[0] ?? ''} />
        </li>
      ))}
    </ol>
  );
}

/** The names of the messages that a moment is about. */
function messagesAt({ index }: Run, moment: number): string[] {
  const { trace } = index;
  return entriesAt(index, moment)
    .map((seq) => trace.entries.message[seq] as number)
    .filter((message) => message >= 0)
    .map((message) => messageName(trace, message));
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
