// Turns measures into what a cell says: the raw number for scripts, the text for people.

import type { Measured, MeasureName, ValueFormat } from '../../../content/comparisons/comparison';
import type { Measures } from '../../../engine/index';

/** A gap that is thin and does not break: between a number and its unit. */
const GAP = '\u202f';
const NO_VALUE = '–';

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
  count: shortNumber,
  percent: percentText,
  milliseconds: durationText,
  bytes: (value) => `${shortNumber(value)}${GAP}B`,
  rate: (value) => String(Math.round(value)),
};

/** “43 ms”, “88 %”, “12”; a dash while there is nothing to measure. */
export const valueText = (value: number | null, format: ValueFormat): string =>
  value === null ? NO_VALUE : WRITERS[format](value);

export const wordsFor = (measured: Measured, value: number | null): string =>
  value === 1 ? (measured.wordsForOne ?? measured.words) : measured.words;

/** Whole from ten on, else with one decimal where there is one: numbers stay as short as true. */
function shortNumber(value: number): string {
  const rounded = Math.abs(value) < 10 ? Math.round(value * 10) / 10 : Math.round(value);
  return String(rounded);
}

function durationText(milliseconds: number): string {
  if (milliseconds < 1_000) return `${shortNumber(milliseconds)}${GAP}ms`;
  return `${shortNumber(milliseconds / 1_000)}${GAP}s`;
}

/** Never says 0 % or 100 % of what is only nearly so. */
function percentText(share: number): string {
  const rounded = Math.round(share * 100);
  if (share > 0 && rounded === 0) return `<${GAP}1${GAP}%`;
  return `${share < 1 ? Math.min(rounded, 99) : rounded}${GAP}%`;
}
