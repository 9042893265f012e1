// Who and what stands on the stage where both work together, read once a run; nothing here depends
// on the time.

import {
  EntryKind,
  type MessageIndex,
  type NodeIndex,
  type PartitionIndex,
  type StageId,
  type TraceIndex,
} from '../../engine/index';
import type { Side } from '../encoding';

/** A record as it was first written, by its offset. */
export interface WrittenRecord {
  readonly time: number;
  readonly side: Side;
}

/** A topic of one partition. */
export interface Topic {
  readonly partition: PartitionIndex;
  readonly name: string;
  readonly records: readonly WrittenRecord[];
  /** Whether gateways read it. */
  readonly isForBrowsers: boolean;
}

export interface TogetherParts {
  readonly services: readonly NodeIndex[];
  readonly brokers: readonly NodeIndex[];
  readonly gateways: readonly NodeIndex[];
  readonly browsers: readonly NodeIndex[];
  readonly topics: readonly Topic[];
  /** By message: who said it, a service on the left or a browser on the right. */
  readonly sideOf: (message: MessageIndex) => Side;
}

const known = new WeakMap<TraceIndex, TogetherParts>();

/** An answer kept, not a state. */
export function togetherParts(index: TraceIndex, stage: StageId): TogetherParts {
  const parts = known.get(index) ?? readParts(index, stage);
  known.set(index, parts);
  return parts;
}

function readParts(index: TraceIndex, stage: StageId): TogetherParts {
  const { legend, messages } = index.trace;
  const ofRole = (wanted: string): NodeIndex[] =>
    legend.nodes.flatMap(({ role, stage: own }, at) =>
      own === stage && role === wanted ? [at] : [],
    );
  const isBrowser = (node: NodeIndex) => legend.nodes[node]?.isBrowser === true;
  const people = ofRole('participant');
  const gateways = ofRole('gateway');
  const sideOf = (message: MessageIndex): Side =>
    isBrowser(messages.from[message] as number) ? 'right' : 'left';
  const readers = new Set(gateways.flatMap((node) => [node, legend.nodes[node]?.group ?? -1]));
  const topics = legend.partitions.flatMap((partition, at): Topic[] => {
    if (partition.stage !== stage) return [];
    const records = recordsOf(index, at).map(({ time, message }) => ({
      time,
      side: sideOf(message),
    }));
    const isForBrowsers = partition.readers.some((reader) => readers.has(reader));
    return [{ partition: at, name: partition.topic, records, isForBrowsers }];
  });
  return {
    services: people.filter((node) => !isBrowser(node)),
    brokers: ofRole('broker'),
    gateways,
    browsers: people.filter(isBrowser).sort((one, other) => {
      return firstGateway(index, one) - firstGateway(index, other) || one - other;
    }),
    topics,
    sideOf,
  };
}

/** Those of one gateway stand together, as they were when the scene began. */
const firstGateway = ({ trace: { legend } }: TraceIndex, browser: NodeIndex): NodeIndex =>
  legend.connections.find(({ client }) => client === browser)?.server ?? -1;

function recordsOf(
  { trace: { entries } }: TraceIndex,
  partition: PartitionIndex,
): { readonly time: number; readonly message: MessageIndex }[] {
  const records: { readonly time: number; readonly message: MessageIndex }[] = [];
  for (let seq = 0; seq < entries.count; seq += 1) {
    if (entries.kind[seq] !== EntryKind.Appended || entries.place[seq] !== partition) continue;
    const time = entries.time[seq] as number;
    records[entries.value[seq] as number] = { time, message: entries.message[seq] as number };
  }
  return records;
}
