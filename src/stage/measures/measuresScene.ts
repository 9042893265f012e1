// The numbers under a stage at one instant: three counters, a lens's verdict, all measures.

import type { Lens, SimTime, StageId, TraceIndex } from '../../engine/index';
import { EntryKind, measuresAt } from '../../engine/index';
import { countText, durationText, GAP, NO_VALUE, shareText } from '../numberText';
import { peopleOf } from '../people';
import { MEASURES, type MeasureMeaning, OVERLAP_OF_LENS } from './measureNames';

export interface Counter {
  /** The value of `data-measure`. */
  readonly name: string;
  /** Raw JSON number; empty for null. */
  readonly raw: string;
  readonly text: string;
  readonly label: string;
}

export interface MeasuresScene {
  /** Each with the count that belongs beside it while it is above zero. */
  readonly counters: readonly (Counter & { readonly beside: Counter | null })[];
  readonly verdict: Counter & { readonly isBoth: boolean };
  readonly all: readonly Counter[];
}

export function measuresScene(request: {
  readonly index: TraceIndex;
  readonly stage: StageId;
  readonly time: SimTime;
  readonly lens: Lens;
}): MeasuresScene {
  const { index, stage, time, lens } = request;
  const measures = measuresAt(index, stage, time);
  const all = MEASURES.map((meaning) => counterOf(meaning, meaning.read(measures)));
  const named = (name: string): Counter =>
    all.find((counter) => counter.name === name) ?? { name, raw: '', text: NO_VALUE, label: '' };
  const overlap = measures[OVERLAP_OF_LENS[lens]];
  return {
    counters: [
      {
        ...named('delivered'),
        text: arrivedText(index, stage, time, measures.delivered),
        beside: unlessZero(named('waiting')),
      },
      { ...named('missed'), beside: null },
      {
        ...named('transitP50'),
        label: 'on the way',
        beside: unlessZero({ ...named('inFlight'), label: 'now' }),
      },
    ],
    verdict: {
      ...named(OVERLAP_OF_LENS[lens]),
      text: overlapText(overlap),
      label: 'both at once',
      isBoth: overlap !== null && overlap > 0,
    },
    all,
  };
}

const unlessZero = (counter: Counter): Counter | null => (Number(counter.raw) > 0 ? counter : null);

/** "100 %", or a dash before anything moved. */
export const overlapText = (overlap: number | null): string =>
  overlap === null ? NO_VALUE : shareText(overlap);

function counterOf({ name, label, unit }: MeasureMeaning, value: number | null): Counter {
  const write: Record<MeasureMeaning['unit'], (value: number) => string> = {
    count: countText,
    share: shareText,
    milliseconds: durationText,
    bytes: (bytes) => `${countText(bytes)}${GAP}B`,
    perSecond: (rate) => `${countText(rate)}${GAP}/s`,
  };
  const text = value === null ? NO_VALUE : write[unit](value);
  return { name, label, text, raw: value === null ? '' : JSON.stringify(value) };
}

/** "6 + 6" where two people write: what one got of the first, and of the second. */
function arrivedText(index: TraceIndex, stage: StageId, time: number, delivered: number): string {
  const people = peopleOf(index.trace, stage);
  const { messages } = index.trace;
  const writers = people.filter(({ node }) => messages.from.includes(node));
  if (people.length !== 2 || writers.length !== 2) return countText(delivered);
  const counts = writers.map(({ node }) => deliveredOf(index, node, time));
  if (counts.reduce((sum, count) => sum + count, 0) !== delivered) return countText(delivered);
  return counts.map(countText).join(' + ');
}

/** How many of a person's messages somebody has got, each counted once. */
function deliveredOf({ trace }: TraceIndex, sender: number, time: number): number {
  const { entries, messages } = trace;
  const seen = new Set<number>();
  for (let seq = 0; seq < entries.count && (entries.time[seq] as number) <= time; seq += 1) {
    const message = entries.message[seq] as number;
    if (entries.kind[seq] === EntryKind.Delivered && messages.from[message] === sender) {
      seen.add(message);
    }
  }
  return seen.size;
}
