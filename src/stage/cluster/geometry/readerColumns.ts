// Who reads, parted into columns: each group has its own, and people who read for themselves share
// one where they do not read the same partition.

import type { NodeIndex, PartitionIndex, StageId, TraceIndex } from '../../../engine/index';

/** Those who are drawn in one column beside the partitions. */
export interface ReaderColumn {
  /** Stable over a run. */
  readonly key: string;
  /** The group; -1: people who read for themselves, or several that have no room of their own. */
  readonly group: NodeIndex;
  /** The one who reads each partition, a group or a person; -1: nobody. By partition. */
  readonly readerOf: readonly NodeIndex[];
  /** More than one a partition: only how many they are, and how far the last is behind. */
  readonly crowd: readonly NodeIndex[];
  /** Members of the group. */
  readonly members: readonly NodeIndex[];
}

/** At most `most` columns; what does not fit is the crowd of the last. */
export function readerColumns(
  { trace }: TraceIndex,
  stage: StageId,
  most: number,
): readonly ReaderColumn[] {
  const { nodes, partitions } = trace.legend;
  const readers = new Map<NodeIndex, PartitionIndex[]>();
  partitions.forEach((partition, at) => {
    if (partition.stage !== stage) return;
    for (const reader of partition.readers) {
      readers.set(reader, [...(readers.get(reader) ?? []), at]);
    }
  });
  const columns: { group: NodeIndex; of: Map<PartitionIndex, NodeIndex> }[] = [];
  for (const [reader, own] of readers) {
    const isGroup = nodes[reader]?.role === 'group';
    const shared = isGroup
      ? undefined
      : columns.find(({ group, of }) => group < 0 && own.every((place) => !of.has(place)));
    const column = shared ?? { group: isGroup ? reader : -1, of: new Map() };
    for (const place of own) column.of.set(place, reader);
    if (shared === undefined) columns.push(column);
  }
  const whole = columns.slice(0, columns.length > most ? most - 1 : most);
  const rest = columns.slice(whole.length);
  const crowd = [...new Set(rest.flatMap(({ of }) => [...of.values()]))];
  const place = (of: ReadonlyMap<PartitionIndex, NodeIndex>) =>
    partitions.map((_, at) => of.get(at) ?? -1);
  return [
    ...whole.map(({ group, of }) => ({
      key: group < 0 ? `readers ${[...of.values()].join(' ')}` : `group ${group}`,
      group,
      readerOf: place(of),
      crowd: [],
      members: nodes.flatMap((node, at) => (group >= 0 && node.group === group ? [at] : [])),
    })),
    ...(crowd.length === 0
      ? []
      : [{ key: 'crowd', group: -1, readerOf: place(new Map()), crowd, members: [] }]),
  ];
}
