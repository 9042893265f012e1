// The names of a hand-made cluster of any shape: nodes, links, connections, partitions.

import {
  type Legend,
  type LegendConnection,
  type LegendLink,
  type LegendNode,
  type LegendPartition,
  milliseconds,
} from '../../../engine/index';

export interface ClusterShape {
  readonly brokers: number;
  readonly partitions: number;
  /** Members of each group. */
  readonly groups: readonly number[];
  /** People who read every partition for themselves; none by default. */
  readonly lonely?: number;
  /** Topics that the partitions are parted into; one by default. */
  readonly topics?: number;
}

const COPIES = 3;

export function clusterLegend(shape: ClusterShape): Legend {
  const nodes = nodesOf(shape);
  const links = linksOf(nodes);
  return {
    stages: ['kafka'],
    nodes,
    links,
    connections: connectionsOf(nodes, links),
    partitions: partitionsOf(shape, nodes),
    parameters: [],
    keys: [],
  };
}

function nodesOf({ brokers, groups, lonely = 0 }: ClusterShape): LegendNode[] {
  const node = (id: string, name: string, role: LegendNode['role'], group = -1): LegendNode => ({
    id,
    stage: 'kafka',
    name,
    role,
    group,
  });
  const fixed = [
    ...Array.from({ length: brokers }, (_, at) =>
      node(`broker-${at + 1}`, `Broker ${at + 1}`, 'broker'),
    ),
    node('controller', 'Controller', 'controller'),
    node('A', 'Ana', 'participant'),
    ...Array.from({ length: lonely }, (_, at) =>
      node(`L${at + 1}`, `Lea ${at + 1}`, 'participant'),
    ),
  ];
  const names = ['billing', 'shipping', 'audit', 'search', 'mail'];
  const members = groups.flatMap((count, group) =>
    Array.from({ length: count }, (_, at) => {
      const letter = 'RSTUV'[group] ?? 'W';
      return node(
        `${letter}${at + 1}`,
        `Reader ${letter}${at + 1}`,
        'participant',
        fixed.length + group,
      );
    }),
  );
  const groupNodes = groups.map((_, at) => node(names[at] ?? 'more', names[at] ?? 'more', 'group'));
  return [...fixed, ...groupNodes, ...members];
}

function linksOf(nodes: readonly LegendNode[]): LegendLink[] {
  return nodes.flatMap(({ role }, end) =>
    nodes.flatMap((other, broker) => {
      const isPair = other.role === 'broker' && (role === 'participant' || broker > end);
      if (!isPair || (role !== 'participant' && role !== 'broker')) return [];
      return [
        {
          id: `${nodes[end]?.id}-${other.id}`,
          stage: 'kafka' as const,
          ends: [end, broker] as const,
          duplex: 'full-duplex' as const,
          latency: role === 'broker' ? milliseconds(1.5) : milliseconds(10),
          rateBytesPerSecond: Number.POSITIVE_INFINITY,
        },
      ];
    }),
  );
}

function connectionsOf(
  nodes: readonly LegendNode[],
  links: readonly LegendLink[],
): LegendConnection[] {
  return links.flatMap(({ id, ends: [client, server] }, link) => {
    const { role, group } = nodes[client] ?? { role: 'broker', group: -1 };
    if (role !== 'participant') return [];
    const purposes =
      nodes[client]?.id === 'A'
        ? (['producer'] as const)
        : group >= 0
          ? (['consumer', 'coordinator'] as const)
          : (['consumer'] as const);
    return purposes.map((purpose) => ({
      id: `${id}-${purpose}`,
      stage: 'kafka' as const,
      link,
      client,
      server,
      purpose,
    }));
  });
}

function partitionsOf(shape: ClusterShape, nodes: readonly LegendNode[]): LegendPartition[] {
  const { brokers, partitions, topics = 1 } = shape;
  const readers = nodes.flatMap(({ role, id, group }, node) =>
    role === 'group' || (role === 'participant' && id !== 'A' && group < 0) ? [node] : [],
  );
  const names = ['orders', 'payments', 'a-topic-with-a-long-name'];
  return Array.from({ length: partitions }, (_, at) => {
    const topic = names[at % topics] ?? 'more';
    const number = Math.floor(at / topics);
    return {
      id: `${topic}-${number}`,
      stage: 'kafka' as const,
      topic,
      number,
      replicas: Array.from(
        { length: Math.min(COPIES, brokers) },
        (_none, copy) => (at + copy) % brokers,
      ),
      sender: nodes.findIndex(({ id }) => id === 'A'),
      readers,
    };
  });
}
