// The picture of a fleet on a page: size in, scene out, drawn again at every new time.

import type { ReactNode } from 'react';
import { useCallback } from 'react';
import type { SimTime, StageId, TraceIndex } from '../../engine/index';
import { drawnPictureKey, drawPicture } from '../drawPicture';
import { MeasuredSvg, type PixelSize } from '../MeasuredSvg';
import type { Motion } from '../messageMark';
import { connectionsHeight, layoutConnections } from './connectionsLayout';
import { connectionsScene } from './connectionsScene';

export interface ConnectionsViewProps {
  readonly index: TraceIndex;
  readonly stage: StageId;
  readonly motion: Motion;
  readonly getTime: () => SimTime;
  /** Calls back when the time changes; returns what ends that. */
  readonly subscribeTime: (callback: () => void) => () => void;
}

export function ConnectionsView(props: ConnectionsViewProps): ReactNode {
  const { index, stage, motion, getTime, subscribeTime } = props;
  const paint = useCallback(
    (svg: SVGSVGElement, size: PixelSize) => {
      const layout = layoutConnections(index, stage, size);
      const draw = (): void => {
        const moment = { time: getTime(), motion, drawnKey: drawnPictureKey(svg) };
        drawPicture(svg, connectionsScene(layout, moment));
      };
      draw();
      return subscribeTime(draw);
    },
    [index, stage, motion, getTime, subscribeTime],
  );
  const heightFor = useCallback(
    (width: number) => connectionsHeight(index, stage, width),
    [index, stage],
  );
  return <MeasuredSvg part="picture" heightFor={heightFor} paint={paint} />;
}
