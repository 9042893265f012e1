// How a drawn cluster is configured: Kafka's names with times so short that all of them matter
// within a second.

import { microseconds, milliseconds, type Settings } from '../../engine/index';
import { settingsOf } from '../settingsOf';
import type { Drawing } from '../testing/drawing';

/** What the promises lean on. */
const SHORT = settingsOf(
  {},
  {
    brokerHeartbeatInterval: milliseconds(100),
    brokerSessionTimeout: milliseconds(350),
    replicaLagTimeMax: milliseconds(300),
  },
);

const PROTOCOLS = [
  { groupProtocol: 'classic', assignor: 'range' },
  { groupProtocol: 'classic', assignor: 'roundrobin' },
  { groupProtocol: 'classic', assignor: 'sticky' },
  { groupProtocol: 'classic', assignor: 'cooperative-sticky' },
  { groupProtocol: 'consumer', assignor: 'uniform' },
  { groupProtocol: 'consumer', assignor: 'range' },
] as const;

export function drawnSettings(drawing: Drawing): Settings {
  return {
    ...SHORT,
    ...producerSettings(drawing),
    ...consumerSettings(drawing),
    ...brokerSettings(drawing),
    ...logSettings(drawing),
  };
}

const producerSettings = (drawing: Drawing) => ({
  acks: drawing.of(['all', '1', '0'] as const),
  enableIdempotence: drawing.of(['on', 'off'] as const),
  linger: milliseconds(drawing.of([0, 5, 60])),
  batchSize: drawing.of([16_384, 400, 1]),
  maxInFlight: drawing.of([5, 1, 2]),
  retries: drawing.of([2_147_483_647, 3, 0]),
  retryBackoff: milliseconds(drawing.of([20, 100])),
  // Longer than a fetch may wait.
  requestTimeout: milliseconds(drawing.of([400, 1_000])),
  deliveryTimeout: milliseconds(drawing.of([60_000, 1_500, 450])),
});

const consumerSettings = (drawing: Drawing) => ({
  ...drawing.of(PROTOCOLS),
  fetchMinBytes: drawing.of([1, 1, 300]),
  fetchMaxWait: milliseconds(drawing.of([300, 60])),
  standingFetches: drawing.of([1, 2]),
  pollTimeout: milliseconds(drawing.of([300, 50])),
  prefetch: drawing.of(['off', 'on'] as const),
  maxPollRecords: drawing.of([500, 1, 3]),
  maxPollInterval: milliseconds(drawing.of([700, 300])),
  autoOffsetReset: drawing.of(['earliest', 'earliest', 'latest'] as const),
  enableAutoCommit: drawing.of(['on', 'off'] as const),
  autoCommitInterval: milliseconds(drawing.of([100, 400])),
  commit: drawing.of(['after', 'before'] as const),
  isolationLevel: drawing.of(['read_uncommitted', 'read_committed'] as const),
  sessionTimeout: milliseconds(drawing.of([450, 300])),
  heartbeatInterval: milliseconds(drawing.of([100, 60])),
  initialRebalanceDelay: milliseconds(drawing.of([0, 80])),
});

const brokerSettings = (drawing: Drawing) => ({
  minInsyncReplicas: drawing.of([1, 2, 3]),
  uncleanLeaderElection: drawing.of(['off', 'on'] as const),
  leaderImbalanceCheckInterval: milliseconds(drawing.of([700, 200, 60_000])),
  append: microseconds(drawing.of([0, 0, 0, 2_000])),
});

/** Most keep everything; some let go by time or size, some compact. */
function logSettings(drawing: Drawing): Partial<Settings> {
  const how = drawing.below(7);
  const segmentBytes = drawing.of([300, 100, 900]);
  if (how === 4) {
    const segmentTime = milliseconds(100);
    return { retention: milliseconds(drawing.of([200, 50])), segmentTime, segmentBytes };
  }
  if (how === 5) return { retentionBytes: drawing.of([600, 200]), segmentBytes };
  if (how < 6) return {};
  return {
    cleanupPolicy: 'compact',
    minCleanableDirtyRatio: drawing.of([0.01, 0.5]),
    deleteRetention: milliseconds(drawing.of([100, 0])),
    segmentTime: milliseconds(100),
    segmentBytes,
  };
}
