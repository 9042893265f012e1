// Looks at the logs every `log.retention.check.interval.ms`, and lets go of what is too old or too
// much, as segments.ts says, or superseded, as the compactor says.

import { present } from '../../../assert';
import type { EventId } from '../../../kernel/eventQueue';
import { instant } from '../../../kernel/simTime';
import type { Cluster } from '../cluster';
import type { PartitionPlan } from '../clusterPlan';
import type { Replica } from './replica';

// Simplified: All replicas of a partition let go of the same records at the same instant, the
// leader's log deciding; in Kafka each broker looks at its own.
// Simplified: The cleaner looks at its logs when retention does; Kafka's looks every 15 seconds.
export class LogKeeper {
  readonly #cluster: Cluster;
  #timer: EventId | null = null;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** Sets the timer for the next look, if any can find something; called after each append. */
  lookLater(): void {
    if (this.#timer !== null) return;
    const { environment, settings } = this.#cluster;
    const { retentionCheckInterval: interval } = settings;
    const earliest = this.#earliest();
    if (earliest === null) return;
    const at = Math.ceil(Math.max(earliest, environment.context.now + 1) / interval) * interval;
    if (!Number.isSafeInteger(at)) return;
    this.#timer = environment.context.schedule(instant(at), lookNow, this);
  }

  settingsChanged(): void {
    if (this.#timer !== null) this.#cluster.environment.context.cancel(this.#timer);
    this.#timer = null;
    this.lookLater();
  }

  look(): void {
    this.#timer = null;
    const { context } = this.#cluster.environment;
    const { cause } = context;
    for (const plan of this.#cluster.plan.partitions) {
      context.cause = cause;
      const leader = this.#cluster.leadingReplica(plan.index);
      if (leader === null || leader.log.logEnd === leader.log.logStart) continue;
      if (this.#cluster.settings.cleanupPolicy === 'compact') this.#compact(plan, leader);
      else this.#expire(plan, leader);
    }
    context.cause = cause;
    this.lookLater();
  }

  /** When a look may find something for the first time; null: never, as things stand. */
  #earliest(): number | null {
    const { settings, plan } = this.#cluster;
    const { cleanupPolicy, retentionBytes, retention } = settings;
    let earliest = Number.POSITIVE_INFINITY;
    for (const { index } of plan.partitions) {
      const leader = this.#cluster.leadingReplica(index);
      if (leader === null) continue;
      const { log } = leader;
      if (log.logEnd === log.logStart) continue;
      if (cleanupPolicy === 'compact' || retentionBytes >= 0) return 0;
      if (retention < 0) continue;
      // No segment is younger than the oldest record in it.
      earliest = Math.min(earliest, log.records.timeAt(log.logStart) + retention + 1);
    }
    return Number.isFinite(earliest) ? earliest : null;
  }

  #compact(plan: PartitionPlan, leader: Replica): void {
    present(this.#cluster.compactor, 'a compacted topic has a compactor').compact(plan, leader);
  }

  #expire(plan: PartitionPlan, leader: Replica): void {
    const { settings, environment } = this.#cluster;
    const { log, highWatermark } = leader;
    const { now } = environment.context;
    const { logStart } = log;
    const deletion = log.segments().deleteOldSegments(settings, { now, logStart, highWatermark });
    this.#cluster.moveLogStart(plan, deletion.logStart, 'retention passed');
  }
}

const lookNow = (keeper: LogKeeper): void => keeper.look();
