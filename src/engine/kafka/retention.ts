// Deletes records by age (`retention.ms`); says nothing about who still wanted them.

import { instant } from '../kernel/simTime';
import type { Environment } from '../network/node';
import type { PartitionLog } from './partitionLog';
import type { KafkaSettings } from './settings';

// Simplified: Age is checked record by record and at once; Kafka deletes whole segments, every five
// minutes.
/**
 * Moves the log start past every record that is older than `retention.ms`, and looks again when the
 * next one is.
 */
export function applyRetention(
  environment: Environment,
  settings: KafkaSettings,
  log: PartitionLog,
): void {
  const { now } = environment.context;
  for (;;) {
    const appendedAt = log.oldestAppendTime();
    if (appendedAt === undefined) return;
    // A record goes when it is older than the limit, not when it is as old
    // (UnifiedLog.deletableSegments).
    const expiresAt = instant(appendedAt + settings.retention + 1);
    if (expiresAt > now) {
      // One pending look is enough; it finds its own successor.
      if (log.retentionCheckAt > now && log.retentionCheckAt <= expiresAt) return;
      log.retentionCheckAt = expiresAt;
      const look = () => applyRetention(environment, settings, log);
      environment.context.schedule(expiresAt, look, undefined);
      return;
    }
    log.advanceLogStart(log.logStart + 1, 'retention passed');
  }
}
