// What stands still in a cluster between entries: leaders, copies of logs, groups and what their
// members believe.

import { EntryKind } from '../entryKinds';
import { StepSeries } from '../series/stepSeries';
import type { EntrySeq, NodeIndex, PartitionIndex, Trace } from '../trace';

/** Columns of a partition; the leader's node is one higher than it is, 0 for none. */
export const PartitionColumn = {
  LeaderPlusOne: 0,
  LeaderEpoch: 1,
  /** A bit for each place of the assignment. */
  InSync: 2,
  StableOffset: 3,
  /** 1 once the leader's log has moved: from then on the partition's log is its own. */
  IsInOffice: 4,
} as const;
const PARTITION_COLUMNS = 5;
/** Columns of a group: 1 while its partitions are dealt out anew; its generation or epoch. */
export const GroupColumn = { Rebalancing: 0, Generation: 1 } as const;

/** How far one broker's copy of a partition reaches, while another leads. */
export interface ReplicaSeries {
  readonly partition: PartitionIndex;
  readonly broker: NodeIndex;
  readonly series: StepSeries;
}

/** The owner of a partition in its coordinator's eyes: the member's node, one higher; 0: nobody. */
export interface OwnerSeries {
  readonly partition: PartitionIndex;
  readonly group: NodeIndex;
  readonly series: StepSeries;
}

/** 1 while a member believes that it owns a partition. */
export interface BeliefSeries {
  readonly partition: PartitionIndex;
  readonly member: NodeIndex;
  readonly series: StepSeries;
}

/** Series of a cluster, sealed. */
export interface ClusterStanding {
  readonly partitions: readonly StepSeries[];
  readonly replicas: readonly ReplicaSeries[];
  readonly owners: readonly OwnerSeries[];
  readonly beliefs: readonly BeliefSeries[];
  /** By the group's node. */
  readonly groups: ReadonlyMap<NodeIndex, StepSeries>;
  /** Entries of each kind that only a cluster has, in order; by kind. */
  readonly happenings: readonly (readonly EntrySeq[])[];
}

export class ClusterStandingBuilder {
  readonly #trace: Trace;
  readonly #logs: readonly StepSeries[];
  readonly #partitions: readonly StepSeries[];
  readonly #replicas: readonly ReplicaSeries[];
  readonly #owners: readonly OwnerSeries[];
  readonly #beliefs: readonly BeliefSeries[];
  readonly #groups: ReadonlyMap<NodeIndex, StepSeries>;
  /** By partition and node; a hole where there is none. */
  readonly #replicaOf: (StepSeries | undefined)[] = [];
  readonly #ownerOf: (StepSeries | undefined)[] = [];
  readonly #beliefOf: (StepSeries | undefined)[] = [];
  readonly #happenings: EntrySeq[][] = Object.values(EntryKind).map(() => []);

  constructor(trace: Trace, logs: readonly StepSeries[]) {
    const { nodes, partitions } = trace.legend;
    const { count } = trace.entries;
    this.#trace = trace;
    this.#logs = logs;
    this.#partitions = partitions.map(({ replicas }) => firstLeader(replicas, count));
    this.#replicas = partitions.flatMap(({ replicas }, partition) =>
      replicas.map((broker) => ({ partition, broker, series: new StepSeries(1, count) })),
    );
    this.#owners = partitions.flatMap(({ readers }, partition) =>
      readers
        .filter((reader) => nodes[reader]?.role === 'group')
        .map((group) => ({ partition, group, series: new StepSeries(1, count) })),
    );
    this.#beliefs = partitions.flatMap(({ readers }, partition) =>
      nodes.flatMap(({ group }, member) =>
        group >= 0 && readers.includes(group)
          ? [{ partition, member, series: new StepSeries(1, count) }]
          : [],
      ),
    );
    const groups = nodes.flatMap(({ role }, node) => (role === 'group' ? [node] : []));
    this.#groups = new Map(groups.map((node) => [node, new StepSeries(2, count)]));
    for (const { partition, broker, series } of this.#replicas) {
      this.#replicaOf[partition * nodes.length + broker] = series;
    }
    for (const { partition, group, series } of this.#owners) {
      this.#ownerOf[partition * nodes.length + group] = series;
    }
    for (const { partition, member, series } of this.#beliefs) {
      this.#beliefOf[partition * nodes.length + member] = series;
    }
  }

  read(seq: EntrySeq, kind: EntryKind): void {
    const { entries } = this.#trace;
    const place = entries.place[seq] as number;
    const value = entries.value[seq] as number;
    const key = this.#key(seq, entries.node[seq] as number);
    if (kind !== EntryKind.Replicated) this.#happenings[kind]?.push(seq);
    switch (kind) {
      case EntryKind.Replicated:
      case EntryKind.FollowerTruncated:
        this.#set(this.#replicaOf[key], 0, { seq, value });
        break;
      case EntryKind.LeaderChanged:
        this.#leaderChanged(seq);
        break;
      case EntryKind.IsrChanged:
        this.#set(this.#partitions[place], PartitionColumn.InSync, { seq, value });
        break;
      case EntryKind.StableOffsetMoved:
        this.#set(this.#partitions[place], PartitionColumn.StableOffset, { seq, value });
        break;
      case EntryKind.OwnerSet:
        this.#set(this.#ownerOf[key], 0, { seq, value: value + 1 });
        break;
      case EntryKind.Assigned:
      case EntryKind.Revoked:
        this.#set(this.#beliefOf[key], 0, { seq, value: kind === EntryKind.Assigned ? 1 : 0 });
        break;
      case EntryKind.RebalanceStarted:
      case EntryKind.RebalanceEnded:
        this.#rebalances(seq, kind === EntryKind.RebalanceStarted ? 1 : 0);
        break;
    }
  }

  /** Its leader wrote to the log, cut it or moved its marks. */
  logMoves(seq: EntrySeq, place: PartitionIndex): void {
    const partition = this.#partitions[place];
    if (partition?.last(PartitionColumn.IsInOffice) !== 0) return;
    this.#set(partition, PartitionColumn.IsInOffice, { seq, value: 1 });
  }

  seal(): ClusterStanding {
    for (const series of [...this.#partitions, ...this.#groups.values()]) series.seal();
    for (const { series } of [...this.#replicas, ...this.#owners, ...this.#beliefs]) {
      series.seal();
    }
    return {
      partitions: this.#partitions,
      replicas: this.#replicas,
      owners: this.#owners,
      beliefs: this.#beliefs,
      groups: this.#groups,
      happenings: this.#happenings,
    };
  }

  /** From now on the old leader's copy is one among the others. */
  #leaderChanged(seq: EntrySeq): void {
    const { entries } = this.#trace;
    const place = entries.place[seq] as number;
    const partition = this.#partitions[place];
    if (!partition) return;
    const oldLeader = partition.last(PartitionColumn.LeaderPlusOne) - 1;
    const old = this.#replicaOf[this.#key(seq, oldLeader)];
    const logEnd = this.#logs[place]?.last(END) ?? 0;
    // One that never took office has nothing but what it had copied.
    const hasLed = partition.last(PartitionColumn.IsInOffice) === 1;
    if (oldLeader >= 0 && hasLed) this.#set(old, 0, { seq, value: logEnd });
    const leader = (entries.value[seq] as number) + 1;
    const epoch = (entries.detail[seq] as number) >> 2;
    this.#set(partition, PartitionColumn.LeaderPlusOne, { seq, value: leader });
    this.#set(partition, PartitionColumn.LeaderEpoch, { seq, value: epoch });
    this.#set(partition, PartitionColumn.IsInOffice, { seq, value: 0 });
  }

  #rebalances(seq: EntrySeq, value: 0 | 1): void {
    const { entries } = this.#trace;
    const series = this.#groups.get(entries.node[seq] as number);
    this.#set(series, GroupColumn.Rebalancing, { seq, value });
    this.#set(series, GroupColumn.Generation, { seq, value: entries.value[seq] as number });
  }

  #key(seq: EntrySeq, node: NodeIndex): number {
    return (this.#trace.entries.place[seq] as number) * this.#trace.legend.nodes.length + node;
  }

  #set(
    series: StepSeries | undefined,
    column: number,
    to: { readonly seq: EntrySeq; readonly value: number },
  ): void {
    series?.at(to.seq, this.#trace.entries.time[to.seq] as number);
    series?.set(column, to.value);
  }
}

/** The first of the assignment leads from the first instant on, and all are in sync. */
function firstLeader(replicas: readonly NodeIndex[], entryCount: number): StepSeries {
  const series = new StepSeries(PARTITION_COLUMNS, entryCount);
  series.at(0, Number.NEGATIVE_INFINITY);
  series.set(PartitionColumn.LeaderPlusOne, (replicas[0] ?? -1) + 1);
  series.set(PartitionColumn.InSync, (1 << replicas.length) - 1);
  series.set(PartitionColumn.IsInOffice, 1);
  return series;
}

/** Column of the log end in a log's series. */
const END = 2;
