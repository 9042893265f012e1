// The compare page: one question, the stages side by side on one clock, the player at the foot.

import { ChevronDown } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import { lazy, Suspense, useId, useState } from 'react';
import { EntryKind } from '../../../engine/index';
import type { Player } from '../../../player/createPlayer';
import { usePlayer } from '../../../player/usePlayer';
import type { Run } from '../../../scenarios/run';
import { isClusterStage } from '../../../stage/cluster/isClusterStage';
import { useMedia } from '../../../ui/useMedia';
import { ViewBoundary } from '../../../ui/ViewBoundary';
import { useView, type View } from '../../createView';
import { Loading } from '../../Loading';
import { nameOfNode } from '../../runActions';
import type { SettledMark } from '../../settled';
import { More } from '../../transport/More';
import { ScenePicker } from '../../transport/ScenePicker';
import { TransportDock } from '../../transport/TransportDock';
import { Caption } from './Caption';
import styles from './ComparePage.module.css';
import { Legend } from './Legend';
import { OperatorMetrics } from './OperatorMetrics';
import { StagePanel } from './StagePanel';
import { STAGE_WORDS } from './stageWords';

const EveryMoment = lazy(() =>
  import('./moments/EveryMoment').then((module) => ({ default: module.EveryMoment })),
);
const InspectorPanel = lazy(() =>
  import('./inspector/InspectorPanel').then((module) => ({ default: module.InspectorPanel })),
);
const HalfDuplexNote = lazy(() =>
  import('./HalfDuplexNote').then((module) => ({ default: module.HalfDuplexNote })),
);

interface ComparePageProps {
  readonly player: Player;
  readonly view: View;
  readonly settled: SettledMark;
}

export function ComparePage({ player, view, settled }: ComparePageProps): ReactNode {
  const isNarrow = useMedia('(width < 720px)');
  const isWatched = usePlayer(player, ({ run }) => run.scenario.isWatched || isShaken(run));
  return (
    <>
      <main className={styles['page']}>
        <Head player={player} />
        <Stages player={player} view={view} settled={settled} />
        {isNarrow && (
          <div className={styles['choices']}>
            <ScenePicker player={player} />
            <More player={player} view={view} />
          </div>
        )}
        <Inspector player={player} view={view} settled={settled} />
        <ViewBoundary name="The sentence under the stages">
          <Caption player={player} view={view} settled={settled} />
        </ViewBoundary>
        <div className={styles['further']}>
          {isWatched && (
            <ViewBoundary name="The operator's metrics">
              <OperatorMetrics player={player} settled={settled} />
            </ViewBoundary>
          )}
          <Moments player={player} view={view} settled={settled} />
        </div>
      </main>
      <ViewBoundary name="The player">
        <TransportDock player={player} view={view} />
      </ViewBoundary>
    </>
  );
}

function Head({ player }: { readonly player: Player }): ReactNode {
  const run = usePlayer(player, (state) => state.run);
  const [first = 'A', second = 'B'] = run.scenario.people.map((id) => nameOfNode(run, id));
  return (
    <div className={styles['head']}>
      <h1>{run.scenario.question}</h1>
      {!showsCluster(run) && run.scenario.stageView !== 'together' && (
        <div className={styles['legend']}>
          <Legend names={[first, second]} />
        </div>
      )}
    </div>
  );
}

/** Whether Kafka's stage shows brokers, partitions and readers instead of one talk. */
const showsCluster = ({ scenario, index }: Run): boolean =>
  scenario.stageView === 'cluster' ||
  scenario.stageView === 'connections' ||
  isClusterStage(index.trace, 'kafka');

/** Whether something happened to the brokers: then an operator has something to watch anywhere. */
const isShaken = ({ index }: Run): boolean =>
  SHOCKS.some((kind) => (index.standing.cluster.happenings[kind] ?? []).length > 0);
const SHOCKS = [
  EntryKind.IsrChanged,
  EntryKind.LeaderChanged,
  EntryKind.Isolated,
  EntryKind.DiskFilled,
];

function Stages({ player, view, settled }: ComparePageProps): ReactNode {
  const stages = usePlayer(player, (state) => state.run.scenario.stages);
  const isCluster = usePlayer(player, (state) => showsCluster(state.run));
  const isFleet = usePlayer(player, (state) => state.run.scenario.stageView === 'connections');
  const [isNoteOpen, setNoteOpen] = useState(false);
  const id = useId();
  const point = (event: MouseEvent): void => {
    import('./inspector/inspectPointed').then(({ inspectPointed }) =>
      inspectPointed(player, view, event),
    );
  };
  const note = { id, isOpen: isNoteOpen, toggle: () => setNoteOpen(!isNoteOpen) };
  return (
    <div
      className={styles['stages']}
      data-count={stages.length}
      data-cluster={isFleet ? 'beside' : isCluster ? '' : undefined}
    >
      {stages.map((stage) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: messages have buttons too.
        // biome-ignore lint/a11y/useKeyWithClickEvents: as above.
        <div key={stage} className={styles['stage']} data-view={stage} onClick={point}>
          <ViewBoundary name={STAGE_WORDS[stage].title}>
            <StagePanel
              player={player}
              view={view}
              stage={stage}
              note={note}
              isCluster={isCluster}
              isFleet={isFleet}
              settled={settled}
            />
          </ViewBoundary>
        </div>
      ))}
      {isNoteOpen && stages.includes('kafka') && (
        <div className={styles['note']} id={id}>
          <ViewBoundary name="The footnote">
            <Suspense fallback={<Loading settled={settled} />}>
              <HalfDuplexNote player={player} />
            </Suspense>
          </ViewBoundary>
        </div>
      )}
    </div>
  );
}

/** Comes when something is chosen. */
function Inspector({ player, view, settled }: ComparePageProps): ReactNode {
  const isOpen = useView(view, (state) => state.inspected !== null);
  if (!isOpen) return null;
  return (
    <ViewBoundary name="The inspector">
      <Suspense fallback={<Loading settled={settled} />}>
        <InspectorPanel player={player} view={view} />
      </Suspense>
    </ViewBoundary>
  );
}

/** One scroll below: the run as a diagram and as a list, drawn only while it is open. */
function Moments(props: ComparePageProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={styles['moments']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        See every moment of this run <ChevronDown size={18} aria-hidden="true" />
      </summary>
      {isOpen && (
        <ViewBoundary name="The diagram of all moments">
          <Suspense fallback={<Loading settled={props.settled} />}>
            <EveryMoment {...props} />
          </Suspense>
        </ViewBoundary>
      )}
    </details>
  );
}
