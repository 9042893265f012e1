// One scroll below the stages: the whole run as a diagram, and as a list of sentences.

import type { ReactNode } from 'react';
import type { Player } from '../../../../player/createPlayer';
import { ViewBoundary } from '../../../../ui/ViewBoundary';
import type { View } from '../../../createView';
import type { SettledMark } from '../../../settled';
import { RunLog } from './RunLog';
import { SpacetimePanel } from './SpacetimePanel';

interface EveryMomentProps {
  readonly player: Player;
  readonly view: View;
  readonly settled: SettledMark;
}

export function EveryMoment({ player, view, settled }: EveryMomentProps): ReactNode {
  return (
    <>
      <ViewBoundary name="The diagram">
        <SpacetimePanel player={player} view={view} settled={settled} />
      </ViewBoundary>
      <ViewBoundary name="The list of moments">
        <RunLog player={player} view={view} />
      </ViewBoundary>
    </>
  );
}
