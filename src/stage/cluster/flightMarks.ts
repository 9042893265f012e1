// Records on their way in a matrix: from their producer to the leader's copy, and on to a reader;
// each travels below the bricks of its partition's row.

import type {
  MessageIndex,
  PartitionIndex,
  TraceIndex,
  TransferInFlight,
} from '../../engine/index';
import type { MessageMark, Motion } from '../messageMark';
import { round } from '../shapes';
import { shareOfWay } from '../topology/messageMarks';
import { rowParts } from './cellScene';
import { MARGIN, type MatrixLayout } from './clusterLayout';
import type { ClusterInstant } from './state/clusterInstant';

const LARGEST = 7;
const SMALLEST = 4;
const TAIL = 14;

export function flightMarks(
  layout: MatrixLayout,
  instant: ClusterInstant,
  motion: Motion,
): readonly MessageMark[] {
  return instant.world.transfers
    .filter(({ messages }) => messages.length > 0)
    .flatMap((transfer) => {
      const own = byPartition(instant.index, transfer.messages);
      return layout.partitions.flatMap((partition, row) => {
        const messages = own.get(partition);
        if (messages === undefined) return [];
        const way = wayOf(layout, transfer, partition);
        return way === null
          ? []
          : [flightMark(layout, instant, { transfer, partition, row, messages, motion, ...way })];
      });
    });
}

interface Flight {
  readonly transfer: TransferInFlight;
  readonly partition: PartitionIndex;
  readonly row: number;
  readonly messages: readonly MessageIndex[];
  readonly motion: Motion;
  readonly from: number;
  readonly to: number;
}

function flightMark(layout: MatrixLayout, instant: ClusterInstant, flight: Flight): MessageMark {
  const { transfer, partition, row, messages, motion, from, to } = flight;
  const { trace } = instant.index;
  const parts = rowParts(layout, row);
  const radius = Math.max(SMALLEST, Math.min(LARGEST, parts.marksHeight / 2));
  const share = shareOfWay(trace, transfer, { time: instant.time, motion });
  const start = from + radius;
  const gone = Math.max(0, to - radius - start) * share;
  const sender = trace.messages.from[messages[0] ?? -1] ?? -1;
  return {
    key: `t${transfer.transfer} ${partition}`,
    side: layout.sideOf.get(sender) ?? 'left',
    x: round(start + gone),
    y: round(parts.marksTop + parts.marksHeight / 2),
    radius,
    heading: 1,
    tail: Math.round(Math.min(TAIL, gone)),
    text: '',
    isStack: messages.length > 1,
  };
}

/** To a broker from the left edge of its row, from a broker to whom it reads for. */
function wayOf(
  layout: MatrixLayout,
  { from, to }: TransferInFlight,
  partition: PartitionIndex,
): { readonly from: number; readonly to: number } | null {
  const target = layout.columns.find(({ node }) => node === to);
  if (target !== undefined) return { from: MARGIN + layout.labelWidth / 3, to: target.left };
  const source = layout.columns.find(({ node }) => node === from);
  const reader = layout.readers.find(
    ({ readerOf, members }) => readerOf[partition] === to || members.includes(to),
  );
  if (source === undefined || reader === undefined) return null;
  return { from: source.left + source.width, to: reader.left + 2 };
}

const partitions = new WeakMap<TraceIndex, Int32Array>();

/** The log in which each message stands or will stand; -1: it never does. */
function partitionOfEach(index: TraceIndex): Int32Array {
  const known = partitions.get(index);
  if (known !== undefined) return known;
  const found = new Int32Array(index.trace.messages.count).fill(-1);
  index.logs.forEach((log, partition) => {
    for (const message of log) if (message >= 0) found[message] = partition;
  });
  partitions.set(index, found);
  return found;
}

function byPartition(
  index: TraceIndex,
  messages: readonly MessageIndex[],
): ReadonlyMap<PartitionIndex, MessageIndex[]> {
  const of = partitionOfEach(index);
  const found = new Map<PartitionIndex, MessageIndex[]>();
  for (const message of messages) {
    const partition = of[message] ?? -1;
    if (partition >= 0) found.set(partition, [...(found.get(partition) ?? []), message]);
  }
  return found;
}
