// One of the documents' comparisons as a table: a row for each feature, a cell for each side.
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Fragment } from 'react';
import type {
  Cell,
  Comparison,
  ComparisonRow,
  Side,
} from '../../../content/comparisons/comparison';
import { SIDES } from '../../../content/comparisons/comparison';
import { MeasuredLine } from './MeasuredLine';
import { NoteRow } from './NoteRow';
import { isShownBy, NOTE_NUMBERS, noteKey } from './shownScene';
import styles from './TablesPage.module.css';
import type { TableState } from './tableState';

const SIDE_NAMES: Readonly<Record<Side, string>> = {
  websocket: 'WebSocket',
  kafka: 'Kafka',
};

interface ComparisonTableProps {
  readonly comparison: Comparison;
  readonly state: TableState;
  /** What opens under the lit row where there is no room beside the tables; null where there is. */
  readonly proof: ReactNode;
}

export function ComparisonTable({ comparison, state, proof }: ComparisonTableProps): ReactNode {
  return (
    <table className={styles['table']}>
      <caption className="visuallyHidden">
        {comparison.title}: {comparison.source}, with what this run measures
      </caption>
      <thead>
        <tr>
          <th scope="col" className={styles['title']}>
            {comparison.title}
          </th>
          {SIDES.map((side) => (
            <th key={side} scope="col" className={styles['sideName']}>
              {SIDE_NAMES[side]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {comparison.rows.map((row) => (
          <Fragment key={row.id}>
            <Row row={row} state={state} />
            {SIDES.map((side) => (
              <NoteRow key={side} row={row} side={side} state={state} />
            ))}
            {proof !== null && state.litRow === row && (
              <tr>
                <td className={styles['proofCell']} colSpan={SIDES.length + 1}>
                  {proof}
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly row: ComparisonRow;
  readonly state: TableState;
}

function Row({ row, state }: RowProps): ReactNode {
  return (
    <tr id={`row-${row.id}`} className={styles['row']} data-lit={state.litRow === row}>
      <th scope="row" className={styles['feature']}>
        {row.feature}
      </th>
      {SIDES.map((side) => (
        <td key={side} className={styles['value']}>
          <div className={styles['cell']}>
            <span className={styles['side']} aria-hidden="true">
              {SIDE_NAMES[side]}
            </span>
            <p className={styles['words']}>
              <q>{row.cells[side].words}</q>
              <NoteMark row={row} side={side} state={state} />
              <br />
              <MeasuredLine cell={row.cells[side]} side={side} measures={state.measures[side]} />
            </p>
            <ShowMeButton row={row} side={side} state={state} />
          </div>
        </td>
      ))}
    </tr>
  );
}

interface CellProps extends RowProps {
  readonly side: Side;
}

function NoteMark({ row, side, state }: CellProps): ReactNode {
  const key = noteKey(row, side);
  const number = NOTE_NUMBERS.get(key);
  if (number === undefined) return null;
  const isOpen = state.openNotes.has(key);
  return (
    <span className={styles['anchor']}>
      <button
        type="button"
        className={styles['mark']}
        aria-label={`${number}: note on ${SIDE_NAMES[side]}, ${row.feature}`}
        aria-expanded={isOpen}
        aria-controls={`note-${key}`}
        onClick={() => state.toggleNote(key)}
      >
        {number}
      </button>
    </span>
  );
}

function ShowMeButton({ row, side, state }: CellProps): ReactNode {
  const cell: Cell = row.cells[side];
  if (cell.showMe === null) return null;
  const isShowing = state.litRow === row && isShownBy(state.run, cell.showMe);
  const words = isShowing ? 'Showing' : 'Show me';
  return (
    <button
      type="button"
      className={styles['showMe']}
      data-showing={isShowing}
      aria-label={`${words}: ${row.feature}, ${SIDE_NAMES[side]}`}
      onClick={() => state.show(row, side)}
    >
      {words}
      {!isShowing && <ChevronRight size={16} aria-hidden="true" />}
    </button>
  );
}
