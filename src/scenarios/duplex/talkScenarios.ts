// More scenes of two who talk: they come with the cluster's, once somebody looks for others.

import type { Scenario } from '../defineScenario';
import { anatomy } from './anatomy';
import { bareChannel } from './bareChannel';
import { pullAndPush } from './pullAndPush';

export const TALK_SCENARIOS: readonly Scenario[] = [pullAndPush, bareChannel, anatomy];
