// What a claim is: a sentence of the documents, the scene that proves it, and one that does not.
import type { StageId } from '../../engine/index';
import type { Check } from '../../scenarios/checks/check';
import type { ParameterValues } from '../../scenarios/defineScenario';
import type { DocumentId } from '../comparisons/documents';

/** Where the documents say it: `place` is a heading or a row of `document`. */
interface Source {
  readonly document: DocumentId;
  readonly place: string;
}

/** A run in which the check must fail; a stage left out is the claim's own. */
interface CounterScenario {
  readonly scenario: string;
  /** Durations are whole microseconds. */
  readonly parameters?: ParameterValues;
  readonly stage?: StageId;
}

/** The claim tells nothing apart: why no run of ours can make it fail. */
interface NoCounterScenario {
  readonly scenario: null;
  readonly reason: string;
}

/** A claim that a scene measures: the check holds in that scene as it comes, with nothing set. */
export interface Claim {
  readonly id: string;
  /** The document's sense in our words. */
  readonly statement: string;
  readonly source: Source;
  readonly scenario: string;
  readonly stage: StageId;
  readonly check: Check;
  readonly failsIn: CounterScenario | NoCounterScenario;
  /** What an expert would add; null where the sentence needs nothing. */
  readonly footnote: string | null;
}

/** A claim that no scene measures yet, kept so that its cells can say so. */
export interface UnmeasuredClaim {
  readonly id: string;
  readonly statement: string;
  readonly source: Source;
  readonly measured: null;
  readonly footnote: string | null;
}

export const defineClaim = (claim: Claim): Claim => claim;

/** Says of a claim that nothing measures it yet. */
export const notMeasured = (claim: Omit<UnmeasuredClaim, 'measured'>): UnmeasuredClaim => ({
  ...claim,
  measured: null,
});
