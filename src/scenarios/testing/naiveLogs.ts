// What every log holds at an instant and how far everyone has read it, worked out from the entries
// alone, from the first to the last.

import { EntryKind, type Trace } from '../../engine/index';
import type { Row } from './traceColumns';

export interface Place {
  readonly partition: number;
  readonly offset: number;
}

export interface NaiveLogs {
  /** Where a message can be read, by message. */
  readonly placesOf: ReadonlyMap<number, readonly Place[]>;
  /** Where a message stands in its log, be it before the log's start, by message. */
  readonly offsetOf: ReadonlyMap<number, number>;
  /** The partition that a message was ever written to, by message. */
  readonly partitionOf: ReadonlyMap<number, number>;
  /** What comes next, by `reader partition`. */
  readonly positions: ReadonlyMap<string, number>;
  /** The topic that somebody writes, as the whole run tells. */
  readonly topicOfSender: ReadonlyMap<number, string>;
}

interface NaiveLog {
  leader: number;
  start: number;
  /** -1 where a marker stands, or stood what was compacted away. */
  records: number[];
}

export function naiveLogs(trace: Trace, rows: readonly Row[]): NaiveLogs {
  const logs = trace.legend.partitions.map(
    ({ replicas }): NaiveLog => ({ leader: replicas[0] ?? -1, start: 0, records: [] }),
  );
  const partitionOf = new Map<number, number>();
  for (const row of rows) {
    const log = logs[row.place];
    if (!log) continue;
    if (row.kind === EntryKind.Appended) partitionOf.set(row.message, row.place);
    change(log, row);
  }
  const placesOf = new Map<number, Place[]>();
  const offsetOf = new Map<number, number>();
  logs.forEach(({ start, records }, partition) => {
    records.forEach((message, offset) => {
      if (message >= 0) offsetOf.set(message, offset);
      if (message < 0 || offset < start) return;
      placesOf.set(message, [...(placesOf.get(message) ?? []), { partition, offset }]);
    });
  });
  const positions = positionsIn(trace, rows);
  return { placesOf, offsetOf, partitionOf, positions, topicOfSender: topicsOf(trace) };
}

function change(log: NaiveLog, { kind, node, value, message }: Row): void {
  const isLeaders = node === log.leader;
  if (kind === EntryKind.LeaderChanged && value >= 0) log.leader = value;
  else if (kind === EntryKind.RecordRemoved) log.records[value] = -1;
  else if (!isLeaders) return;
  else if (kind === EntryKind.Appended) log.records.push(message);
  else if (kind === EntryKind.MarkerAppended) log.records.push(-1);
  else if (kind === EntryKind.Truncated) log.records.length = value;
  else if (kind === EntryKind.LogStartMoved) log.start = value;
}

/** A group is where the member that was placed last has come to; others move it nowhere. */
function positionsIn({ legend }: Trace, rows: readonly Row[]): Map<string, number> {
  const positions = new Map<string, number>();
  const placed = new Map<string, number>();
  for (const { kind, node, place, value } of rows) {
    const group = legend.nodes[node]?.group ?? -1;
    const reading = `${group < 0 ? node : group} ${place}`;
    if (kind === EntryKind.PositionReset || kind === EntryKind.Assigned) {
      positions.set(reading, value);
      placed.set(reading, node);
    } else if ((kind === EntryKind.Delivered && value >= 0) || kind === EntryKind.Skipped) {
      if ((placed.get(reading) ?? node) !== node) continue;
      const position = kind === EntryKind.Skipped ? value : value + 1;
      positions.set(reading, Math.max(position, positions.get(reading) ?? 0));
    }
  }
  return positions;
}

function topicsOf({ entries, messages, legend }: Trace): Map<number, string> {
  const topics = new Map<number, string>();
  for (const { sender, topic } of legend.partitions) if (sender >= 0) topics.set(sender, topic);
  for (let seq = 0; seq < entries.count; seq += 1) {
    if (entries.kind[seq] !== EntryKind.Appended) continue;
    const sender = messages.from[entries.message[seq] as number] as number;
    topics.set(sender, legend.partitions[entries.place[seq] as number]?.topic ?? '');
  }
  return topics;
}
