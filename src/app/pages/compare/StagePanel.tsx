// One side of the comparison: picture and ribbon follow frames, numbers the coarse time.

import type { ReactNode } from 'react';
import { useId, useState } from 'react';
import type { StageId } from '../../../engine/index';
import type { Player } from '../../../player/createPlayer';
import { useCoarseTime, usePlayer } from '../../../player/usePlayer';
import { StageDescription } from '../../../stage/description/StageDescription';
import { DuplexRibbonView } from '../../../stage/duplexRibbon/DuplexRibbonView';
import { MeasureCounters } from '../../../stage/measures/MeasureCounters';
import { StageFrame } from '../../../stage/StageFrame';
import { TopologyView } from '../../../stage/topology/TopologyView';
import { useFailure } from '../../../ui/useFailure';
import { useMedia } from '../../../ui/useMedia';
import type { View } from '../../createView';
import { useView } from '../../createView';
import { DurabilityLine } from './DurabilityLine';
import { HalfDuplexNote } from './HalfDuplexNote';
import styles from './StagePanel.module.css';
import { STAGE_WORDS } from './stageWords';

interface StagePanelProps {
  readonly player: Player;
  readonly view: View;
  readonly stage: StageId;
}

export function StagePanel({ player, view, stage }: StagePanelProps): ReactNode {
  const index = usePlayer(player, (state) => state.run.index);
  const time = useCoarseTime(player);
  const lens = useView(view, (state) => state.lens);
  const motion = useMotion(view);
  const subscribeTime = useGuardedTime(player);
  const [isNoteOpen, setNoteOpen] = useState(false);
  const noteId = useId();
  const { title, subtitle } = STAGE_WORDS[stage];
  const frames = { index, stage, getTime: player.getTime, subscribeTime };
  return (
    <StageFrame
      stage={stage}
      title={title}
      subtitle={subtitle}
      corner={
        <DuplexWord
          stage={stage}
          noteId={noteId}
          isOpen={isNoteOpen}
          onToggle={() => setNoteOpen(!isNoteOpen)}
        />
      }
    >
      {isNoteOpen && <HalfDuplexNote player={player} id={noteId} />}
      <TopologyView {...frames} captions={true} motion={motion} />
      <DuplexRibbonView {...frames} lens={lens} />
      <MeasureCounters index={index} stage={stage} time={time} lens={lens} />
      <StageDescription index={index} stage={stage} time={time} />
      <DurabilityLine player={player} stage={stage} />
    </StageFrame>
  );
}

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

interface DuplexWordProps {
  readonly stage: StageId;
  readonly noteId: string;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

/** The field's word in the corner; on Kafka it opens the footnote that says what it means here. */
function DuplexWord({ stage, noteId, isOpen, onToggle }: DuplexWordProps): ReactNode {
  const { duplex } = STAGE_WORDS[stage];
  if (stage !== 'kafka') return <span className={styles['word']}>{duplex}</span>;
  return (
    <button
      type="button"
      className={styles['word']}
      aria-expanded={isOpen}
      aria-controls={noteId}
      onClick={onToggle}
    >
      {duplex} <sup>1</sup>
    </button>
  );
}
