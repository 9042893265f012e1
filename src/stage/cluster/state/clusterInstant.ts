// What a cluster's picture is made of at one instant: its state, and what only the entries before
// it tell: who led before, who is in a group, which records are gone.

import {
  type BrokerState,
  type ClusterState,
  clusterAt,
  EntryKind,
  type EntrySeq,
  electionKindOf,
  type GroupState,
  type NodeIndex,
  type PartitionIndex,
  type PartitionLeadership,
  type RecordMarks,
  recordMarksOf,
  type TraceIndex,
  type World,
} from '../../../engine/index';
import { sharedWorldAt } from '../../sharedWorld';

/** The newest change of a partition's leader. */
export interface LeaderChange {
  readonly time: number;
  /** -1: it lost its leader. */
  readonly leader: NodeIndex;
  /** Who led last before; -1: nobody did. */
  readonly before: NodeIndex;
  readonly isUnclean: boolean;
}

export interface ClusterInstant {
  readonly index: TraceIndex;
  readonly time: number;
  readonly world: World;
  readonly state: ClusterState;
  readonly broker: (node: NodeIndex) => BrokerState | undefined;
  readonly group: (node: NodeIndex) => GroupState | undefined;
  readonly leadership: (partition: PartitionIndex) => PartitionLeadership;
  readonly leaderChange: (partition: PartitionIndex) => LeaderChange | null;
  /** Whether the coordinator counts it among its group. */
  readonly isMember: (node: NodeIndex) => boolean;
  readonly isStalled: (node: NodeIndex) => boolean;
  /** Records that cleaning took out of logs so far. */
  readonly removedCount: number;
  readonly removed: (partition: PartitionIndex) => ReadonlySet<number>;
  /** Ends of transactions in a log, by offset; `flag`: it commits. */
  readonly markers: (partition: PartitionIndex) => ReadonlyMap<number, RecordMarks>;
}

export function clusterInstant(index: TraceIndex, time: number): ClusterInstant {
  const state = clusterAt(index, time);
  const until = (kind: EntryKind): readonly EntrySeq[] => happenedUntil(index, kind, time);
  const { entries } = index.trace;
  const ofPlace = (kind: EntryKind, partition: PartitionIndex): EntrySeq[] =>
    until(kind).filter((seq) => entries.place[seq] === partition);
  return {
    index,
    time,
    world: sharedWorldAt(index, time as World['time']),
    state,
    broker: (node) => state.brokers.find((broker) => broker.node === node),
    group: (node) => state.groups.find((group) => group.group === node),
    leadership: (partition) => state.partitions[partition] as PartitionLeadership,
    leaderChange: (partition) => newestChange(index, ofPlace(EntryKind.LeaderChanged, partition)),
    isMember: lastIs(index, until, [EntryKind.MemberJoined, EntryKind.MemberLeft]),
    isStalled: lastIs(index, until, [EntryKind.Stalled, EntryKind.Resumed]),
    removedCount: until(EntryKind.RecordRemoved).length,
    removed: kept(
      (partition) =>
        new Set(
          ofPlace(EntryKind.RecordRemoved, partition).map((seq) => entries.value[seq] as number),
        ),
    ),
    markers: kept(
      (partition) =>
        new Map(
          ofPlace(EntryKind.MarkerAppended, partition).map((seq) => [
            entries.value[seq] as number,
            recordMarksOf(entries.detail[seq] as number),
          ]),
        ),
    ),
  };
}

/** Asked for once a partition; every copy of it wants the same. */
function kept<T>(read: (partition: PartitionIndex) => T): (partition: PartitionIndex) => T {
  const known = new Map<PartitionIndex, T>();
  return (partition) => {
    const value = known.get(partition) ?? read(partition);
    known.set(partition, value);
    return value;
  };
}

/** The entries of a kind that only a cluster has, up to and including `time`. */
function happenedUntil(index: TraceIndex, kind: EntryKind, time: number): readonly EntrySeq[] {
  const seqs = index.standing.cluster.happenings[kind] ?? [];
  const times = index.trace.entries.time;
  let [low, high] = [0, seqs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[seqs[middle] as number] as number) <= time) low = middle + 1;
    else high = middle;
  }
  return seqs.slice(0, low);
}

function newestChange({ trace }: TraceIndex, seqs: readonly EntrySeq[]): LeaderChange | null {
  const { entries, legend } = trace;
  const newest = seqs.at(-1);
  if (newest === undefined) return null;
  const leader = entries.value[newest] as number;
  const first = legend.partitions[entries.place[newest] as number]?.replicas[0] ?? -1;
  const earlier = seqs
    .slice(0, -1)
    .map((seq) => entries.value[seq] as number)
    .filter((node) => node >= 0);
  return {
    time: entries.time[newest] as number,
    leader,
    before: earlier.at(-1) ?? first,
    isUnclean: electionKindOf(entries.detail[newest] as number) === 'unclean',
  };
}

/** Whether a node's newest entry of two kinds is of the first. */
function lastIs(
  { trace }: TraceIndex,
  until: (kind: EntryKind) => readonly EntrySeq[],
  [holds, ends]: readonly [EntryKind, EntryKind],
): (node: NodeIndex) => boolean {
  return (node) => {
    const last = (kind: EntryKind): number =>
      until(kind).findLast((seq) => trace.entries.node[seq] === node) ?? -1;
    return last(holds) > last(ends);
  };
}
