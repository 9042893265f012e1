// A cluster at an instant as lists of words: each broker, each partition, each group.

import {
  type BrokerState,
  type ClusterState,
  clusterAt,
  type GroupState,
  type PartitionLeadership,
  type SimTime,
  type StageId,
  type TraceIndex,
} from '../../engine/index';
import { plural } from '../numberText';
import { nameOf } from '../people';
import type { Described } from './describeStage';

/** Brokers, then partitions, then groups; empty where one broker alone keeps one copy. */
export function clusterWords(index: TraceIndex, stage: StageId, time: SimTime): Described[] {
  const { legend } = index.trace;
  const state = clusterAt(index, time);
  const isHere = (node: number): boolean => legend.nodes[node]?.stage === stage;
  const brokers = state.brokers.filter(({ node }) => isHere(node));
  const groups = state.groups.filter(({ group }) => isHere(group));
  if (brokers.length < 2 && groups.length === 0) return [];
  return [
    ...brokers.map((broker) => brokerLine(index, broker)),
    ...state.partitions
      .filter(({ partition }) => legend.partitions[partition]?.stage === stage)
      .map((partition) => partitionLine(index, partition)),
    ...groups.flatMap((group) => groupLines(index, group, state)),
  ];
}

function brokerLine({ trace }: TraceIndex, broker: BrokerState): Described {
  const faults = [
    broker.up ? '' : 'stopped',
    broker.away ? 'away' : '',
    broker.stalled ? 'stalled' : '',
    broker.isolatedFromBrokers ? 'cut off from brokers' : '',
    broker.isolatedFromClients ? 'cut off from clients' : '',
    broker.diskFull ? 'disk full' : '',
    broker.fenced ? 'fenced' : '',
  ].filter((fault) => fault !== '');
  return {
    key: `broker ${broker.node}`,
    name: nameOf(trace, broker.node),
    state: faults.length === 0 ? 'runs' : faults.join(', '),
  };
}

function partitionLine({ trace }: TraceIndex, partition: PartitionLeadership): Described {
  const { leader, replicas, logEnd, highWatermark } = partition;
  const { topic = '', number = 0, id = '' } = trace.legend.partitions[partition.partition] ?? {};
  const out = replicas.filter(({ inSync }) => !inSync).map(({ broker }) => nameOf(trace, broker));
  return {
    key: `partition ${id}`,
    name: `${topic} ${number}`,
    state: [
      leader < 0 ? 'no leader' : `${nameOf(trace, leader)} leads`,
      out.length === 0 ? 'all copies in sync' : `not in sync: ${out.join(', ')}`,
      `${plural(highWatermark, 'message')} safe`,
      ...(logEnd > highWatermark ? [`${logEnd - highWatermark} not yet safe`] : []),
    ].join(', '),
  };
}

function groupLines(
  { trace }: TraceIndex,
  { group, rebalancing, ownerships }: GroupState,
  { partitions }: ClusterState,
): Described[] {
  const name = nameOf(trace, group);
  return [
    {
      key: `group ${group}`,
      name: `group ${name}`,
      state: rebalancing ? 'rebalancing' : 'settled',
    },
    ...ownerships.map(({ partition, owner, believers, position, committed }) => {
      const { topic = '', number = 0 } = trace.legend.partitions[partition] ?? {};
      const lag = Math.max(0, (partitions[partition]?.highWatermark ?? 0) - position);
      const mistaken = believers
        .filter((member) => member !== owner)
        .map((member) => `${nameOf(trace, member)} thinks it owns it too`);
      return {
        key: `group ${group} ${partition}`,
        name: `group ${name}, ${topic} ${number}`,
        state: [
          owner < 0 ? 'nobody reads it' : `${nameOf(trace, owner)} reads ${position} next`,
          committed < 0 ? 'nothing committed' : `committed ${committed}`,
          `${lag} behind`,
          ...mistaken,
        ].join(', '),
      };
    }),
  ];
}
