// The scenes that come with the page itself: what a first visit opens, and its neighbours. Others
// are fetched when somebody wants one.

import { durability } from './combined/durability';
import { tunnel } from './combined/tunnel';
import type { Scenario } from './defineScenario';
import { anatomy } from './duplex/anatomy';
import { askAndAnswer } from './duplex/askAndAnswer';
import { bareChannel } from './duplex/bareChannel';
import { bothTalk } from './duplex/bothTalk';
import { manyTalk } from './duplex/manyTalk';
import { oneMessage } from './duplex/oneMessage';
import { pullAndPush } from './duplex/pullAndPush';

export const FIRST_SCENARIOS: readonly Scenario[] = [
  oneMessage,
  bothTalk,
  askAndAnswer,
  manyTalk,
  tunnel,
  durability,
  pullAndPush,
  bareChannel,
  anatomy,
];

/** What a first visit opens. */
export const DEFAULT_SCENARIO = bothTalk;
export const DEFAULT_SEED = 7;
