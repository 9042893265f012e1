// The Tables page: the documents’ comparisons with what the current run measures, and the proof.
import type { ReactNode } from 'react';
import { COMPARISONS } from '../../../content/comparisons/registry';
import type { Player } from '../../../player/createPlayer';
import { useMedia } from '../../../ui/useMedia';
import { ViewBoundary } from '../../../ui/ViewBoundary';
import type { View } from '../../createView';
import { titleOfScene } from '../../scenes';
import type { SettledMark } from '../../settled';
import { timeText } from '../../timeText';
import { TransportDock } from '../../transport/TransportDock';
import { ComparisonTable } from './ComparisonTable';
import { ProofPanel } from './ProofPanel';
import styles from './TablesPage.module.css';
import { type TableState, useTableState } from './tableState';

interface TablesPageProps {
  readonly player: Player;
  readonly view: View;
  readonly settled: SettledMark;
}

export default function TablesPage({ player, view, settled }: TablesPageProps): ReactNode {
  const state = useTableState(player);
  const hasRoomBeside = useMedia('(width >= 1280px)');
  const proof = (
    <ViewBoundary name="The proof">
      <ProofPanel player={player} view={view} settled={settled} state={state} />
    </ViewBoundary>
  );
  const proofInTable = hasRoomBeside ? null : proof;
  return (
    <>
      <main className={styles['page']}>
        <div className={styles['tables']}>
          <h1 className={styles['question']}>Each claim, measured in this run</h1>
          <p className={styles['lead']}>
            The first words of a cell are the documents’; the bold number below is measured{' '}
            <Moment state={state} />.
          </p>
          {COMPARISONS.map((comparison) => (
            <ViewBoundary key={comparison.id} name={`The table “${comparison.title}”`}>
              <ComparisonTable comparison={comparison} state={state} proof={proofInTable} />
            </ViewBoundary>
          ))}
        </div>
        {hasRoomBeside && <aside className={styles['aside']}>{proof}</aside>}
      </main>
      <ViewBoundary name="The player">
        <TransportDock player={player} view={view} />
      </ViewBoundary>
    </>
  );
}

function Moment({ state }: { readonly state: TableState }): ReactNode {
  const { run, time } = state;
  const title = titleOfScene(run.spec.scenarioId);
  if (time >= run.horizon) return <>over the whole of “{title}”</>;
  return (
    <>
      in “{title}” up to {timeText(time, run.horizon)}
    </>
  );
}
