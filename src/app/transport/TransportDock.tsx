// The dock at the foot: transport, scene, the two toggles, and More; no word of protocol.

import { ChevronDown } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { lazy, Suspense, useId, useRef, useState } from 'react';
import type { Player } from '../../player/createPlayer';
import { useCoarseTime, usePlayer } from '../../player/usePlayer';
import { Button } from '../../ui/Button';
import { useMedia } from '../../ui/useMedia';
import { ViewBoundary } from '../../ui/ViewBoundary';
import type { View } from '../createView';
import { horizonText, timeText } from '../timeText';
import { ScenePicker } from './ScenePicker';
import { Scrubber } from './Scrubber';
import { SpeedSegment } from './SpeedSegment';
import { DisconnectToggle, DurabilityToggle } from './Toggles';
import { TransportButtons } from './TransportButtons';
import styles from './TransportDock.module.css';

// The first view carries none of it: it is fetched when it is first opened.
const MorePanel = lazy(() =>
  import('./MorePanel').then((module) => ({ default: module.MorePanel })),
);

interface DockProps {
  readonly player: Player;
  readonly view: View;
}

export function TransportDock({ player, view }: DockProps): ReactNode {
  const isNarrow = useMedia('(width < 720px)');
  return (
    <section className={styles['dock']} aria-label="Player">
      {isNarrow ? (
        <NarrowDock player={player} view={view} />
      ) : (
        <WideDock player={player} view={view} />
      )}
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

function NarrowDock({ player, view }: DockProps): ReactNode {
  return (
    <div className={styles['inner']}>
      <div className={styles['row']}>
        <Scrubber player={player} />
        <TimeReadout player={player} />
      </div>
      <div className={styles['row']}>
        <TransportButtons player={player} hasRestart={false} />
        <More player={player} view={view} />
      </div>
      <div className={styles['toggles']}>
        <DurabilityToggle player={player} />
        <DisconnectToggle player={player} />
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

/** A disclosure that opens over the page; Escape closes it and gives the focus back. */
function More({ player, view }: DockProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const panelId = useId();
  const frame = useRef<HTMLDivElement>(null);
  const closeOnEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !isOpen) return;
    setOpen(false);
    frame.current?.querySelector('button')?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only listens for Escape from within
    <div ref={frame} className={styles['more']} onKeyDown={closeOnEscape}>
      <Button
        look="plain"
        aria-expanded={isOpen}
        aria-controls={panelId}
        onClick={() => setOpen(!isOpen)}
      >
        More <ChevronDown size={18} aria-hidden="true" data-open={isOpen} />
      </Button>
      <div id={panelId} className={styles['morePanel']} hidden={!isOpen}>
        {isOpen && (
          <ViewBoundary name="More">
            <Suspense fallback={<p className="visuallyHidden">Loading</p>}>
              <MorePanel player={player} view={view} />
            </Suspense>
          </ViewBoundary>
        )}
      </div>
    </div>
  );
}
