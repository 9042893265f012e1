// The journey of a message as a list of rows with bars on one axis; a row that travels can be
// chosen, to see its bytes.

import type { CSSProperties, ReactNode } from 'react';
import type { TransferIndex } from '../../engine/index';
import styles from './Inspector.module.css';
import type { JourneyGroup, JourneyRow, JourneyScene } from './journeyScene';

interface JourneyViewProps {
  readonly scene: JourneyScene;
  /** The transfers whose bytes are shown. */
  readonly shown: readonly TransferIndex[];
  readonly onShow: (group: JourneyGroup, transfer: TransferIndex) => void;
  /** What stands beside the title of a group: a choice among its readers. */
  readonly aside: (group: JourneyGroup) => ReactNode;
}

const percent = (value: number): string => `${value.toFixed(3)}%`;

export function JourneyView({ scene, shown, onShow, aside }: JourneyViewProps): ReactNode {
  return (
    <div className={styles['journey']}>
      <Axis scene={scene} />
      {scene.groups.map((group) => (
        <section key={group.title} style={{ '--bar': group.colour } as CSSProperties}>
          <div className={styles['groupHead']}>
            <h3>{group.title}</h3>
            {aside(group)}
          </div>
          <p className={styles['outcome']} data-outcome={group.journey.outcome}>
            {group.sentence}
          </p>
          <ol className={styles['rows']}>
            {group.rows.map((row) => (
              <li key={row.key} data-when={row.when} data-kind={row.step.kind}>
                <RowLabel
                  row={row}
                  isShown={row.step.transfer >= 0 && shown.includes(row.step.transfer)}
                  show={() => onShow(group, row.step.transfer)}
                />
                <Track row={row} scene={scene} />
              </li>
            ))}
          </ol>
        </section>
      ))}
      <Now now={scene.now} />
    </div>
  );
}

interface RowLabelProps {
  readonly row: JourneyRow;
  readonly isShown: boolean;
  readonly show: () => void;
}

function RowLabel({ row, isShown, show }: RowLabelProps): ReactNode {
  const { label, note, transfer } = row.step;
  const words = (
    <>
      <span className={styles['label']}>{label}</span>
      <span className={styles['cause']}>{note}</span>
      {row.duration !== '' && <span className="visuallyHidden">, {row.duration}</span>}
    </>
  );
  if (transfer < 0) return <div className={styles['words']}>{words}</div>;
  return (
    <button type="button" className={styles['words']} aria-pressed={isShown} onClick={show}>
      {words}
    </button>
  );
}

/** Percent from an end within which the word stays inside. */
const EDGE = 6;

function Now({ now }: { readonly now: number | null }): ReactNode {
  if (now === null) return null;
  const at = now < EDGE ? 'start' : now > 100 - EDGE ? 'end' : undefined;
  return (
    <div className={styles['nowTag']} aria-hidden="true">
      <div>
        <b style={{ insetInlineStart: percent(now) }} data-at={at}>
          now
        </b>
      </div>
    </div>
  );
}

function Axis({ scene }: { readonly scene: JourneyScene }): ReactNode {
  return (
    <div className={styles['axis']} aria-hidden="true">
      <div>
        {scene.ticks.map(({ at, text }) => (
          <span key={text} style={{ insetInlineStart: percent(at) }}>
            {text}
          </span>
        ))}
      </div>
    </div>
  );
}

interface TrackProps {
  readonly row: JourneyRow;
  readonly scene: JourneyScene;
}

function Track({ row, scene: { ticks, now } }: TrackProps): ReactNode {
  const { left, width, done, duration, durationAt, step } = row;
  const isMoment = duration === '';
  const mark = { insetInlineStart: percent(left), width: percent(width) };
  const words =
    durationAt === 'before'
      ? { insetInlineEnd: percent(100 - left) }
      : { insetInlineStart: percent(durationAt === 'after' ? left + width : left) };
  return (
    <div className={styles['track']} aria-hidden="true">
      {ticks.map(({ at }) => (
        <i key={at} className={styles['grid']} style={{ insetInlineStart: percent(at) }} />
      ))}
      {now !== null && <i className={styles['now']} style={{ insetInlineStart: percent(now) }} />}
      {isMoment ? (
        <i className={styles['moment']} style={{ insetInlineStart: percent(left) }}>
          {step.kind === 'lost' ? '✕' : ''}
        </i>
      ) : (
        <>
          <i className={styles['future']} style={mark} />
          <i className={styles['past']} style={{ ...mark, width: percent(width * done) }} />
          <span className={styles['duration']} data-at={durationAt} style={words}>
            {duration}
          </span>
        </>
      )}
    </div>
  );
}
