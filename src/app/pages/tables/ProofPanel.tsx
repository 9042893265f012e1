// The proof beside the tables: both stages at the playhead, small, and the verdicts on the claims.
import type { MouseEvent, ReactNode } from 'react';
import { useMemo } from 'react';
import type { ComparisonRow } from '../../../content/comparisons/comparison';
import type { Player } from '../../../player/createPlayer';
import { usePlayer } from '../../../player/usePlayer';
import type { Run } from '../../../scenarios/run';
import { hashOf } from '../../address/currentAddress';
import { formatAddress } from '../../address/urlState';
import type { View } from '../../createView';
import { titleOfScene } from '../../scenes';
import type { SettledMark } from '../../settled';
import { timeText } from '../../timeText';
import { Caption } from '../compare/Caption';
import { checkedClaimsOf } from './claimsOfRow';
import styles from './ProofPanel.module.css';
import { SmallStage } from './SmallStage';
import type { TableState } from './tableState';

interface ProofPanelProps {
  readonly player: Player;
  readonly view: View;
  readonly settled: SettledMark;
  readonly state: TableState;
}

export function ProofPanel({ player, view, settled, state }: ProofPanelProps): ReactNode {
  const { run, litRow, time } = state;
  const title = titleOfScene(run.spec.scenarioId);
  return (
    <section className={styles['proof']} aria-labelledby="proof-title">
      <div className={styles['bar']}>
        <h2 id="proof-title" className={styles['title']}>
          Showing: {litRow?.feature ?? title}
        </h2>
        <CompareLink player={player} view={view} />
      </div>
      <div className={styles['panel']}>
        {run.scenario.stages.map((stage) => (
          <SmallStage key={stage} player={player} run={run} time={time} stage={stage} />
        ))}
        <div className={styles['words']}>
          <p className={styles['moment']}>
            {title}, at {timeText(time, run.horizon)}
          </p>
          <div className="visuallyHidden">
            <Caption player={player} view={view} settled={settled} />
          </div>
          {litRow !== null && <p className={styles['sentence']}>{litRow.sentence}</p>}
          {litRow !== null && <Verdicts row={litRow} run={run} />}
        </div>
      </div>
    </section>
  );
}

interface VerdictsProps {
  readonly row: ComparisonRow;
  readonly run: Run;
}

/** What the whole run says of the claims whose scene it is. */
function Verdicts({ row, run }: VerdictsProps): ReactNode {
  const checked = useMemo(() => checkedClaimsOf(row, run), [row, run]);
  if (checked.length === 0) return null;
  return (
    <ul className={styles['verdicts']} aria-label="Checked in this run">
      {checked.map(({ claim, holds }) => (
        <li key={claim.id}>
          <strong>{holds ? 'Holds here:' : 'Does not hold here:'}</strong> {claim.statement}
        </li>
      ))}
    </ul>
  );
}

function CompareLink({ player, view }: Pick<ProofPanelProps, 'player' | 'view'>): ReactNode {
  const run = usePlayer(player, (state) => state.run);
  const timeUs = usePlayer(player, (state) => state.coarseTime);
  const speed = usePlayer(player, (state) => state.speed);
  const query = formatAddress({
    spec: run.spec,
    scenario: run.scenario,
    timeUs,
    speed,
    page: 'compare',
    traceHash: hashOf(run),
  });
  const open = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    view.set({ page: 'compare' });
  };
  return (
    <a className={styles['link']} href={query === '' ? './' : `?${query}`} onClick={open}>
      Open on Compare
    </a>
  );
}
