// The stage as lists for those who do not see the picture; nothing of it is seen.

import type { ReactNode } from 'react';
import type { SimTime, StageId, TraceIndex } from '../../engine/index';
import { type Described, describeStage } from './describeStage';
import styles from './StageDescription.module.css';

export interface StageDescriptionProps {
  readonly index: TraceIndex;
  readonly stage: StageId;
  readonly time: SimTime;
}

export function StageDescription({ index, stage, time }: StageDescriptionProps): ReactNode {
  const { people, connections, logs, cluster, messages } = describeStage(index, stage, time);
  return (
    <div className={styles['description']}>
      <List label="People" items={people} />
      <List label="Connections" items={connections} />
      {logs.length > 0 && <List label="Kept" items={logs} />}
      {cluster.length > 0 && <List label="Cluster" items={cluster} />}
      <p>Messages: {messages}.</p>
    </div>
  );
}

interface ListProps {
  readonly label: string;
  readonly items: readonly Described[];
}

function List({ label, items }: ListProps): ReactNode {
  return (
    <ul aria-label={label}>
      {items.map(({ key, name, state }) => (
        <li key={key}>
          {name}: {state}
        </li>
      ))}
    </ul>
  );
}
