// The stage picture on a page: size in, scene out, drawn again at every new time, without React.

import type { ReactNode } from 'react';
import { useCallback } from 'react';
import type { SimTime, StageId, TraceIndex } from '../../engine/index';
import { MeasuredSvg, type PixelSize } from '../MeasuredSvg';
import type { Motion } from '../messageMark';
import { drawnStillKey, drawTopology } from './drawTopology';
import { layoutTopology, leastHeight } from './topologyLayout';
import { topologyScene } from './topologyScene';

export interface TopologyViewProps {
  readonly index: TraceIndex;
  readonly stage: StageId;
  /** Whether what each one does is written below; small pictures drop it by themselves. */
  readonly captions?: boolean;
  readonly motion: Motion;
  readonly getTime: () => SimTime;
  /** Calls back when the time changes; returns what ends that. */
  readonly subscribeTime: (callback: () => void) => () => void;
  /** Pixels; without them the picture fills its box. */
  readonly width?: number;
  readonly height?: number;
}

export function TopologyView(props: TopologyViewProps): ReactNode {
  const { index, stage, captions = true, motion, getTime, subscribeTime, width, height } = props;
  const paint = useCallback(
    (svg: SVGSVGElement, size: PixelSize) => {
      const layout = layoutTopology(index, stage, { ...size, captions });
      const draw = (): void => {
        const instant = { time: getTime(), motion, drawnKey: drawnStillKey(svg) };
        drawTopology(svg, topologyScene(layout, instant));
      };
      draw();
      return subscribeTime(draw);
    },
    [index, stage, captions, motion, getTime, subscribeTime],
  );
  return (
    <MeasuredSvg
      width={width}
      height={height}
      part="picture"
      leastHeight={leastHeight(index.trace, stage)}
      paint={paint}
    />
  );
}
