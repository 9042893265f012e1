// The strip of the whole run on a page: dragging on it moves, widens or draws the window anew.

import type { PointerEvent, ReactNode } from 'react';
import { useCallback, useRef } from 'react';
import type { SimTime, StageId, TraceIndex } from '../../engine/index';
import { MeasuredSvg, type PixelSize } from '../MeasuredSvg';
import { drawOverview, drawOverviewPlayhead } from './drawOverview';
import styles from './OverviewView.module.css';
import {
  type BrushPart,
  brushed,
  brushPartAt,
  type OverviewScene,
  overviewScene,
  overviewTime,
} from './overviewScene';
import type { TimeWindow } from './timeWindow';

export interface OverviewViewProps {
  readonly index: TraceIndex;
  readonly stages: readonly StageId[];
  readonly bookmarks: readonly number[];
  readonly window: TimeWindow;
  readonly onWindow: (window: TimeWindow) => void;
  readonly getTime: () => SimTime;
  readonly subscribeTime: (callback: () => void) => () => void;
}

interface Drag {
  readonly part: BrushPart;
  readonly fromTime: number;
  readonly window: TimeWindow;
}

export function OverviewView(props: OverviewViewProps): ReactNode {
  const { index, stages, bookmarks, window, onWindow, getTime, subscribeTime } = props;
  const scene = useRef<OverviewScene>(null);
  const drag = useRef<Drag | null>(null);
  const paint = useCallback(
    (svg: SVGSVGElement, size: PixelSize) => {
      const drawn = overviewScene({ index, stages, bookmarks }, size);
      scene.current = drawn;
      drawOverview(svg, drawn, window);
      const move = (): void => drawOverviewPlayhead(svg, drawn, getTime());
      move();
      return subscribeTime(move);
    },
    [index, stages, bookmarks, window, getTime, subscribeTime],
  );
  const timeUnder = (event: PointerEvent<HTMLDivElement>): number => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    return scene.current === null ? 0 : overviewTime(scene.current, x);
  };
  const begin = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0 || scene.current === null) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const part = brushPartAt(scene.current, window, x);
    drag.current = { part, fromTime: timeUnder(event), window };
  };
  const go = (event: PointerEvent<HTMLDivElement>): void => {
    if (drag.current === null) return;
    const { part, fromTime, window: before } = drag.current;
    onWindow(brushed(before, part, { fromTime, toTime: timeUnder(event) }));
  };
  const end = (): void => {
    drag.current = null;
  };
  return (
    <div
      className={styles['overview']}
      data-overview=""
      onPointerDown={begin}
      onPointerMove={go}
      onPointerUp={end}
      onPointerCancel={end}
    >
      <MeasuredSvg height={44} paint={paint} />
    </div>
  );
}
