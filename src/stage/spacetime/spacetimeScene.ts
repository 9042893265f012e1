// The diagram of a window as data: what stands, what fades after the playhead, and the marks in it.

import type { Lens } from '../../engine/index';
import { countText } from '../numberText';
import { round } from '../shapes';
import type { Word } from '../still';
import type { DiagramLayout } from './diagramLayout';
import { scaleOf } from './diagramLayout';
import type { Shape } from './looks';
import { bandShapes } from './parts/bandMarks';
import { controlMarks, controlWords } from './parts/controlMarks';
import { type Crossing, crossingShape, crossingsOf, MOST_CROSSINGS } from './parts/crossings';
import { type FaultMark, faultMarks, faultShapes, faultWords } from './parts/faultMarks';
import { lifeLineShapes, nameWords, personShapes } from './parts/lifeLineMarks';
import { type LineMark, lineMarks, linePlaces, lineShapes, MOST_LINES } from './parts/lineMarks';
import { type BarMark, logBars } from './parts/logBars';
import { type LossMark, lossMarks, lossShapes, lossWords } from './parts/lossMarks';
import { numberWords } from './parts/numberWords';
import { stripGrounds, stripShapes, stripWords } from './parts/stripMarks';
import { type WaitMark, waitMarks, waitShapes, waitWords } from './parts/waitMarks';
import { WordPlaces } from './parts/wordPlaces';
import { axisMarks, instantText } from './timeAxis';
import type { TimeWindow } from './timeWindow';

export interface SpacetimeScene {
  readonly layout: DiagramLayout;
  readonly window: TimeWindow;
  readonly lines: readonly LineMark[];
  readonly bars: readonly BarMark[];
  readonly waits: readonly WaitMark[];
  readonly crossings: readonly Crossing[];
  readonly losses: readonly LossMark[];
  readonly faults: readonly FaultMark[];
  /** Under everything, full ink throughout. */
  readonly ground: readonly Shape[];
  /** What happens: faint after the playhead. */
  readonly events: readonly Shape[];
  /** Words about what happens, which fade with it. */
  readonly eventWords: readonly Word[];
  readonly front: readonly Shape[];
  readonly frontWords: readonly Word[];
  /** What is not drawn one by one, in sentences. */
  readonly notes: readonly string[];
}

export interface SceneView {
  readonly window: TimeWindow;
  readonly lens: Lens;
  /** Instants that the scene names, in microseconds. */
  readonly bookmarks: readonly number[];
}

/** A function of its arguments alone; nothing in it depends on the playhead. */
export function spacetimeScene(layout: DiagramLayout, view: SceneView): SpacetimeScene {
  const { window, lens } = view;
  const places = linePlaces(layout, window);
  const isBanded = places.length > MOST_LINES;
  const lines = isBanded ? [] : lineMarks(layout, window, places);
  const crossings = crossingsOf(layout, lines, lens);
  const log = logBars(layout, window);
  const waits = waitMarks(layout, window);
  const losses = lossMarks(layout, window);
  const faults = faultMarks(layout, window);
  const control = isBanded
    ? { shapes: [], lines: [], isLeftOut: true }
    : controlMarks(layout, window);
  const axis = axisMarks(layout, window);
  const words = new WordPlaces(layout);
  const frontWords = words.takeEach([...nameWords(layout), ...axis.words, ...stripWords(layout)]);
  const named = faultWords(layout, faults, words);
  const eventWords = [
    ...words.takeEach(log.words),
    ...words.takeEach(lossWords(layout, losses)),
    ...words.takeEach(numberWords(layout, lines)),
    ...words.takeEach(waitWords(layout, waits)).slice(0, 3),
    ...controlWords(layout, control, { messages: lines, places: words }),
  ];
  return {
    layout,
    window,
    lines,
    bars: log.bars,
    waits,
    crossings,
    losses,
    faults,
    ground: [
      ...faultShapes(layout, faults),
      axis.shape,
      ...lifeLineShapes(layout, window),
      stripGrounds(layout),
    ],
    events: [
      ...control.shapes,
      ...log.shapes,
      ...(isBanded ? bandShapes(layout, window, places) : []),
      crossingShape(crossings),
      ...lineShapes(layout, lines),
      ...waitShapes(waits),
      ...lossShapes(layout, losses),
      ...stripShapes(layout, window, lens),
    ],
    eventWords: [...eventWords],
    front: [...personShapes(layout), bookmarkShape(layout, view)],
    frontWords: [...frontWords, ...named],
    notes: notesOf(layout, {
      count: places.length,
      isBanded,
      isCounted: log.isCounted,
      isQuietLeftOut: control.isLeftOut,
      crossings: crossings.length,
    }),
  };
}

/** A small arrow under the axis for each. */
function bookmarkShape(layout: DiagramLayout, { window, bookmarks }: SceneView): Shape {
  const x = scaleOf(layout, window);
  const y = layout.axisY + 5;
  const d = bookmarks
    .filter((time) => time >= window.from && time <= window.to)
    .map((time) => `M${round(x(time))} ${y}l5 7h-10Z`);
  return { key: 'bookmarks', look: 'bookmark', d: d.join('') };
}

interface LeftOut {
  readonly count: number;
  readonly isBanded: boolean;
  readonly isCounted: boolean;
  readonly isQuietLeftOut: boolean;
  readonly crossings: number;
}

function notesOf({ story }: DiagramLayout, leftOut: LeftOut): string[] {
  const notes: string[] = [];
  if (leftOut.isBanded) {
    notes.push(
      `${countText(leftOut.count)} lines here: darker bands are more. Zoom in to see each.`,
    );
  } else if (leftOut.isQuietLeftOut) {
    notes.push('Acks and polls are too many to draw here. Zoom in to see them.');
  }
  if (leftOut.crossings > MOST_CROSSINGS) {
    notes.push(`The ${countText(leftOut.crossings)} crossings here are too many to mark.`);
  }
  if (leftOut.isCounted) notes.push('In the log, a hill shows how many records wait.');
  if (story.undrawn > 0) {
    notes.push(`${countText(story.undrawn)} more people are not drawn.`);
  }
  return notes;
}

export interface Playhead {
  /** Everything right of it has not happened yet; inside the plot. */
  readonly x: number;
  /** False: it stands outside the window. */
  readonly isShown: boolean;
  readonly text: string;
}

export function playheadOf({ layout, window }: SpacetimeScene, time: number): Playhead {
  const { left, right, story } = layout;
  return {
    x: round(Math.max(left, Math.min(right, scaleOf(layout, window)(time)))),
    isShown: time >= window.from && time <= window.to,
    text: instantText(time, window, story.index.trace.horizon),
  };
}
