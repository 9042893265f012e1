// The operator's metrics as a table: before the newest fault, now, and the difference.

import type { ReactNode } from 'react';
import { type MetricsAround, metricsAround } from '../../../engine/doors/operator';
import { EntryKind } from '../../../engine/index';
import type { Player } from '../../../player/createPlayer';
import { parameterAt } from '../../../player/stateAtPlayhead';
import { useCoarseTime, usePlayer } from '../../../player/usePlayer';
import type { Run } from '../../../scenarios/run';
import { countText } from '../../../stage/numberText';
import { timeText } from '../../timeText';
import styles from './OperatorMetrics.module.css';

export function MetricTable({ player }: { readonly player: Player }): ReactNode {
  const run = usePlayer(player, (state) => state.run);
  const time = useCoarseTime(player);
  const least = parameterAt(run, 'min.insync.replicas', time);
  const around = metricsAround(run.index, time, typeof least === 'number' ? least : undefined);
  const hasFault = around.fault !== null;
  return (
    <table className={styles['table']}>
      <caption>
        {faultText(run, around)} Names that end in PerSec or Ms show how often it happened since the
        start.
      </caption>
      <thead>
        <tr>
          <th scope="col">Metric</th>
          {hasFault && <th scope="col">Was</th>}
          <th scope="col">Now</th>
          {hasFault && <th scope="col">Change</th>}
        </tr>
      </thead>
      <tbody>
        {around.metrics.map(({ name, bean, attribute, unit, meaning, was, value, change }) => (
          <tr key={name} data-changed={change !== null && change !== 0 ? '' : undefined}>
            <th scope="row" title={`${bean}, ${attribute}`}>
              <code>{name}</code>
              <span>{meaning}</span>
            </th>
            {was !== null && <td>{valueText(was, unit)}</td>}
            <td>{valueText(value, unit)}</td>
            {change !== null && <td>{changeText(change, unit)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Unit = MetricsAround['metrics'][number]['unit'];

/** A rate has two decimals: few errors a minute are no zero. */
const valueText = (value: number, unit: Unit): string =>
  unit === 'records a second' ? value.toFixed(2) : countText(value);

const changeText = (change: number, unit: Unit): string =>
  change === 0 ? '–' : `${change > 0 ? '+' : '−'}${valueText(Math.abs(change), unit)}`;

const FAULT_WORDS: ReadonlyMap<EntryKind, string> = new Map<EntryKind, string>([
  [EntryKind.Crashed, 'stopped'],
  [EntryKind.Isolated, 'was cut off'],
  [EntryKind.WentAway, 'went away'],
  [EntryKind.Stalled, 'stalled'],
  [EntryKind.DiskFilled, 'had a full disk'],
  [EntryKind.BrokerFenced, 'was fenced'],
]);

/** Which fault the first number stands before. */
function faultText({ index, horizon }: Run, { fault }: MetricsAround): string {
  if (fault === null) return 'Nothing has gone wrong so far.';
  const name = index.trace.legend.nodes[fault.node]?.name;
  const what = name === undefined ? 'a line was cut' : `${name} ${FAULT_WORDS.get(fault.kind)}`;
  return `Was: just before ${what}, at ${timeText(fault.time, horizon)}.`;
}
