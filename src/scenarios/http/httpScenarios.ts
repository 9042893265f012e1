// The scenes that hold WebSocket and Kafka against plain HTTP, and against bare channels.

import type { Scenario } from '../defineScenario';
import { interrupt } from './interrupt';
import { latency } from './latency';
import { polling } from './polling';

export const HTTP_SCENARIOS: readonly Scenario[] = [polling, latency, interrupt];
