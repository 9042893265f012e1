// The dock at the foot: transport, scene, the two toggles, and More; no word of protocol.

import type { ReactNode } from 'react';
import type { Player } from '../../player/createPlayer';
import { useCoarseTime, usePlayer } from '../../player/usePlayer';
import { useMedia } from '../../ui/useMedia';
import type { View } from '../createView';
import { horizonText, timeText } from '../timeText';
import { More } from './More';
import { ScenePicker } from './ScenePicker';
import { Scrubber } from './Scrubber';
import { SpeedSegment } from './SpeedSegment';
import { DisconnectToggle, DurabilityToggle } from './Toggles';
import { TransportButtons } from './TransportButtons';
import styles from './TransportDock.module.css';

interface DockProps {
  readonly player: Player;
  readonly view: View;
}

export function TransportDock({ player, view }: DockProps): ReactNode {
  const isNarrow = useMedia('(width < 720px)');
  return (
    <section className={styles['dock']} aria-label="Player">
      {isNarrow ? <NarrowDock player={player} /> : <WideDock player={player} view={view} />}
    </section>
  );
}

function WideDock({ player, view }: DockProps): ReactNode {
  return (
    <div className={styles['inner']}>
      <div className={styles['row']}>
        <TransportButtons player={player} hasRestart={true} />
        <Scrubber player={player} />
        <TimeReadout player={player} />
        <SpeedSegment player={player} isWhole={false} />
        <RunName player={player} />
      </div>
      <div className={styles['row']}>
        <ScenePicker player={player} />
        <DurabilityToggle player={player} />
        <DisconnectToggle player={player} />
        <More player={player} view={view} />
      </div>
    </div>
  );
}

/** Two rows; scene and More stand in the page above it. */
function NarrowDock({ player }: Pick<DockProps, 'player'>): ReactNode {
  return (
    <div className={styles['inner']}>
      <div className={styles['row']}>
        <Scrubber player={player} />
        <TimeReadout player={player} />
      </div>
      <div className={styles['row']}>
        <TransportButtons player={player} hasRestart={false} />
        <div className={styles['toggles']}>
          <DurabilityToggle player={player} />
          <DisconnectToggle player={player} />
        </div>
      </div>
    </div>
  );
}

function TimeReadout({ player }: { readonly player: Player }): ReactNode {
  const horizon = usePlayer(player, (state) => state.run.horizon);
  const time = useCoarseTime(player);
  return (
    <span className={styles['time']}>
      <strong>{timeText(time, horizon)}</strong> / {horizonText(horizon)}
    </span>
  );
}

function RunName({ player }: { readonly player: Player }): ReactNode {
  const seed = usePlayer(player, (state) => state.runSpec.seed);
  return (
    <span className={styles['seed']} title="The seed of this run; change it under More">
      run {seed}
    </span>
  );
}
