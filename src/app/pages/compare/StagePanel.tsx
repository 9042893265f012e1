// placeholder
import type { ReactNode } from 'react';
import type { StageId } from '../../../engine/index';
import { measuresAt } from '../../../engine/index';
import type { Player } from '../../../player/createPlayer';
import { useCoarseTime, usePlayer } from '../../../player/usePlayer';
import type { View } from '../../createView';
import { STAGE_WORDS } from './stageWords';
export function StagePanel({
  player,
  stage,
}: {
  player: Player;
  view: View;
  stage: StageId;
}): ReactNode {
  const run = usePlayer(player, (s) => s.run);
  const time = useCoarseTime(player);
  return (
    <pre style={{ minHeight: 300, overflow: 'auto' }}>
      {STAGE_WORDS[stage].title} {JSON.stringify(measuresAt(run.index, stage, time), null, 1)}
    </pre>
  );
}
