// What stands still between entries: nodes, links, connections, logs and readers, each as a series of steps.

import { EntryKind } from './entryKinds';
import { StepSeries } from './stepSeries';
import type { EntrySeq, NodeIndex, PartitionIndex, StageId, Trace } from './trace';

/** Columns of a node: 1 where it holds. */
export const NodeColumn = { Down: 0, Away: 1, Absent: 2 } as const;
/** Column of a connection: 0 closed, 1 connecting, 2 open. */
export const ConnectionStateCode = { Closed: 0, Connecting: 1, Open: 2 } as const;
/** Columns of a log. */
export const LogColumn = { Start: 0, HighWatermark: 1, End: 2 } as const;
/** Columns of a reader of a log; the committed offset is one higher than it is, 0 for none. */
export const ReaderColumn = { Position: 0, CommittedPlusOne: 1 } as const;
/** Columns of a stage. */
export const StageColumn = { Open: 0, Handshakes: 1, Held: 2 } as const;

export interface ReaderSeries {
  readonly partition: PartitionIndex;
  readonly reader: NodeIndex;
  readonly series: StepSeries;
}

/** All series of a trace, sealed. */
export interface Standing {
  readonly nodes: readonly StepSeries[];
  readonly links: readonly StepSeries[];
  readonly connections: readonly StepSeries[];
  readonly logs: readonly StepSeries[];
  readonly readers: readonly ReaderSeries[];
  readonly stages: ReadonlyMap<StageId, StepSeries>;
}

export class StandingBuilder {
  readonly #trace: Trace;
  readonly #nodes: readonly StepSeries[];
  readonly #links: readonly StepSeries[];
  readonly #connections: readonly StepSeries[];
  readonly #logs: readonly StepSeries[];
  readonly #readers: readonly ReaderSeries[];
  readonly #readerOf = new Map<number, StepSeries>();
  readonly #stages: ReadonlyMap<StageId, StepSeries>;
  // A message that several readers' buffers hold is stored once.
  readonly #held: Int32Array;

  constructor(trace: Trace) {
    const { legend, messages } = trace;
    this.#trace = trace;
    this.#nodes = legend.nodes.map(() => new StepSeries(3));
    this.#links = legend.links.map(() => new StepSeries(1));
    this.#connections = legend.connections.map(() => new StepSeries(1));
    this.#logs = legend.partitions.map(() => new StepSeries(3));
    this.#readers = legend.partitions.flatMap(({ readers }, partition) =>
      readers.map((reader) => ({ partition, reader, series: new StepSeries(2) })),
    );
    this.#stages = new Map(legend.stages.map((stage) => [stage, new StepSeries(3)]));
    this.#held = new Int32Array(messages.count);
    for (const { partition, reader, series } of this.#readers) {
      this.#readerOf.set(partition * legend.nodes.length + reader, series);
    }
    this.#markLate();
  }

  read(seq: EntrySeq): void {
    const { entries } = this.#trace;
    const node = entries.node[seq] as number;
    const place = entries.place[seq] as number;
    const value = entries.value[seq] as number;
    switch (entries.kind[seq]) {
      case EntryKind.WentAway:
        return this.#set(this.#nodes[node], NodeColumn.Away, { seq, value: 1 });
      case EntryKind.CameBack:
        return this.#set(this.#nodes[node], NodeColumn.Away, { seq, value: 0 });
      case EntryKind.Crashed:
        return this.#set(this.#nodes[node], NodeColumn.Down, { seq, value: 1 });
      case EntryKind.Restarted:
        return this.#set(this.#nodes[node], NodeColumn.Down, { seq, value: 0 });
      case EntryKind.Joined:
        return this.#set(this.#nodes[node], NodeColumn.Absent, { seq, value: 0 });
      case EntryKind.LinkCut:
        return this.#set(this.#links[place], 0, { seq, value: 1 });
      case EntryKind.LinkRestored:
        return this.#set(this.#links[place], 0, { seq, value: 0 });
      case EntryKind.Connecting:
        return this.#set(this.#connections[place], 0, {
          seq,
          value: ConnectionStateCode.Connecting,
        });
      case EntryKind.Opened:
        return this.#opened(seq, { place, value });
      case EntryKind.Closed:
        return this.#closed(seq, place);
      case EntryKind.Appended:
        return this.#set(this.#logs[place], LogColumn.End, { seq, value: value + 1 });
      case EntryKind.Truncated:
        return this.#set(this.#logs[place], LogColumn.End, { seq, value });
      case EntryKind.WatermarkMoved:
        return this.#set(this.#logs[place], LogColumn.HighWatermark, { seq, value });
      case EntryKind.LogStartMoved:
        return this.#set(this.#logs[place], LogColumn.Start, { seq, value });
      case EntryKind.Delivered:
        if (place >= 0) this.#reader(seq, ReaderColumn.Position, value + 1);
        return;
      case EntryKind.PositionReset:
        return this.#reader(seq, ReaderColumn.Position, value);
      case EntryKind.Committed:
        return this.#reader(seq, ReaderColumn.CommittedPlusOne, value + 1);
      case EntryKind.Held:
        return this.#keeps(seq, 1);
      case EntryKind.LetGo:
        return this.#keeps(seq, -1);
    }
  }

  seal(): Standing {
    const { count } = this.#trace.entries;
    for (const series of [this.#nodes, this.#links, this.#connections, this.#logs].flat()) {
      series.seal(count);
    }
    for (const { series } of this.#readers) series.seal(count);
    for (const series of this.#stages.values()) series.seal(count);
    return {
      nodes: this.#nodes,
      links: this.#links,
      connections: this.#connections,
      logs: this.#logs,
      readers: this.#readers,
      stages: this.#stages,
    };
  }

  #set(
    series: StepSeries | undefined,
    column: number,
    to: { readonly seq: EntrySeq; readonly value: number },
  ): void {
    series?.at(to.seq, this.#trace.entries.time[to.seq] as number);
    series?.set(column, to.value);
  }

  #stage(seq: EntrySeq, column: number, change: number): void {
    const node = this.#trace.legend.nodes[this.#trace.entries.node[seq] as number];
    const series = node && this.#stages.get(node.stage);
    series?.at(seq, this.#trace.entries.time[seq] as number);
    series?.add(column, change);
  }

  #opened(seq: EntrySeq, entry: { readonly place: number; readonly value: number }): void {
    const series = this.#connections[entry.place];
    this.#set(series, 0, { seq, value: ConnectionStateCode.Open });
    this.#stage(seq, StageColumn.Open, 1);
    this.#stage(seq, StageColumn.Handshakes, entry.value);
  }

  #closed(seq: EntrySeq, place: number): void {
    const series = this.#connections[place];
    if (series?.last(0) === ConnectionStateCode.Open) this.#stage(seq, StageColumn.Open, -1);
    this.#set(series, 0, { seq, value: ConnectionStateCode.Closed });
  }

  #reader(seq: EntrySeq, column: number, value: number): void {
    const { entries } = this.#trace;
    const partition = entries.place[seq] as number;
    const key = partition * this.#nodes.length + (entries.node[seq] as number);
    this.#set(this.#readerOf.get(key), column, { seq, value });
  }

  #keeps(seq: EntrySeq, change: 1 | -1): void {
    const { entries, messages } = this.#trace;
    const message = entries.message[seq] as number;
    // A sender that lets go of its own message was not a store that anyone could read again.
    if (messages.from[message] === entries.node[seq]) return;
    const before = this.#held[message] as number;
    this.#held[message] = before + change;
    if (before === 0 || before + change === 0) this.#stage(seq, StageColumn.Held, change);
  }

  /** Nodes that join later are absent from the first instant on. */
  #markLate(): void {
    const { entries } = this.#trace;
    for (let seq = 0; seq < entries.count; seq += 1) {
      if (entries.kind[seq] !== EntryKind.Joined) continue;
      const series = this.#nodes[entries.node[seq] as number];
      series?.at(0, Number.NEGATIVE_INFINITY);
      series?.set(NodeColumn.Absent, 1);
    }
  }
}
