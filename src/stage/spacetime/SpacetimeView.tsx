// A diagram on a page: size and window in, scene out; frames move its playhead without React.

import type { PointerEvent, ReactNode } from 'react';
import { useCallback, useEffect, useRef } from 'react';
import type { Lens, SimTime, StageId, TraceIndex } from '../../engine/index';
import { MeasuredSvg, type PixelSize } from '../MeasuredSvg';
import { diagramHeight, layoutDiagram } from './diagramLayout';
import { type DiagramMark, markAt, type Stress } from './diagramMarks';
import { drawPlayhead, drawSpacetime, drawStress } from './drawSpacetime';
import styles from './SpacetimeView.module.css';
import { type SpacetimeScene, spacetimeScene } from './spacetimeScene';
import type { TimeWindow } from './timeWindow';

/** What a reader does with a diagram. */
interface DiagramActions {
  /** The pointer is over a mark, or over none. */
  readonly hover: (mark: DiagramMark | null) => void;
  readonly pick: (mark: DiagramMark) => void;
  /** Moves the window by microseconds. */
  readonly move: (byUs: number) => void;
  /** Shows `factor` times as much time around `timeUs`. */
  readonly zoom: (factor: number, timeUs: number) => void;
}

export interface SpacetimeViewProps {
  readonly index: TraceIndex;
  readonly stage: StageId;
  /** All stages that stand side by side: their diagrams are equally high. */
  readonly stages: readonly StageId[];
  readonly lens: Lens;
  readonly window: TimeWindow;
  /** Instants that the scene names, in microseconds. */
  readonly bookmarks: readonly number[];
  readonly actions: DiagramActions;
  readonly getTime: () => SimTime;
  readonly subscribeTime: (callback: () => void) => () => void;
  readonly getStress: () => Stress;
  readonly subscribeStress: (callback: () => void) => () => void;
  /** The scene that is drawn, each time it is drawn anew. */
  readonly onScene: (scene: SpacetimeScene) => void;
}

export function SpacetimeView(props: SpacetimeViewProps): ReactNode {
  const { index, stage, stages, lens, window, bookmarks, actions, onScene } = props;
  const { getTime, subscribeTime, getStress, subscribeStress } = props;
  const box = useRef<HTMLDivElement>(null);
  const scene = useRef<SpacetimeScene>(null);
  const paint = useCallback(
    (svg: SVGSVGElement, size: PixelSize) => {
      const layout = layoutDiagram(index, { stage, stages }, size);
      const drawn = spacetimeScene(layout, { window, lens, bookmarks });
      scene.current = drawn;
      onScene(drawn);
      drawSpacetime(svg, drawn);
      const move = (): void => drawPlayhead(svg, drawn, getTime());
      const stress = (): void => drawStress(svg, drawn, getStress());
      move();
      stress();
      const ends = [subscribeTime(move), subscribeStress(stress)];
      return () => {
        for (const end of ends) end();
      };
    },
    [
      index,
      stage,
      stages,
      lens,
      window,
      bookmarks,
      onScene,
      getTime,
      subscribeTime,
      getStress,
      subscribeStress,
    ],
  );
  useWheelZoom(box, scene, actions);
  const pointer = usePointer(scene, actions);
  return (
    <div ref={box} className={styles['diagram']} data-diagram={stage} {...pointer}>
      <MeasuredSvg heightFor={(width) => diagramHeight(index, stages, width)} paint={paint} />
    </div>
  );
}

type Holder<Value> = { readonly current: Value | null };

/** The time under a place of the diagram. */
function timeAt({ layout, window }: SpacetimeScene, x: number): number {
  const share = (x - layout.left) / (layout.right - layout.left);
  return window.from + share * (window.to - window.from);
}

const WHEEL_STEP = 1.0015;

/**
 * With Ctrl the wheel zooms; without, the page scrolls. React's own listener could not hold it
 * back.
 */
function useWheelZoom(
  box: Holder<HTMLDivElement>,
  scene: Holder<SpacetimeScene>,
  { zoom }: DiagramActions,
): void {
  useEffect(() => {
    const element = box.current;
    const turn = (event: WheelEvent): void => {
      if (!event.ctrlKey || element === null || scene.current === null) return;
      event.preventDefault();
      const x = event.clientX - element.getBoundingClientRect().left;
      zoom(WHEEL_STEP ** event.deltaY, timeAt(scene.current, x));
    };
    element?.addEventListener('wheel', turn, { passive: false });
    return () => element?.removeEventListener('wheel', turn);
  }, [box, scene, zoom]);
}

/** Pixels that a press may slip and still be a click. */
const SLIP = 4;

interface Press {
  readonly startX: number;
  lastX: number;
  isDrag: boolean;
}

function usePointer(scene: Holder<SpacetimeScene>, actions: DiagramActions) {
  const press = useRef<Press | null>(null);
  const markUnder = (event: PointerEvent<HTMLDivElement>): DiagramMark | null => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const place = { x: event.clientX - left, y: event.clientY - top };
    return scene.current === null ? null : markAt(scene.current, place);
  };
  const drag = (event: PointerEvent<HTMLDivElement>, held: Press): void => {
    if (!held.isDrag && Math.abs(event.clientX - held.startX) < SLIP) return;
    if (!held.isDrag) event.currentTarget.setPointerCapture(event.pointerId);
    held.isDrag = true;
    event.currentTarget.toggleAttribute('data-dragged', true);
    if (scene.current === null) return;
    const by = timeAt(scene.current, held.lastX) - timeAt(scene.current, event.clientX);
    held.lastX = event.clientX;
    actions.move(by);
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      if (event.button !== 0) return;
      press.current = { startX: event.clientX, lastX: event.clientX, isDrag: false };
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      if (press.current !== null) {
        drag(event, press.current);
        return;
      }
      const mark = markUnder(event);
      event.currentTarget.toggleAttribute('data-on-mark', mark !== null);
      actions.hover(mark);
    },
    onPointerUp: (event: PointerEvent<HTMLDivElement>) => {
      const isClick = press.current !== null && !press.current.isDrag;
      press.current = null;
      event.currentTarget.removeAttribute('data-dragged');
      const mark = isClick ? markUnder(event) : null;
      if (mark !== null) actions.pick(mark);
    },
    onPointerCancel: (event: PointerEvent<HTMLDivElement>) => {
      press.current = null;
      event.currentTarget.removeAttribute('data-dragged');
    },
    onPointerLeave: () => {
      // What is dragged keeps the pointer, so this press was none.
      press.current = null;
      actions.hover(null);
    },
  };
}
