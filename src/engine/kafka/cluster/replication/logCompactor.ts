// Takes superseded records out of a partition's replicas; which these are, logCleaner.ts says, and
// when it looks, logKeeper.ts. It comes with the scenes that compact.

import type { SimTime } from '../../../kernel/simTime';
import { EntryKind, lossCauseCode } from '../../../trace/entryKinds';
import {
  type CleanableRecord,
  cleanLog,
  firstUncleanableOffset,
  isWorthCleaning,
} from '../../log/logCleaner';
import type { Offset } from '../../wire/requests';
import type { Cluster, Compactor } from '../cluster';
import { byPartition, type PartitionPlan } from '../clusterPlan';
import type { Replica } from './replica';

/** What compaction remembers of a partition. */
interface CleanerState {
  firstDirty: Offset;
  readonly deleteHorizons: Map<Offset, SimTime>;
}

export class LogCompactor implements Compactor {
  readonly #cluster: Cluster;
  readonly #cleaners: readonly CleanerState[];

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.#cleaners = byPartition(cluster.plan.partitions, () => ({
      firstDirty: 0,
      deleteHorizons: new Map(),
    }));
  }

  compact(plan: PartitionPlan, leader: Replica): void {
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
