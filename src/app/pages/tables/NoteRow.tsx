// A footnote that opens under its row: what an expert adds, and the scene it invites to.
import type { ReactNode } from 'react';
import { findClaim } from '../../../content/claims/registry';
import type { ComparisonRow, Side } from '../../../content/comparisons/comparison';
import { SIDES } from '../../../content/comparisons/comparison';
import { Button } from '../../../ui/Button';
import { NOTE_NUMBERS, noteKey } from './shownScene';
import styles from './TablesPage.module.css';
import type { TableState } from './tableState';

interface NoteRowProps {
  readonly row: ComparisonRow;
  readonly side: Side;
  readonly state: TableState;
}

/** Stays in the page while closed, so that its mark always names something. */
export function NoteRow({ row, side, state }: NoteRowProps): ReactNode {
  const { footnote, tryIt } = row.cells[side];
  if (footnote === null) return null;
  const key = noteKey(row, side);
  return (
    <tr
      id={`note-${key}`}
      className={styles['note']}
      data-lit={state.litRow === row}
      hidden={!state.openNotes.has(key)}
    >
      <td className={styles['noteCell']} colSpan={SIDES.length + 1}>
        <div className={styles['noteText']}>
          <p>
            <strong>{NOTE_NUMBERS.get(key)}</strong> {findClaim(footnote)?.footnote}
          </p>
          {tryIt !== undefined && (
            <Button onClick={() => state.load(tryIt.scene)}>{tryIt.label}</Button>
          )}
        </div>
      </td>
    </tr>
  );
}
