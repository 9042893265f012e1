// Turns measures into what a cell says: the raw number for scripts, the text for people.

import type { Measured, MeasureName, ValueFormat } from '../../../content/comparisons/comparison';
import type { Measures } from '../../../engine/index';
import { countText, durationText, GAP, NO_VALUE, shareText } from '../../../stage/numberText';

const READERS: Readonly<Record<MeasureName, (measures: Measures) => number | null>> = {
  sent: ({ sent }) => sent,
  delivered: ({ delivered }) => delivered,
  missed: ({ missed }) => missed,
  stored: ({ stored }) => stored,
  recovered: ({ recovered }) => recovered,
  overlapConnection: ({ overlapConnection }) => overlapConnection,
  overlapParticipant: ({ overlapParticipant }) => overlapParticipant,
  latencyP50: ({ latencyMs }) => latencyMs.p50,
  latencyP99: ({ latencyMs }) => latencyMs.p99,
  transitP50: ({ transitMs }) => transitMs.p50,
  throughputPerSecond: ({ throughputPerSecond }) => throughputPerSecond,
  connections: ({ connections }) => connections,
  overheadBytesPerMessage: ({ overheadBytesPerMessage }) => overheadBytesPerMessage,
  hops: ({ hops }) => hops,
  unsolicited: ({ unsolicited }) => unsolicited,
  coupled: ({ coupled }) => coupled,
};

/** The measure of that name; null where it has no meaning yet. */
export const readMeasure = (measures: Measures, name: MeasureName): number | null =>
  READERS[name](measures);

/** The value as it stands in `data-value`: the JSON number, empty for null. */
export const rawText = (value: number | null): string => (value === null ? '' : String(value));

const WRITERS: Readonly<Record<ValueFormat, (value: number) => string>> = {
  count: countText,
  percent: shareText,
  milliseconds: durationText,
  bytes: (value) => `${countText(value)}${GAP}B`,
  rate: (value) => countText(Math.round(value)),
};

/** “43 ms”, “88 %”, “12”; a dash while there is nothing to measure. */
export const valueText = (value: number | null, format: ValueFormat): string =>
  value === null ? NO_VALUE : WRITERS[format](value);

export const wordsFor = (measured: Measured, value: number | null): string =>
  value === 1 ? (measured.wordsForOne ?? measured.words) : measured.words;
