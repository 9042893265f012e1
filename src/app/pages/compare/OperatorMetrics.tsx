// What an operator would watch, under Kafka's own names; fetched and written only while it is open.

import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { lazy, Suspense, useState } from 'react';
import type { Player } from '../../../player/createPlayer';
import { Loading } from '../../Loading';
import type { SettledMark } from '../../settled';
import styles from './OperatorMetrics.module.css';

const MetricTable = lazy(() =>
  import('./MetricTable').then((module) => ({ default: module.MetricTable })),
);

interface OperatorMetricsProps {
  readonly player: Player;
  readonly settled: SettledMark;
}

export function OperatorMetrics({ player, settled }: OperatorMetricsProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={styles['metrics']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        Operator’s metrics <ChevronDown size={18} aria-hidden="true" />
      </summary>
      {isOpen && (
        <Suspense fallback={<Loading settled={settled} />}>
          <MetricTable player={player} />
        </Suspense>
      )}
    </details>
  );
}
