// The cluster's picture on a page: size in, scene out, drawn again at every new time.

import type { ReactNode } from 'react';
import { useCallback } from 'react';
import type { SimTime, StageId, TraceIndex } from '../../engine/index';
import { MeasuredSvg, type PixelSize } from '../MeasuredSvg';
import type { Motion } from '../messageMark';
import { clusterHeight, layoutCluster } from './clusterLayout';
import { clusterScene } from './clusterScene';
import { drawCluster, drawnClusterKey } from './drawCluster';

export interface ClusterViewProps {
  readonly index: TraceIndex;
  readonly stage: StageId;
  readonly motion: Motion;
  readonly getTime: () => SimTime;
  /** Calls back when the time changes; returns what ends that. */
  readonly subscribeTime: (callback: () => void) => () => void;
}

export function ClusterView(props: ClusterViewProps): ReactNode {
  const { index, stage, motion, getTime, subscribeTime } = props;
  const paint = useCallback(
    (svg: SVGSVGElement, size: PixelSize) => {
      const layout = layoutCluster(index, stage, size);
      const draw = (): void => {
        const moment = { time: getTime(), motion, drawnKey: drawnClusterKey(svg) };
        drawCluster(svg, clusterScene(layout, moment));
      };
      draw();
      return subscribeTime(draw);
    },
    [index, stage, motion, getTime, subscribeTime],
  );
  const heightFor = useCallback(
    (width: number) => clusterHeight(index, stage, width),
    [index, stage],
  );
  return <MeasuredSvg part="picture" heightFor={heightFor} paint={paint} />;
}
