// Every measure of a stage by name, with its value, for whoever wants to look closely.

import type { ReactNode } from 'react';
import type { SimTime, StageId, TraceIndex } from '../../engine/index';
import styles from './MeasureList.module.css';
import { measuresScene } from './measuresScene';

export interface MeasureListProps {
  readonly index: TraceIndex;
  readonly stage: StageId;
  readonly time: SimTime;
}

export function MeasureList({ index, stage, time }: MeasureListProps): ReactNode {
  const { all } = measuresScene({ index, stage, time, lens: 'conversation' });
  return (
    <dl className={styles['list']}>
      {all.map(({ name, label, raw, text }) => (
        <div key={name} className={styles['row']}>
          <dt>{label}</dt>
          <dd data-stage={stage} data-measure={name} data-value={raw}>
            {text}
          </dd>
        </div>
      ))}
    </dl>
  );
}
