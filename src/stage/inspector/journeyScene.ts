// Journeys as rows on one axis of time: places as shares of its width, what is over, what is now.

import { ticks } from 'd3-array';
import { SIDE_LOOKS } from '../encoding';
import { durationText } from '../numberText';
import { nameOf } from '../people';
import { STAGE_TITLES } from '../stageTitles';
import type { Journey, Step } from './journey';
import { sideOf } from './transferBytes';

export interface JourneyRow {
  readonly key: string;
  readonly step: Step;
  /** Percent of the axis. */
  readonly left: number;
  readonly width: number;
  /** The share of the bar that is over, 0–1. */
  readonly done: number;
  readonly when: 'done' | 'now' | 'future';
  /** How long it takes; empty for a moment. */
  readonly duration: string;
  /** Where that is written. */
  readonly durationAt: 'after' | 'before' | 'inside';
}

export interface JourneyGroup {
  readonly title: string;
  readonly sentence: string;
  readonly rows: readonly JourneyRow[];
  /** Colour of the sender's side. */
  readonly colour: string;
  readonly journey: Journey;
}

export interface JourneyScene {
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  /** Percent of the axis; null: the playhead is outside. */
  readonly now: number | null;
  readonly groups: readonly JourneyGroup[];
}

/** Marks of the axis, at most. */
const TICKS = 4;
/** Percent of the axis that a duration takes. */
const WORD_ROOM = 17;

export function journeyScene(journeys: readonly Journey[], time: number): JourneyScene {
  const from = Math.min(...journeys.map((journey) => journey.from));
  const to = Math.max(from + 1, ...journeys.map(endOf));
  const place = (at: number): number =>
    (100 * Math.max(0, Math.min(1, (at - from) / (to - from)))) as number;
  const axis = ticks(0, (to - from) / 1_000, TICKS);
  return {
    ticks: axis.map((ms) => ({ at: place(from + ms * 1_000), text: durationText(ms) })),
    now: time >= from && time <= to ? place(time) : null,
    groups: journeys.map((journey) => ({
      journey,
      title: titleOf(journey),
      sentence: outcomeSentence(journey),
      rows: rowsOf(journey).map((step, at) => rowOf(step, { key: `${at}`, time, place })),
      colour: colourOf(journey),
    })),
  };
}

const endOf = ({ to, quiets }: Journey): number => Math.max(to, ...quiets.map((quiet) => quiet.to));

/** Steps and what goes beside them, in the order of their beginnings. */
const rowsOf = ({ steps, quiets, from }: Journey): Step[] =>
  [...steps, ...quiets.filter((quiet) => quiet.to > from)].sort(
    (one, other) => one.from - other.from,
  );

interface RowPlace {
  readonly key: string;
  readonly time: number;
  readonly place: (at: number) => number;
}

function rowOf(step: Step, { key, time, place }: RowPlace): JourneyRow {
  const left = place(step.from);
  const width = place(step.to) - left;
  const length = step.to - step.from;
  const done = length === 0 ? Number(time >= step.to) : (time - step.from) / length;
  const isMoment = step.kind === 'moment' || (step.kind === 'lost' && length === 0);
  const isRoomAfter = left + width <= 100 - WORD_ROOM;
  return {
    ...{ key, step, left, width },
    done: Math.max(0, Math.min(1, done)),
    when: time >= step.to ? 'done' : time >= step.from ? 'now' : 'future',
    duration: isMoment ? '' : `${durationText(length / 1_000)}${step.isOpen ? ' so far' : ''}`,
    durationAt: isRoomAfter ? 'after' : left >= WORD_ROOM ? 'before' : 'inside',
  };
}

function titleOf({ subject }: Journey): string {
  const { trace } = subject.index;
  const number = trace.messages.number[subject.message];
  return `${STAGE_TITLES[subject.stage]}, message ${number} for ${nameOf(trace, subject.reader)}`;
}

const colourOf = ({ subject: { index, message } }: Journey): string =>
  SIDE_LOOKS[sideOf(index.trace, message)].colour;

/** How it ended, and what took longest. */
function outcomeSentence({ subject, steps, from, to, outcome, route }: Journey): string {
  const reader = nameOf(subject.index.trace, subject.reader);
  const whole = durationText((to - from) / 1_000);
  if (outcome === 'lost') return `Lost for ${reader} after ${whole}: ${route.loss?.cause}.`;
  const longest = steps.toSorted((one, other) => other.to - other.from - (one.to - one.from))[0];
  if (outcome === 'waiting') {
    return `${reader} does not have it when the run ends, ${whole} later.`;
  }
  if (longest === undefined || to === from) return `${reader} has it at once.`;
  const length = durationText((longest.to - longest.from) / 1_000);
  const words = longest.label.charAt(0).toLowerCase() + longest.label.slice(1);
  return `${reader} has it after ${whole}. Longest step, ${length}: ${words}.`;
}
