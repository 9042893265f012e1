// The cluster's picture on a page: size in, scene out, drawn again at every new time.

import type { ReactNode } from 'react';
import { useCallback } from 'react';
import type { SimTime, StageId, TraceIndex } from '../../engine/index';
import { MeasuredSvg, type PixelSize } from '../MeasuredSvg';
import type { Motion } from '../messageMark';
import { clusterHeight, layoutCluster, type RecordDetail } from './clusterLayout';
import { clusterScene } from './clusterScene';
import { drawCluster, drawnClusterKey } from './drawCluster';

export interface ClusterViewProps {
  readonly index: TraceIndex;
  readonly stage: StageId;
  readonly motion: Motion;
  /** What is written on each record besides its offset. */
  readonly detail: RecordDetail | undefined;
  readonly getTime: () => SimTime;
  /** Calls back when the time changes; returns what ends that. */
  readonly subscribeTime: (callback: () => void) => () => void;
}

export function ClusterView(props: ClusterViewProps): ReactNode {
  const { index, stage, motion, detail, getTime, subscribeTime } = props;
  const paint = useCallback(
    (svg: SVGSVGElement, size: PixelSize) => {
      const layout = layoutCluster(index, stage, { ...size, detail });
      const draw = (): void => {
        const moment = { time: getTime(), motion, drawnKey: drawnClusterKey(svg) };
        drawCluster(svg, clusterScene(layout, moment));
      };
      draw();
      return subscribeTime(draw);
    },
    [index, stage, motion, detail, getTime, subscribeTime],
  );
  const heightFor = useCallback(
    (width: number) => clusterHeight(index, stage, { width, detail }),
    [index, stage, detail],
  );
  return <MeasuredSvg part="picture" heightFor={heightFor} paint={paint} />;
}
