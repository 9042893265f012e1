// The second line of a cell: what the run at the playhead measures, or why it says nothing.
import type { ReactNode } from 'react';
import { Fragment } from 'react';
import type { Cell, Measured, MeasureName, Side } from '../../../content/comparisons/comparison';
import type { Measures } from '../../../engine/index';
import { titleOfScene } from '../../scenes';
import { rawText, readMeasure, valueText, wordsFor } from './measuredText';
import styles from './TablesPage.module.css';

interface MeasuredLineProps {
  readonly cell: Cell;
  readonly side: Side;
  /** Absent: the scene has no such stage. */
  readonly measures: Measures | undefined;
}

export function MeasuredLine({ cell, side, measures }: MeasuredLineProps): ReactNode {
  const { measured, showMe } = cell;
  if (measured === null) return <span className={styles['silent']}>not measured yet</span>;
  if (measures === undefined) {
    const scene = showMe === null ? 'another scene' : `“${titleOfScene(showMe.scenario)}”`;
    return <span className={styles['silent']}>not in this scene; {scene} shows it</span>;
  }
  return (
    <span className={styles['measured']}>
      {measured.map((one, place) => (
        <Fragment key={one.measure}>
          {place > 0 && ', '}
          <Expression measured={one} side={side} measures={measures} />
        </Fragment>
      ))}
    </span>
  );
}

interface ExpressionProps {
  readonly measured: Measured;
  readonly side: Side;
  readonly measures: Measures;
}

function Expression({ measured, side, measures }: ExpressionProps): ReactNode {
  const { measure, format, outOf } = measured;
  const value = readMeasure(measures, measure);
  const isBothAtOnce = /^overlap/.test(measure) && value !== null && value > 0;
  return (
    <span>
      <strong className={isBothAtOnce ? styles['bothAtOnce'] : undefined}>
        <Value side={side} measure={measure} value={value} text={valueText(value, format)} />
        {outOf !== undefined && (
          <>
            {' of '}
            <Value
              side={side}
              measure={outOf}
              value={readMeasure(measures, outOf)}
              text={valueText(readMeasure(measures, outOf), format)}
            />
          </>
        )}
      </strong>{' '}
      {wordsFor(measured, value)}
    </span>
  );
}

interface ValueProps {
  readonly side: Side;
  readonly measure: MeasureName;
  readonly value: number | null;
  readonly text: string;
}

function Value({ side, measure, value, text }: ValueProps): ReactNode {
  return (
    <span data-stage={side} data-measure={measure} data-value={rawText(value)}>
      {text}
    </span>
  );
}
