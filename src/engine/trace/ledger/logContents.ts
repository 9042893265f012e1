// What each log holds and how far each reader has read it, kept up to date entry by entry.

import { EntryKind } from '../entryKinds';
import { ReadingMembers } from '../readingMembers';
import type { MessageIndex, NodeIndex, PartitionIndex, Trace } from '../trace';

export class LogContents {
  /** Messages by partition and offset; the newest where an offset was used again. */
  readonly records: readonly MessageIndex[][];
  /** Log start and log end by partition. */
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** Where a message stands; -1: in no log. */
  readonly partitionOf: Int32Array;
  /** Where a message is written in the course of the run; -1: nowhere. */
  readonly writtenTo: Int32Array;
  /** Node of each partition's leader, or of its last one: its log is the partition's. */
  readonly leaders: Int32Array;
  readonly members: ReadingMembers;
  readonly #offsetOf: Int32Array;

  constructor(trace: Trace) {
    const { messages, legend } = trace;
    const partitions = legend.partitions.length;
    this.records = legend.partitions.map(() => []);
    this.starts = new Float64Array(partitions);
    this.ends = new Float64Array(partitions);
    this.partitionOf = new Int32Array(messages.count).fill(-1);
    this.writtenTo = placesOfWriting(trace);
    this.leaders = Int32Array.from(legend.partitions, ({ replicas }) => replicas[0] ?? -1);
    this.#offsetOf = new Int32Array(messages.count);
    this.members = new ReadingMembers(trace);
  }

  /** Infinity: it stands in no log. */
  offsetOf(message: MessageIndex): number {
    const isThere = (this.partitionOf[message] as number) >= 0;
    return isThere ? (this.#offsetOf[message] as number) : Number.POSITIVE_INFINITY;
  }

  append(message: MessageIndex, partition: PartitionIndex, offset: number): void {
    this.partitionOf[message] = partition;
    this.#offsetOf[message] = offset;
    this.ends[partition] = offset + 1;
    (this.records[partition] as MessageIndex[])[offset] = message;
  }

  /** The log forgets one record: it was compacted away. */
  remove(message: MessageIndex, partition: PartitionIndex, offset: number): void {
    if (this.partitionOf[message] !== partition || this.#offsetOf[message] !== offset) return;
    this.partitionOf[message] = -1;
  }

  /** A control record takes an offset, and no message stands there. */
  passMarker(partition: PartitionIndex, offset: number): void {
    this.ends[partition] = offset + 1;
  }

  /** The message that stands there; -1: a control record, or none. */
  messageAt(partition: PartitionIndex, offset: number): MessageIndex {
    return this.records[partition]?.[offset] ?? -1;
  }

  /** Whether a reader can still read a message from its log. */
  holds(message: MessageIndex, reader: NodeIndex): boolean {
    const partition = this.partitionOf[message] as number;
    if (partition < 0) return false;
    const offset = this.#offsetOf[message] as number;
    return (
      offset >= (this.starts[partition] as number) &&
      offset < (this.ends[partition] as number) &&
      offset >= this.members.positionOf(reader, partition)
    );
  }
}

function placesOfWriting({ entries, messages }: Trace): Int32Array {
  const { kind, message, place, count } = entries;
  const places = new Int32Array(messages.count).fill(-1);
  for (let seq = 0; seq < count; seq += 1) {
    if (kind[seq] === EntryKind.Appended) places[message[seq] as number] = place[seq] as number;
  }
  return places;
}
