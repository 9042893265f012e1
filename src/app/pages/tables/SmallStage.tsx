// One stage of the proof, small: its name, its share of both at once, its picture and its ribbon.
import type { ReactNode } from 'react';
import type { SimTime, StageId } from '../../../engine/index';
import { measuresAt } from '../../../engine/index';
import type { Player } from '../../../player/createPlayer';
import type { Run } from '../../../scenarios/runScenario';
import { rawText, valueText } from './measuredText';
import styles from './ProofPanel.module.css';

interface SmallStageProps {
  readonly player: Player;
  readonly run: Run;
  readonly time: SimTime;
  readonly stage: StageId;
}

const STAGE_NAMES: Readonly<Partial<Record<StageId, string>>> = {
  websocket: 'WebSocket',
  kafka: 'Kafka',
  'half-duplex': 'Half-duplex',
  'full-duplex': 'Full-duplex',
};

export function SmallStage({ run, time, stage }: SmallStageProps): ReactNode {
  const overlap = measuresAt(run.index, stage, time).overlapParticipant;
  return (
    <div className={styles['stage']}>
      <div className={styles['head']}>
        <h3 className={styles['name']}>{STAGE_NAMES[stage] ?? stage}</h3>
        <p className={styles['verdict']} data-both={overlap !== null && overlap > 0}>
          <span data-stage={stage} data-measure="overlapParticipant" data-value={rawText(overlap)}>
            {valueText(overlap, 'percent')}
          </span>
          <span className="visuallyHidden"> both at once</span>
        </p>
      </div>
    </div>
  );
}
