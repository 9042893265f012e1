// One stage of the proof, small: its name, its share of both at once, its picture and its ribbon.
import type { ReactNode } from 'react';
import type { SimTime, StageId } from '../../../engine/index';
import { measuresAt } from '../../../engine/index';
import type { Player } from '../../../player/createPlayer';
import type { Run } from '../../../scenarios/run';
import { DuplexRibbonView } from '../../../stage/duplexRibbon/DuplexRibbonView';
import { TopologyView } from '../../../stage/topology/TopologyView';
import { useFailure } from '../../../ui/useFailure';
import { useMedia } from '../../../ui/useMedia';
import { STAGE_WORDS } from '../compare/stageWords';
import { rawText, valueText } from './measuredText';
import styles from './ProofPanel.module.css';

/** Two rows and no axis: the moment stands in words below. */
const RIBBON_HEIGHT = 56;

interface SmallStageProps {
  readonly player: Player;
  readonly run: Run;
  readonly time: SimTime;
  readonly stage: StageId;
}

export function SmallStage({ player, run, time, stage }: SmallStageProps): ReactNode {
  const isStill = useMedia('(prefers-reduced-motion: reduce)');
  const subscribeTime = useGuardedTime(player);
  const frames = { index: run.index, stage, getTime: player.getTime, subscribeTime };
  return (
    <div className={styles['stage']}>
      <div className={styles['head']}>
        <h3 className={styles['name']}>{STAGE_WORDS[stage].title}</h3>
        <Verdict run={run} time={time} stage={stage} />
      </div>
      <div className={styles['picture']}>
        <TopologyView {...frames} captions={false} motion={isStill ? 'stations' : 'flight'} />
      </div>
      <div className={styles['ribbon']}>
        <DuplexRibbonView {...frames} lens="conversation" height={RIBBON_HEIGHT} />
      </div>
    </div>
  );
}

function Verdict({ run, time, stage }: Omit<SmallStageProps, 'player'>): ReactNode {
  const overlap = measuresAt(run.index, stage, time).overlapParticipant;
  return (
    <p className={styles['verdict']} data-both={overlap !== null && overlap > 0}>
      <span data-stage={stage} data-measure="overlapParticipant" data-value={rawText(overlap)}>
        {valueText(overlap, 'percent')}
      </span>
      <span className="visuallyHidden"> both at once</span>
    </p>
  );
}

/** A drawing that throws in a frame stops the proof and nothing else. */
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
