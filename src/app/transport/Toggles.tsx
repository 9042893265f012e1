// The two toggles of the first sight: what they show is read from the run at the playhead; one that
// could do nothing in a scene is not there.

import type { ReactNode } from 'react';
import type { SimTime } from '../../engine/index';
import type { Player } from '../../player/createPlayer';
import { awaySince, isStopped, parameterAt } from '../../player/stateAtPlayhead';
import { useCoarseTime, usePlayer } from '../../player/usePlayer';
import type { Run } from '../../scenarios/run';
import { Switch } from '../../ui/Switch';
import {
  hasDisconnect,
  hasDurability,
  nameOfNode,
  toggleDisconnect,
  toggleDurability,
} from '../runActions';
import { lengthText } from '../timeText';
import styles from './TransportDock.module.css';

interface ToggleProps {
  readonly player: Player;
}

export function DurabilityToggle({ player }: ToggleProps): ReactNode {
  const run = usePlayer(player, (state) => state.run);
  const time = useCoarseTime(player);
  if (!hasDurability(run)) return null;
  return (
    <Switch
      isOn={parameterAt(run, 'durability', time) !== 'off'}
      shortcut="D"
      onToggle={() => toggleDurability(player)}
    >
      Durability
    </Switch>
  );
}

export function DisconnectToggle({ player }: ToggleProps): ReactNode {
  const run = usePlayer(player, (state) => state.run);
  const time = useCoarseTime(player);
  const { stopTarget } = run.scenario;
  return stopTarget === undefined ? (
    <LeaveToggle player={player} run={run} time={time} />
  ) : (
    <Switch
      isOn={isStopped(run, stopTarget, time)}
      shortcut="X"
      onToggle={() => toggleDisconnect(player)}
    >
      Stop {nameOfNode(run, stopTarget)}
    </Switch>
  );
}

interface LeaveToggleProps extends ToggleProps {
  readonly run: Run;
  readonly time: SimTime;
}

function LeaveToggle({ player, run, time }: LeaveToggleProps): ReactNode {
  if (!hasDisconnect(run)) return null;
  const { disconnectTarget } = run.scenario;
  const name = nameOfNode(run, disconnectTarget);
  const since = awaySince(run, disconnectTarget, time);
  return (
    <Switch isOn={since !== null} shortcut="X" onToggle={() => toggleDisconnect(player)}>
      {since === null ? `Disconnect ${name}` : `Reconnect ${name}`}
      {since !== null && <span className={styles['away']}> · away {lengthText(time - since)}</span>}
    </Switch>
  );
}
