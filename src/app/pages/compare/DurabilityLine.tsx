// Says under a stage what that side keeps, once keeping matters, and what one could add.

import type { ReactNode } from 'react';
import type { StageId } from '../../../engine/index';
import type { Player } from '../../../player/createPlayer';
import { parameterAt } from '../../../player/stateAtPlayhead';
import { useCoarseTime, usePlayer } from '../../../player/usePlayer';
import type { Run } from '../../../scenarios/run';
import { Button } from '../../../ui/Button';
import { definitionOf, toggleOwnBuffer } from '../../runActions';
import { lengthText } from '../../timeText';
import styles from './DurabilityLine.module.css';

interface DurabilityLineProps {
  readonly player: Player;
  readonly stage: StageId;
}

export function DurabilityLine({ player, stage }: DurabilityLineProps): ReactNode {
  const run = usePlayer(player, (state) => state.run);
  if (stage === 'websocket') return <WebSocketLine player={player} run={run} />;
  if (stage === 'kafka') return <KafkaLine player={player} run={run} />;
  return null;
}

interface SideProps {
  readonly player: Player;
  readonly run: Run;
}

function WebSocketLine({ player, run }: SideProps): ReactNode {
  const time = useCoarseTime(player);
  const replayWindow = parameterAt(run, 'replayWindow', time);
  const canAdd = definitionOf(run, 'replayWindow') !== undefined;
  if (typeof replayWindow === 'number' && replayWindow > 0) {
    return (
      <p className={styles['line']}>
        <span>
          Durability: <strong>your buffer: {wholeSeconds(replayWindow)}</strong>
        </span>
        <Button onClick={() => toggleOwnBuffer(player)}>Remove it</Button>
      </p>
    );
  }
  return (
    <p className={styles['line']}>
      <span>
        Durability: <strong>not built in</strong>
      </span>
      {canAdd && <Button onClick={() => toggleOwnBuffer(player)}>+ add your own buffer</Button>}
    </p>
  );
}

const wholeSeconds = (lengthUs: number): string =>
  lengthUs % 1_000_000 === 0 ? `${lengthUs / 1_000_000} s` : lengthText(lengthUs);

function KafkaLine({ player, run }: SideProps): ReactNode {
  const time = useCoarseTime(player);
  const isKept = parameterAt(run, 'durability', time) !== 'off';
  return (
    <p className={styles['line']}>
      {isKept ? (
        <span>
          Durability: <strong>the log keeps it</strong>
        </span>
      ) : (
        <span>
          Durability: <strong>off</strong>, a contrast that no Kafka offers: nothing is kept beyond
          the readers connected now.
        </span>
      )}
    </p>
  );
}
