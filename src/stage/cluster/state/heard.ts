// What each person was handed, in the order in which it came; read once from the entries of a run.

import {
  EntryKind,
  type MessageIndex,
  type NodeIndex,
  type PartitionIndex,
  type StageId,
  type TraceIndex,
} from '../../../engine/index';

export interface Heard {
  readonly time: number;
  readonly message: MessageIndex;
  readonly partition: PartitionIndex;
  readonly offset: number;
  /** A later one of the same sender came before it. */
  readonly isLate: boolean;
  /** It was handed over before. */
  readonly isAgain: boolean;
}

type ByNode = ReadonlyMap<NodeIndex, readonly Heard[]>;

const known = new WeakMap<TraceIndex, Map<StageId, ByNode>>();

/** By person, for those on this stage who are handed anything in this run. */
export function heardOn(index: TraceIndex, stage: StageId): ByNode {
  const stages = known.get(index) ?? new Map<StageId, ByNode>();
  known.set(index, stages);
  const found = stages.get(stage) ?? readAll(index, stage);
  stages.set(stage, found);
  return found;
}

/** How many of `list`, in order of time, came at or before `time`. */
export function countUntil(list: readonly Heard[], time: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.time ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function readAll({ trace }: TraceIndex, stage: StageId): ByNode {
  const { entries, legend, messages } = trace;
  const lists = new Map<NodeIndex, Heard[]>();
  const newest = new Map<string, number>();
  const before = new Set<string>();
  for (let seq = 0; seq < entries.count; seq += 1) {
    if (entries.kind[seq] !== EntryKind.Delivered) continue;
    const node = entries.node[seq] as number;
    if (legend.nodes[node]?.stage !== stage) continue;
    const message = entries.message[seq] as number;
    const number = messages.number[message] as number;
    const [sender, copy] = [`${node} ${messages.from[message]}`, `${node} ${message}`];
    const heard = {
      time: entries.time[seq] as number,
      message,
      partition: entries.place[seq] as number,
      offset: entries.value[seq] as number,
      isLate: number < (newest.get(sender) ?? -1),
      isAgain: before.has(copy),
    };
    newest.set(sender, Math.max(number, newest.get(sender) ?? -1));
    before.add(copy);
    const list = lists.get(node);
    if (list === undefined) lists.set(node, [heard]);
    else list.push(heard);
  }
  return lists;
}
