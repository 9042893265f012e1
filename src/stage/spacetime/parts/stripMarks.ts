// When each person sends, gets, or both, under the plot and on the same time axis.

import { type Activity, activityOf, type Interval, type Lens } from '../../../engine/index';
import { fittingText, type Side } from '../../encoding';
import { round } from '../../shapes';
import { baseLine, type Word, word } from '../../still';
import { type DiagramLayout, type Strip, scaleOf } from '../diagramLayout';
import type { Shape } from '../looks';
import type { StageStory } from '../story/stageStory';
import type { TimeWindow } from '../timeWindow';

const OTHER: Readonly<Record<Side, Side>> = { left: 'right', right: 'left' };
const BAND_OVER = 4;
const LEAST_SPAN = 1.5;
const STRIPE_STEP = 6;

const known = new WeakMap<StageStory, Map<string, Activity>>();

/** Read once for a run: it does not depend on the window. */
function knownActivity(story: StageStory, lens: Lens, node: number): Activity {
  const ofStory = known.get(story) ?? new Map<string, Activity>();
  known.set(story, ofStory);
  const key = `${lens} ${node}`;
  const activity = ofStory.get(key) ?? activityOf(story.index, lens, node);
  ofStory.set(key, activity);
  return activity;
}

/** The empty rows, which do not fade. */
export function stripGrounds({ strips, left, right }: DiagramLayout): Shape {
  const rows = strips.flatMap(({ sendsY, getsY, row }) => [sendsY, getsY].map((y) => ({ y, row })));
  const d = rows.map(({ y, row }) => `M${left} ${y}H${round(right)}v${row}H${left}Z`).join('');
  return { key: 'strips', look: 'strip', d };
}

export function stripShapes(layout: DiagramLayout, window: TimeWindow, lens: Lens): Shape[] {
  return layout.strips.flatMap((strip) => {
    const { person, sendsY, getsY, row } = strip;
    const { sends, gets, both } = knownActivity(layout.story, lens, person.node);
    const pixels = (spans: readonly Interval[]) => spansInPixels(layout, window, spans);
    const over = layout.hasWideStrips ? BAND_OVER : 2;
    const whole = { y: sendsY - over, height: getsY + row - sendsY + 2 * over };
    const other = OTHER[person.side];
    return [
      { key: `both ${person.id}`, look: 'strip-band', d: boxes(pixels(both), whole) },
      {
        key: `sends ${person.id}`,
        look: `head-${person.side}`,
        d: boxes(pixels(sends), { y: sendsY, height: row }),
      },
      {
        key: `gets ${person.id}`,
        look: `gets-${other}`,
        d: boxes(pixels(gets), { y: getsY, height: row }),
      },
      {
        key: `stripes ${person.id}`,
        look: `stripes-${other}`,
        d: stripes(pixels(gets), { y: getsY, height: row }),
      },
    ] satisfies Shape[];
  });
}

interface Rows {
  readonly y: number;
  readonly height: number;
}

/** Spans of a window in pixels; those less than a pixel apart are one. */
function spansInPixels(
  layout: DiagramLayout,
  window: TimeWindow,
  spans: readonly Interval[],
): Interval[] {
  const x = scaleOf(layout, window);
  const found: { from: number; to: number }[] = [];
  for (let at = firstEndingAfter(spans, window.from); at < spans.length; at += 1) {
    const span = spans[at] as Interval;
    if (span.from > window.to) break;
    const from = Math.max(layout.left, x(span.from));
    const to = Math.min(layout.right, Math.max(x(span.to), from + LEAST_SPAN));
    const last = found.at(-1);
    if (last !== undefined && from - last.to < 1) last.to = Math.max(last.to, to);
    else if (to > from) found.push({ from, to });
  }
  return found;
}

/** The spans ascend and do not overlap. */
function firstEndingAfter(spans: readonly Interval[], time: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle] as Interval).to < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

const boxes = (spans: readonly Interval[], { y, height }: Rows): string =>
  spans
    .map(({ from, to }) => `M${round(from)} ${y}H${round(to)}v${height}H${round(from)}Z`)
    .join('');

function stripes(spans: readonly Interval[], { y, height }: Rows): string {
  return spans
    .flatMap(({ from, to }) => {
      const count = Math.floor((to - from) / STRIPE_STEP);
      const first = from + (to - from - (count - 1) * STRIPE_STEP) / 2;
      return Array.from(
        { length: count },
        (_, at) => `M${round(first + at * STRIPE_STEP)} ${y}v${height}`,
      );
    })
    .join('');
}

/** What each row is called; where a person has one name for both, sends are above gets. */
export function stripWords(layout: DiagramLayout): Word[] {
  const room = layout.left - 14;
  const x = layout.left - 10;
  return layout.strips.flatMap(({ person, sendsY, getsY, row }: Strip) => {
    if (!layout.hasWideStrips) {
      const y = baseLine((sendsY + getsY + row) / 2);
      const text = fittingText([person.name, person.id], room, 400);
      return [word(`strip ${person.id}`, text, { x, y, anchor: 'end' })];
    }
    return [sendsY, getsY].map((top, at) => {
      const verb = at === 0 ? 'sends' : 'gets';
      const text = fittingText([`${person.name} ${verb}`, `${person.id} ${verb}`], room, 400);
      const y = baseLine(top + row / 2);
      return word(`strip ${person.id} ${verb}`, text, { x, y, anchor: 'end' });
    });
  });
}
