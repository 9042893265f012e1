// What was wrong in a window: a named bar over the plot, its shade below, hatches on the life line.

import { LEAST_TEXT } from '../../encoding';
import { type Box, hatchPath, round } from '../../shapes';
import { type Word, word } from '../../still';
import { type DiagramLayout, scaleOf } from '../diagramLayout';
import type { Shape } from '../looks';
import type { Fault } from '../story/faultSpans';
import type { TimeWindow } from '../timeWindow';
import type { WordPlaces } from './wordPlaces';

export interface FaultMark extends Box {
  readonly fault: Fault;
}

const BAR = 5;
const LEAST_WIDTH = 2;

/** The bars in which the faults of a window are named. */
export function faultMarks(layout: DiagramLayout, window: TimeWindow): FaultMark[] {
  const x = scaleOf(layout, window);
  const busy: number[] = [];
  return layout.story.faults.flatMap((fault): FaultMark[] => {
    const free = busy.findIndex((until) => until <= fault.from);
    const row = free < 0 ? busy.length : free;
    busy[row] = fault.to;
    if (fault.to < window.from || fault.from > window.to) return [];
    const left = Math.max(layout.left, x(fault.from));
    const top = layout.faultsY + Math.min(row, layout.faultRows - 1) * 22;
    const right = Math.min(layout.right, Math.max(x(fault.to), left + LEAST_WIDTH));
    return [{ fault, left: Math.min(left, right), right, top, bottom: top + 20 }];
  });
}

/** Under everything: shades through the plot, hatches over the life lines they are about. */
export function faultShapes(layout: DiagramLayout, marks: readonly FaultMark[]): Shape[] {
  const grounds = marks.map(
    ({ left, right }) =>
      `M${round(left)} ${layout.top - 14}H${round(right)}V${layout.bottom + 14}H${round(left)}Z`,
  );
  const hatches = marks.flatMap(({ fault, left, right }) => {
    const line = layout.lifeLineOf.get(fault.node);
    const box = { left, right, top: (line?.y ?? 0) - 8, bottom: (line?.y ?? 0) + 8 };
    return line === undefined ? [] : [hatchPath(box, 7)];
  });
  const bars = marks.map(
    ({ left, right, bottom }) =>
      `M${round(left)} ${bottom - BAR}V${bottom}H${round(right)}V${bottom - BAR}`,
  );
  return [
    { key: 'fault grounds', look: 'fault-ground', d: grounds.join(''), opacity: 0.55 },
    { key: 'fault hatches', look: 'fault', d: hatches.join('') },
    { key: 'fault bars', look: 'fault', d: bars.join('') },
  ];
}

/** Each at the beginning of its bar, or where the window begins. */
export function faultWords(
  layout: DiagramLayout,
  marks: readonly FaultMark[],
  places: WordPlaces,
): Word[] {
  return places.takeEach(
    marks.map(({ fault, left, top }) => {
      const isLate = left + fault.text.length * 7.7 > layout.right;
      return word(`fault ${fault.text} ${fault.from}`, fault.text, {
        x: isLate ? layout.right : left + 2,
        y: top + LEAST_TEXT - 1,
        anchor: isLate ? 'end' : 'start',
      });
    }),
  );
}
