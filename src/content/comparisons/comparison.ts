// What a comparison is made of: rows of two cells, each the document's words with what we measure.
import type { ParameterValues } from '../../scenarios/defineScenario';

/** The two sides; each is also the stage whose measures its cells show. */
export const SIDES = ['websocket', 'kafka'] as const;
export type Side = (typeof SIDES)[number];

/** The measures that cells show, by their names on the page. */
export type MeasureName =
  | 'sent'
  | 'delivered'
  | 'missed'
  | 'stored'
  | 'recovered'
  | 'overlapConnection'
  | 'overlapParticipant'
  | 'latencyP50'
  | 'latencyP99'
  | 'transitP50'
  | 'throughputPerSecond'
  | 'connections'
  | 'overheadBytesPerMessage'
  | 'hops'
  | 'unsolicited'
  | 'coupled';

/** How a number is written: “3”, “88 %”, “43 ms”, “68 B”, “35”. */
export type ValueFormat = 'count' | 'percent' | 'milliseconds' | 'bytes' | 'rate';

/** One measured value of the current run, and the words after it. */
export interface Measured {
  readonly measure: MeasureName;
  readonly format: ValueFormat;
  /** Writes “of” and this measure behind the value; both must count the same things. */
  readonly outOf?: MeasureName;
  readonly words: string;
  /** The words when the value is exactly one. */
  readonly wordsForOne?: string;
}

/** A scene at the instant that shows the claim; times are whole microseconds. */
export interface ShowMe {
  readonly scenario: string;
  readonly parameters?: ParameterValues;
  readonly atUs: number | 'end';
}

/** The document's words on one side, the claims behind them, and what the run says to them. */
export interface Cell {
  readonly words: string;
  /** Ids in the list of claims. */
  readonly claims: readonly string[];
  /** Read with commas between them; null: nothing measures this yet, and the cell says so. */
  readonly measured: readonly Measured[] | null;
  /** null exactly when nothing is measured: there is no scene to show. */
  readonly showMe: ShowMe | null;
  /** The claim whose footnote opens under the row. */
  readonly footnote: string | null;
  /** A scene that the footnote invites to, with the words on its button. */
  readonly tryIt?: { readonly label: string; readonly scene: ShowMe };
}

export interface ComparisonRow {
  readonly id: string;
  /** The document's name of the row. */
  readonly feature: string;
  readonly cells: Readonly<Record<Side, Cell>>;
  /** One sentence in our words on what the two stages show. */
  readonly sentence: string;
}

export interface Comparison {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly rows: readonly ComparisonRow[];
}
