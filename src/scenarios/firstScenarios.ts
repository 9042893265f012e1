// The scenes that come with the page itself: what a first visit opens, and its neighbours. Others
// are fetched when somebody wants one.

import { durability } from './combined/durability';
import { tunnel } from './combined/tunnel';
import type { Scenario } from './defineScenario';
import { askAndAnswer } from './duplex/askAndAnswer';
import { bothTalk } from './duplex/bothTalk';
import { manyTalk } from './duplex/manyTalk';
import { oneMessage } from './duplex/oneMessage';

export const FIRST_SCENARIOS: readonly Scenario[] = [
  oneMessage,
  bothTalk,
  askAndAnswer,
  manyTalk,
  tunnel,
  durability,
];

/** What a first visit opens. */
export const DEFAULT_SCENARIO = bothTalk;
export const DEFAULT_SEED = 7;
