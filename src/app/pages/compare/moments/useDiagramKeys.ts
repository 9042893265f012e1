// The keys of a diagram that has the focus: they walk its marks in time order, seek and zoom.

import type { KeyboardEvent } from 'react';
import {
  type DiagramMark,
  isSameMark,
  marksInOrder,
} from '../../../../stage/spacetime/diagramMarks';
import { markSentence } from '../../../../stage/spacetime/markWords';
import type { SpacetimeScene } from '../../../../stage/spacetime/spacetimeScene';
import type { StageDiagramProps } from './StageDiagram';
import { ZOOM_STEP } from './WindowButtons';

export interface MarkActions {
  readonly choose: (mark: DiagramMark | null) => void;
  readonly pick: (mark: DiagramMark) => void;
  readonly inspect: (mark: DiagramMark) => void;
}

type Holder<Value> = { readonly current: Value | null };

/** Where a key leads from a mark; -1 before the first key. */
const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => Math.min(count - 1, at + 1),
  ArrowDown: (at, count) => Math.min(count - 1, at + 1),
  ArrowLeft: (at) => Math.max(0, at - 1),
  ArrowUp: (at) => Math.max(0, at - 1),
  Home: () => 0,
  End: (_, count) => count - 1,
};
const ZOOMS: Readonly<Record<string, number>> = {
  '+': 1 / ZOOM_STEP,
  '=': 1 / ZOOM_STEP,
  '-': ZOOM_STEP,
};

export function useDiagramKeys(
  scene: Holder<SpacetimeScene>,
  { stage, cursor, control, player, say }: StageDiagramProps,
  { choose, pick, inspect }: MarkActions,
) {
  const marked = (): DiagramMark | null => {
    const now = cursor.getState();
    return now.stage === stage ? now.mark : null;
  };
  const walk = (drawn: SpacetimeScene, step: (at: number, count: number) => number): void => {
    const marks = marksInOrder(drawn.layout);
    const mark = marks[step(placeOf(marks, marked(), player.getTime()), marks.length)];
    if (mark === undefined) return;
    cursor.setState({ stage, mark });
    control.reach(mark.time);
    choose(mark);
    say(markSentence(drawn.layout.story, mark));
  };
  const letGo = (): void => {
    cursor.setState({ stage: null, mark: null });
    choose(null);
  };
  const act = (drawn: SpacetimeScene, key: string): boolean => {
    const step = STEPS[key];
    const zoom = ZOOMS[key];
    const mark = marked();
    if (step !== undefined) walk(drawn, step);
    else if (zoom !== undefined) control.zoom(zoom, mark?.time ?? player.getTime());
    else if (key === 'Escape') letGo();
    else if (key === 'Enter' && mark !== null) {
      // The first Enter goes there, the second looks inside.
      if (player.getTime() === mark.time) inspect(mark);
      else pick(mark);
    } else return false;
    return true;
  };
  return {
    onKeyDown: (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || scene.current === null) return;
      if (act(scene.current, event.key)) event.preventDefault();
    },
    onBlur: (): void => {
      if (marked() !== null) letGo();
    },
  };
}

/** The place of a mark, or just before the first one from the playhead on. */
function placeOf(marks: readonly DiagramMark[], mark: DiagramMark | null, time: number): number {
  if (mark !== null) return marks.findIndex((other) => isSameMark(other, mark));
  const next = marks.findIndex((other) => other.time >= time);
  return (next < 0 ? marks.length : next) - 1;
}
