// The ribbon on a page: its spans are drawn once a run and size, its playhead moves without React.

import type { ReactNode } from 'react';
import { useCallback } from 'react';
import type { Lens, NodeIndex, SimTime, StageId, TraceIndex } from '../../engine/index';
import { MeasuredSvg, type PixelSize } from '../MeasuredSvg';
import styles from './DuplexRibbonView.module.css';
import { drawDuplexRibbon, drawPlayhead } from './drawDuplexRibbon';
import { duplexRibbonScene, playheadX } from './duplexRibbonScene';

export interface DuplexRibbonViewProps {
  readonly index: TraceIndex;
  readonly stage: StageId;
  readonly lens: Lens;
  /** A participant of the stage; by default the first. */
  readonly subject?: NodeIndex;
  readonly getTime: () => SimTime;
  /** Calls back when the time changes; returns what ends that. */
  readonly subscribeTime: (callback: () => void) => () => void;
  /** Pixels; without them the ribbon fills its box. */
  readonly width?: number;
  readonly height?: number;
}

export function DuplexRibbonView(props: DuplexRibbonViewProps): ReactNode {
  const { index, stage, lens, subject, getTime, subscribeTime, width, height } = props;
  const paint = useCallback(
    (svg: SVGSVGElement, size: PixelSize) => {
      const scene = duplexRibbonScene({ index, stage, lens, subject }, size);
      drawDuplexRibbon(svg, scene);
      const draw = (): void => drawPlayhead(svg, playheadX(scene, getTime()));
      draw();
      return subscribeTime(draw);
    },
    [index, stage, lens, subject, getTime, subscribeTime],
  );
  return (
    <div className={styles['ribbon']} data-part="ribbon">
      <MeasuredSvg width={width} height={height} paint={paint} />
    </div>
  );
}
