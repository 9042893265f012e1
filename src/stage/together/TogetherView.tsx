// The picture of both together on a page: size in, scene out, drawn again at every new time.

import type { ReactNode } from 'react';
import { useCallback } from 'react';
import type { SimTime, StageId, TraceIndex } from '../../engine/index';
import { drawnPictureKey, drawPicture } from '../drawPicture';
import { MeasuredSvg, type PixelSize } from '../MeasuredSvg';
import type { Motion } from '../messageMark';
import { layoutTogether, togetherHeight } from './togetherLayout';
import { togetherScene } from './togetherScene';

export interface TogetherViewProps {
  readonly index: TraceIndex;
  readonly stage: StageId;
  readonly motion: Motion;
  readonly getTime: () => SimTime;
  /** Calls back when the time changes; returns what ends that. */
  readonly subscribeTime: (callback: () => void) => () => void;
}

export function TogetherView(props: TogetherViewProps): ReactNode {
  const { index, stage, motion, getTime, subscribeTime } = props;
  const paint = useCallback(
    (svg: SVGSVGElement, size: PixelSize) => {
      const layout = layoutTogether(index, stage, size);
      const draw = (): void => {
        const moment = { time: getTime(), motion, drawnKey: drawnPictureKey(svg) };
        drawPicture(svg, togetherScene(layout, moment));
      };
      draw();
      return subscribeTime(draw);
    },
    [index, stage, motion, getTime, subscribeTime],
  );
  const heightFor = useCallback(() => togetherHeight(index, stage), [index, stage]);
  return <MeasuredSvg part="picture" heightFor={heightFor} paint={paint} />;
}
