// What an address can say, and what a plain one says; reads none.

import type { Speed } from '../../player/playhead';
import { DEFAULT_SCENARIO, DEFAULT_SEED } from '../../scenarios/firstScenarios';
import type { RunSpec } from '../../scenarios/run';

export const PAGES = ['compare', 'tables'] as const;
export type Page = (typeof PAGES)[number];

/** All that an address says, whether it said it or a default stands in. */
export interface Address {
  readonly spec: RunSpec;
  readonly timeUs: number;
  readonly speed: Speed;
  readonly page: Page;
  /** The trace hash of whoever made the link; null when it bears none. */
  readonly traceHash: string | null;
  /** Nothing in it asks for a certain moment, so the opening may play. */
  readonly isPlainStart: boolean;
  /** One sentence for each thing that was not understood. */
  readonly problems: readonly string[];
}

/** The page as it first opens. */
export const PLAIN_START: Address = {
  spec: { scenarioId: DEFAULT_SCENARIO.id, parameters: {}, seed: DEFAULT_SEED, interventions: [] },
  timeUs: 0,
  speed: 1,
  page: 'compare',
  traceHash: null,
  isPlainStart: true,
  problems: [],
};
