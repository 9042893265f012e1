// Looks at the logs every `log.retention.check.interval.ms`, and lets go of what is too old, too
// much, or superseded; which that is, segments.ts and logCleaner.ts say.

import type { EventId } from '../../../kernel/eventQueue';
import { instant, type SimTime } from '../../../kernel/simTime';
import { EntryKind, lossCauseCode } from '../../../trace/entryKinds';
import {
  type CleanableRecord,
  cleanLog,
  firstUncleanableOffset,
  isWorthCleaning,
} from '../../log/logCleaner';
import type { Offset } from '../../wire/requests';
import type { Cluster } from '../cluster';
import type { PartitionPlan } from '../clusterPlan';
import type { Replica } from './replica';

/** What compaction remembers of a partition. */
interface CleanerState {
  firstDirty: Offset;
  readonly deleteHorizons: Map<Offset, SimTime>;
}

// Simplified: All replicas of a partition let go of the same records at the same instant, the
// leader's log deciding; in Kafka each broker looks at its own.
// Simplified: The cleaner looks at its logs when retention does; Kafka's looks every 15 seconds.
export class LogKeeper {
  readonly #cluster: Cluster;
  readonly #cleaners: readonly CleanerState[];
  #timer: EventId | null = null;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.#cleaners = cluster.plan.partitions.map(() => ({
      firstDirty: 0,
      deleteHorizons: new Map(),
    }));
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
      if (this.#cluster.settings.cleanupPolicy === 'compact') this.#clean(plan, leader);
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

  #expire(plan: PartitionPlan, leader: Replica): void {
    const { settings, environment } = this.#cluster;
    const { log, highWatermark } = leader;
    const { now } = environment.context;
    const { logStart } = log;
    const deletion = log.segments().deleteOldSegments(settings, { now, logStart, highWatermark });
    this.#cluster.moveLogStart(plan, deletion.logStart, 'retention passed');
  }

  #clean(plan: PartitionPlan, leader: Replica): void {
    const { settings, environment } = this.#cluster;
    const { log } = leader;
    const cleaner = this.#cleaners[plan.index] as CleanerState;
    const stable = log.lastStableOffset(leader.highWatermark);
    const firstUncleanable = firstUncleanableOffset(log.segments().all, stable);
    const toClean = {
      records: this.#records(leader, cleaner),
      firstDirty: cleaner.firstDirty,
      firstUncleanable,
    };
    if (!isWorthCleaning(toClean, settings.minCleanableDirtyRatio)) return;
    const { now } = environment.context;
    const remaining = cleanLog(toClean, { now, deleteRetention: settings.deleteRetention });
    cleaner.firstDirty = firstUncleanable;
    cleaner.deleteHorizons.clear();
    const kept = new Set<Offset>();
    for (const { offset, deleteHorizon } of remaining) {
      kept.add(offset);
      if (deleteHorizon !== null) cleaner.deleteHorizons.set(offset, deleteHorizon);
    }
    for (const { offset } of toClean.records) {
      if (!kept.has(offset)) this.#remove(plan, leader, offset);
    }
  }

  // Simplified: Compaction leaves the markers of transactions where they are; Kafka's removes them
  // some time after their records.
  #records({ log }: Replica, cleaner: CleanerState): CleanableRecord[] {
    const { records } = log;
    const cleanable: CleanableRecord[] = [];
    for (let offset = log.logStart; offset < log.logEnd; offset += 1) {
      if (!records.isForReaders(offset)) continue;
      cleanable.push({
        offset,
        key: records.keyAt(offset),
        isTombstone: records.isTombstone(offset),
        sizeBytes: records.sizeAt(offset),
        deleteHorizon: cleaner.deleteHorizons.get(offset) ?? null,
      });
    }
    return cleanable;
  }

  #remove(plan: PartitionPlan, leader: Replica, offset: Offset): void {
    const message = leader.log.records.messageAt(offset);
    for (const replica of this.#cluster.replicasOf(plan)) {
      const { records } = replica.log;
      if (offset < records.count && records.messageAt(offset) === message) records.remove(offset);
    }
    this.#cluster.environment.recorder.entry(EntryKind.RecordRemoved, {
      node: this.#cluster.plan.brokers[leader.leader]?.index ?? -1,
      place: plan.index,
      message,
      value: offset,
      detail: lossCauseCode('compacted away'),
    });
  }
}

const lookNow = (keeper: LogKeeper): void => keeper.look();
