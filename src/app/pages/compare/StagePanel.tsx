// One side of the comparison: picture and ribbon follow frames, numbers the coarse time.

import type { ReactNode } from 'react';
import { createElement, lazy, Suspense } from 'react';
import { absencesOf, type StageId } from '../../../engine/index';
import type { Player } from '../../../player/createPlayer';
import { useCoarseTime, usePlayer } from '../../../player/usePlayer';
import type { Run } from '../../../scenarios/run';
import { StageDescription } from '../../../stage/description/StageDescription';
import { DuplexRibbonView } from '../../../stage/duplexRibbon/DuplexRibbonView';
import { MeasureCounters } from '../../../stage/measures/MeasureCounters';
import { StageFrame } from '../../../stage/StageFrame';
import { TopologyView } from '../../../stage/topology/TopologyView';
import { useFailure } from '../../../ui/useFailure';
import { useMedia } from '../../../ui/useMedia';
import { ViewBoundary } from '../../../ui/ViewBoundary';
import type { View } from '../../createView';
import { useView } from '../../createView';
import { Loading } from '../../Loading';
import { hasDurability } from '../../runActions';
import type { SettledMark } from '../../settled';
import { CutButton } from './CutButton';
import { bookmarkStrip, clusterView } from './clusterView';
import { connectionsView } from './connectionsView';
import styles from './StagePanel.module.css';
import { clusterSubtitle, STAGE_WORDS, subtitleOf } from './stageWords';
import { togetherView } from './togetherView';

const DurabilityLine = lazy(() =>
  import('./DurabilityLine').then((module) => ({ default: module.DurabilityLine })),
);

/** The footnote that the word in Kafka's corner opens; it stands under both stages. */
export interface NoteControl {
  readonly id: string;
  readonly isOpen: boolean;
  readonly toggle: () => void;
}

interface StagePanelProps {
  readonly player: Player;
  readonly view: View;
  readonly stage: StageId;
  readonly note: NoteControl;
  /** How Kafka's stage looks: one talk, or a whole cluster. */
  readonly isCluster: boolean;
  /** WebSocket's stage shows servers with their connections. */
  readonly isFleet: boolean;
  readonly settled: SettledMark;
}

export function StagePanel(props: StagePanelProps): ReactNode {
  const { player, view, stage, note, isCluster, isFleet, settled } = props;
  const isKept = usePlayer(player, (state) => isAboutDurability(state.run));
  const index = usePlayer(player, (state) => state.run.index);
  // Who is on a gateway's line, or behind it, is no matter of two who talk.
  const isAboutBoth = usePlayer(player, (state) => state.run.scenario.stageView === 'together');
  const hasRibbon = !isCluster && !isAboutBoth;
  const detail = usePlayer(player, (state) => state.run.scenario.recordDetail);
  const time = useCoarseTime(player);
  const lens = useView(view, (state) => state.lens);
  const motion = useMotion(view);
  const subscribeTime = useGuardedTime(player);
  const { title } = STAGE_WORDS[stage];
  const subtitle =
    isCluster && stage === 'kafka' ? clusterSubtitle(index) : subtitleOf(index, stage);
  const frames = { index, stage, getTime: player.getTime, subscribeTime };
  return (
    <StageFrame
      stage={stage}
      title={title}
      subtitle={subtitle}
      corner={<DuplexWord stage={stage} note={note} />}
      hasRibbon={hasRibbon}
    >
      {isCluster && stage === 'kafka' ? (
        createElement(clusterView(), { ...frames, motion, detail })
      ) : stage === 'together' ? (
        createElement(togetherView(), { ...frames, motion })
      ) : isFleet ? (
        createElement(connectionsView(), { ...frames, motion })
      ) : (
        <>
          <TopologyView {...frames} captions={true} motion={motion} />
          <CutButton player={player} stage={stage} />
        </>
      )}
      {hasRibbon && <DuplexRibbonView {...frames} lens={lens} />}
      <MeasureCounters index={index} stage={stage} time={time} lens={lens} />
      {isCluster && stage === 'kafka' && createElement(bookmarkStrip(), { player })}
      <StageDescription index={index} stage={stage} time={time} />
      {isKept && (
        <ViewBoundary name="What is kept">
          <Suspense fallback={<Loading settled={settled} />}>
            <DurabilityLine player={player} stage={stage} />
          </Suspense>
        </ViewBoundary>
      )}
    </StageFrame>
  );
}

/** The first sight stays free of it: it comes when keeping matters. */
function isAboutDurability(run: Run): boolean {
  if (!hasDurability(run)) return false;
  const isTouched = [...run.spec.interventions.map(({ target }) => target), ...changed(run)].some(
    (name) => name === 'durability' || name === 'replayWindow',
  );
  return isTouched || absencesOf(run.index).length > 0 || run.scenario.id === 'durability';
}

const changed = (run: Run): string[] => Object.keys(run.spec.parameters);

/** Whether messages fly or jump from station to station: the visitor's choice, else the system's. */
function useMotion(view: View): 'flight' | 'stations' {
  const chosen = useView(view, (state) => state.settings.motion);
  const isReduced = useMedia('(prefers-reduced-motion: reduce)');
  if (chosen !== 'auto') return chosen;
  return isReduced ? 'stations' : 'flight';
}

/** A drawing that throws in a frame stops its own view and no other. */
function useGuardedTime(player: Player): (callback: () => void) => () => void {
  const fail = useFailure();
  return (callback) =>
    player.subscribeTime(() => {
      try {
        callback();
      } catch (caught) {
        fail(caught);
      }
    });
}

/** The field's word in the corner; on Kafka it opens the footnote that says what it means here. */
function DuplexWord({ stage, note }: Pick<StagePanelProps, 'stage' | 'note'>): ReactNode {
  const { duplex } = STAGE_WORDS[stage];
  if (stage !== 'kafka') return <span className={styles['word']}>{duplex}</span>;
  return (
    <button
      type="button"
      className={styles['word']}
      aria-expanded={note.isOpen}
      aria-controls={note.isOpen ? note.id : undefined}
      onClick={note.toggle}
    >
      {duplex} <sup>1</sup>
    </button>
  );
}
