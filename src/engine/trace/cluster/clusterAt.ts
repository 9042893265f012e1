// The cluster at one instant: who leads, who is in sync, how far each copy reaches, who owns what.

import { LogColumn, NodeColumn, ReaderColumn } from '../standing';
import type { NodeIndex, PartitionIndex } from '../trace';
import { lastSeqAt, type TraceIndex } from '../traceIndex';
import { GroupColumn, PartitionColumn } from './clusterStanding';

export interface BrokerState {
  readonly node: NodeIndex;
  readonly up: boolean;
  /** Reachable neither by brokers nor by clients. */
  readonly away: boolean;
  /** The controller has given it up: it may lead nothing. */
  readonly fenced: boolean;
  readonly stalled: boolean;
  readonly isolatedFromBrokers: boolean;
  readonly isolatedFromClients: boolean;
  readonly diskFull: boolean;
}

/** One broker's copy of a partition. */
export interface ReplicaState {
  readonly broker: NodeIndex;
  /** Offset that its next record will get. */
  readonly logEnd: number;
  readonly inSync: boolean;
}

export interface PartitionLeadership {
  readonly partition: PartitionIndex;
  /** -1: nobody leads, the partition is offline. */
  readonly leader: NodeIndex;
  readonly leaderEpoch: number;
  readonly logStart: number;
  readonly highWatermark: number;
  /** As the leader has it, or had it when it was lost. */
  readonly logEnd: number;
  /** 0 while nothing in the log belongs to a transaction. */
  readonly stableOffset: number;
  /** In the order of assignment. */
  readonly replicas: readonly ReplicaState[];
}

/** What one member of a group does with one partition. */
export interface Ownership {
  readonly partition: PartitionIndex;
  /** The owner in the coordinator's eyes; -1: nobody. */
  readonly owner: NodeIndex;
  /** Members that believe that they own it; a stalled one may be wrong. */
  readonly believers: readonly NodeIndex[];
  readonly position: number;
  /** -1: nothing committed. */
  readonly committed: number;
}

export interface GroupState {
  readonly group: NodeIndex;
  readonly rebalancing: boolean;
  /** Generation (classic) or group epoch (KIP-848); 0 before the first. */
  readonly generation: number;
  readonly members: readonly NodeIndex[];
  readonly ownerships: readonly Ownership[];
}

export interface ClusterState {
  readonly brokers: readonly BrokerState[];
  /** Parallel to the legend's. */
  readonly partitions: readonly PartitionLeadership[];
  readonly groups: readonly GroupState[];
}

/** The cluster once everything at `time` has happened. */
export function clusterAt(index: TraceIndex, time: number): ClusterState {
  const seq = lastSeqAt(index, time);
  const { legend } = index.trace;
  const nodes = legend.nodes.map(({ role }, node) => ({ role, node }));
  return {
    brokers: nodes
      .filter(({ role }) => role === 'broker')
      .map(({ node }) => brokerState(index, node, seq)),
    partitions: legend.partitions.map((_, partition) => leadership(index, partition, seq)),
    groups: nodes
      .filter(({ role }) => role === 'group')
      .map(({ node }) => groupState(index, node, seq)),
  };
}

function brokerState({ standing }: TraceIndex, node: NodeIndex, seq: number): BrokerState {
  const value = (column: number) => standing.nodes[node]?.valueAt(seq, column) ?? 0;
  const isolated = value(NodeColumn.Isolated);
  return {
    node,
    up: value(NodeColumn.Down) === 0,
    away: value(NodeColumn.Away) === 1,
    fenced: value(NodeColumn.Fenced) === 1,
    stalled: value(NodeColumn.Stalled) === 1,
    isolatedFromBrokers: (isolated & 1) !== 0,
    isolatedFromClients: (isolated & 2) !== 0,
    diskFull: value(NodeColumn.DiskFull) === 1,
  };
}

function leadership(
  { standing, trace }: TraceIndex,
  partition: PartitionIndex,
  seq: number,
): PartitionLeadership {
  const { cluster } = standing;
  const of = (column: number) => cluster.partitions[partition]?.valueAt(seq, column) ?? 0;
  const log = (column: number) => standing.logs[partition]?.valueAt(seq, column) ?? 0;
  const replicas = trace.legend.partitions[partition]?.replicas ?? [];
  // Before the first entry all is as it was set up: no series has a row for that.
  const isSetUp = seq < 0;
  const leader = isSetUp ? (replicas[0] ?? -1) : of(PartitionColumn.LeaderPlusOne) - 1;
  const inSync = isSetUp ? (1 << replicas.length) - 1 : of(PartitionColumn.InSync);
  const logEnd = log(LogColumn.End);
  // Until its leader has taken office, the log is still the one before.
  const isInOffice = isSetUp || of(PartitionColumn.IsInOffice) === 1;
  const copies = cluster.replicas.filter((replica) => replica.partition === partition);
  return {
    partition,
    leader,
    leaderEpoch: of(PartitionColumn.LeaderEpoch),
    logStart: log(LogColumn.Start),
    highWatermark: log(LogColumn.HighWatermark),
    logEnd,
    stableOffset: of(PartitionColumn.StableOffset),
    replicas: replicas.map((broker, place) => {
      const copy = copies.find((replica) => replica.broker === broker);
      const copied = copy?.series.valueAt(seq) ?? 0;
      return {
        broker,
        logEnd: broker === leader && isInOffice ? logEnd : copied,
        inSync: (inSync & (1 << place)) !== 0,
      };
    }),
  };
}

function groupState({ standing, trace }: TraceIndex, group: NodeIndex, seq: number): GroupState {
  const { cluster, readers } = standing;
  const series = cluster.groups.get(group);
  const members = trace.legend.nodes.flatMap((node, at) => (node.group === group ? [at] : []));
  const ownerships = cluster.owners
    .filter((owner) => owner.group === group)
    .map(({ partition, series: owner }) => {
      const reader = readers.find((one) => one.partition === partition && one.reader === group);
      const believers = cluster.beliefs
        .filter((belief) => belief.partition === partition && members.includes(belief.member))
        .filter((belief) => belief.series.valueAt(seq) === 1)
        .map(({ member }) => member);
      return {
        partition,
        owner: owner.valueAt(seq) - 1,
        believers,
        position: reader?.series.valueAt(seq, ReaderColumn.Position) ?? 0,
        committed: (reader?.series.valueAt(seq, ReaderColumn.CommittedPlusOne) ?? 0) - 1,
      };
    });
  return {
    group,
    rebalancing: series?.valueAt(seq, GroupColumn.Rebalancing) === 1,
    generation: series?.valueAt(seq, GroupColumn.Generation) ?? 0,
    members,
    ownerships,
  };
}
