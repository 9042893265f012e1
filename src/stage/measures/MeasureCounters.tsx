// The counters under a stage and the verdict beside its ribbon; changes only when its props do.

import type { ReactNode } from 'react';
import type { Lens, SimTime, StageId, TraceIndex } from '../../engine/index';
import styles from './MeasureCounters.module.css';
import { MeasureList } from './MeasureList';
import { type Counter, measuresScene } from './measuresScene';

export interface MeasureCountersProps {
  readonly index: TraceIndex;
  readonly stage: StageId;
  /** The app throttles it: numbers change at most twice a second while playing. */
  readonly time: SimTime;
  readonly lens: Lens;
}

export function MeasureCounters({ index, stage, time, lens }: MeasureCountersProps): ReactNode {
  const { counters, verdict } = measuresScene({ index, stage, time, lens });
  return (
    <>
      <p className={styles['verdict']} data-part="verdict" data-both={verdict.isBoth}>
        <Value stage={stage} counter={verdict} className={styles['share']} />{' '}
        <span className={styles['label']}>{verdict.label}</span>
      </p>
      <ul className={styles['counters']} data-part="counters">
        {counters.map((counter) => (
          <li key={counter.name}>
            <Value stage={stage} counter={counter} className={styles['value']} />{' '}
            <Label of={counter} />
            {counter.beside !== null && (
              <span className={styles['label']} data-of={counter.beside.name}>
                , <Value stage={stage} counter={counter.beside} /> {counter.beside.label}
              </span>
            )}
          </li>
        ))}
      </ul>
      <div hidden>
        <MeasureList index={index} stage={stage} time={time} />
      </div>
    </>
  );
}

function Label({ of }: { readonly of: Counter }): ReactNode {
  return (
    <span className={styles['label']} data-of={of.name}>
      {of.label}
    </span>
  );
}

interface ValueProps {
  readonly stage: StageId;
  readonly counter: Counter;
  readonly className?: string | undefined;
}

function Value({ stage, counter, className }: ValueProps): ReactNode {
  return (
    <span
      className={className}
      data-stage={stage}
      data-measure={counter.name}
      data-value={counter.raw}
    >
      {counter.text}
    </span>
  );
}
