// Who sits where on a stage: the first person left, the second right, the third left again.

import type { LegendNode, NodeIndex, StageId, Trace } from '../engine/index';
import type { Side } from './encoding';

export interface Person {
  readonly node: NodeIndex;
  readonly id: string;
  readonly name: string;
  readonly side: Side;
  /** Row from the top; a row seats one person a side. */
  readonly row: number;
}

/** The people of a stage in the order in which they enter. */
export function peopleOf(trace: Trace, stage: StageId): Person[] {
  return nodesOf(trace, stage, 'participant').map(({ node, legend }, place) => ({
    node,
    id: legend.id,
    name: legend.name,
    side: place % 2 === 0 ? 'left' : 'right',
    row: Math.floor(place / 2),
  }));
}

/** What stands between the people, the first of it; null where they are joined directly. */
export function middleOf(trace: Trace, stage: StageId): NodeIndex | null {
  for (const role of ['relay', 'server', 'broker'] as const) {
    const [middle] = nodesOf(trace, stage, role);
    if (middle !== undefined) return middle.node;
  }
  return null;
}

/** The name of a node; empty for -1. */
export const nameOf = (trace: Trace, node: NodeIndex): string =>
  trace.legend.nodes[node]?.name ?? '';

function nodesOf(
  trace: Trace,
  stage: StageId,
  role: LegendNode['role'],
): { node: NodeIndex; legend: LegendNode }[] {
  return trace.legend.nodes
    .map((legend, node) => ({ node, legend }))
    .filter(({ legend }) => legend.stage === stage && legend.role === role);
}
