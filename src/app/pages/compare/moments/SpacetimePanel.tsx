// The diagrams of all stages side by side on one stretch of time, with what moves and zooms it.

import type { ReactNode } from 'react';
import { useEffect, useMemo, useState } from 'react';
import type { Player } from '../../../../player/createPlayer';
import { usePlayer } from '../../../../player/usePlayer';
import { OverviewView } from '../../../../stage/spacetime/OverviewView';
import { ViewBoundary } from '../../../../ui/ViewBoundary';
import type { View } from '../../../createView';
import type { SettledMark } from '../../../settled';
import { createCursor } from './createStress';
import { InspectButton } from './InspectButton';
import { linkStages } from './linkStages';
import styles from './SpacetimePanel.module.css';
import { StageDiagram } from './StageDiagram';
import { useTimeWindow } from './useTimeWindow';
import { WindowButtons } from './WindowButtons';

interface SpacetimePanelProps {
  readonly player: Player;
  readonly view: View;
  readonly settled: SettledMark;
}

export function SpacetimePanel({ player, view, settled }: SpacetimePanelProps): ReactNode {
  const run = usePlayer(player, (state) => state.run);
  const control = useTimeWindow(player, settled);
  const [cursor] = useState(createCursor);
  const [sentence, setSentence] = useState('');
  const [picked, setPicked] = useState('');
  const { stages } = run.scenario;
  const bookmarks = useMemo(() => run.bookmarks.map(({ at }) => at), [run]);
  useEffect(() => linkStages(player, view), [player, view]);
  // What was chosen in one run means nothing in another, nor after this is closed.
  useEffect(() => () => view.set({ chosenMessage: null }), [view]);
  return (
    <section className={styles['panel']} aria-labelledby="every-moment" data-panel="moments">
      <div className={styles['head']}>
        <h2 id="every-moment">Every moment of the run, time to the right</h2>
        <WindowButtons player={player} control={control} />
      </div>
      <div className={styles['pair']} data-count={stages.length}>
        {stages.map((stage) => (
          <ViewBoundary key={stage} name="This diagram">
            <StageDiagram
              player={player}
              view={view}
              stage={stage}
              bookmarks={bookmarks}
              control={control}
              cursor={cursor}
              say={setSentence}
              pickMessage={setPicked}
            />
          </ViewBoundary>
        ))}
      </div>
      <div className={styles['detail']}>
        <p role="status" aria-live="polite">
          {sentence}
        </p>
        <InspectButton view={view} name={picked} />
      </div>
      <OverviewView
        index={run.index}
        stages={stages}
        bookmarks={bookmarks}
        window={control.window}
        onWindow={control.show}
        getTime={player.getTime}
        subscribeTime={player.subscribeTime}
      />
    </section>
  );
}
