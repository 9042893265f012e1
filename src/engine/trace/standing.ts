// What stands still between entries: nodes, links, connections, logs and readers, each as a series
// of steps.

import { type ClusterStanding, ClusterStandingBuilder } from './cluster/clusterStanding';
import { EntryKind } from './entryKinds';
import { LogGaps } from './logGaps';
import { ReadingMembers } from './readingMembers';
import { StepSeries } from './series/stepSeries';
import type { EntrySeq, NodeIndex, PartitionIndex, StageId, Trace } from './trace';

/** Columns of a node: 1 where it holds. */
export const NodeColumn = {
  Down: 0,
  Away: 1,
  Absent: 2,
  Fenced: 3,
  Stalled: 4,
  /** 1: from brokers, 2: from clients, 3: from both. */
  Isolated: 5,
  DiskFull: 6,
} as const;
const NODE_COLUMNS = 7;
/** Columns of a connection: the client's view of it as a whole, and each end's own. */
export const ConnectionColumn = { State: 0, Client: 1, Server: 2 } as const;
const CONNECTION_COLUMNS = 3;
/** What stands there; an end may be closing, which is no state of the whole. */
const ConnectionStateCode = { Closed: 0, Connecting: 1, Open: 2, Closing: 3 } as const;
/** Columns of a log, as its leader has it. */
export const LogColumn = {
  Start: 0,
  HighWatermark: 1,
  End: 2,
  /** Offsets below the watermark that hold nothing to read: markers, and holes of compaction. */
  Gaps: 3,
} as const;
const LOG_COLUMNS = 4;
/** Columns of a reader of a log; the committed offset is one higher than it is, 0 for none. */
export const ReaderColumn = { Position: 0, CommittedPlusOne: 1 } as const;
/** Columns of a stage. */
export const StageColumn = { Open: 0, Handshakes: 1, Held: 2 } as const;

interface NodeFlag {
  readonly column: number;
  readonly value: number;
}
const NODE_FLAGS = byKind<NodeFlag>({
  [EntryKind.WentAway]: { column: NodeColumn.Away, value: 1 },
  [EntryKind.CameBack]: { column: NodeColumn.Away, value: 0 },
  [EntryKind.Crashed]: { column: NodeColumn.Down, value: 1 },
  [EntryKind.Restarted]: { column: NodeColumn.Down, value: 0 },
  [EntryKind.Joined]: { column: NodeColumn.Absent, value: 0 },
  [EntryKind.BrokerFenced]: { column: NodeColumn.Fenced, value: 1 },
  [EntryKind.BrokerUnfenced]: { column: NodeColumn.Fenced, value: 0 },
  [EntryKind.Stalled]: { column: NodeColumn.Stalled, value: 1 },
  [EntryKind.Resumed]: { column: NodeColumn.Stalled, value: 0 },
  [EntryKind.Rejoined]: { column: NodeColumn.Isolated, value: 0 },
});

/** An appended record's entry bears its offset; the log's end is one higher. */
interface LogMark {
  readonly column: number;
  readonly add: number;
}
const LOG_MARKS = byKind<LogMark>({
  [EntryKind.Appended]: { column: LogColumn.End, add: 1 },
  [EntryKind.Truncated]: { column: LogColumn.End, add: 0 },
  [EntryKind.WatermarkMoved]: { column: LogColumn.HighWatermark, add: 0 },
  [EntryKind.LogStartMoved]: { column: LogColumn.Start, add: 0 },
  [EntryKind.MarkerAppended]: { column: LogColumn.End, add: 1 },
});

/** A reader goes on elsewhere than after its last record. */
const PLACINGS: ReadonlySet<EntryKind> = new Set<EntryKind>([
  EntryKind.PositionReset,
  EntryKind.Assigned,
  EntryKind.ReadOn,
]);

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
  readonly cluster: ClusterStanding;
  readonly stages: ReadonlyMap<StageId, StepSeries>;
}

/** A list without holes: it is asked about most entries. */
function byKind<T>(meanings: Partial<Record<EntryKind, T>>): readonly (T | undefined)[] {
  return Object.values(EntryKind).map((kind) => meanings[kind]);
}

/** From here on, the detail of a close says that its end had never been open. */
const NEVER_OPEN = 2;

interface ConnectionLives {
  dialling: number;
  open: number;
  /** At the server, where its end is told apart; -1: it is not. */
  accepted: number;
}

export class StandingBuilder {
  readonly #trace: Trace;
  readonly #nodes: readonly StepSeries[];
  readonly #links: readonly StepSeries[];
  readonly #connections: readonly StepSeries[];
  /** Of one connection several lives may overlap, and what ends need not be the newest. */
  readonly #lives: readonly ConnectionLives[];
  readonly #logs: readonly StepSeries[];
  readonly #gaps: readonly LogGaps[];
  readonly #readers: readonly ReaderSeries[];
  /** By partition and node; a hole where a node does not read. */
  readonly #readerOf: (StepSeries | undefined)[] = [];
  readonly #stages: ReadonlyMap<StageId, StepSeries>;
  readonly #cluster: ClusterStandingBuilder;
  readonly #members: ReadingMembers;
  /** Node of each partition's leader, or of its last one; what others write is not its log. */
  readonly #leaders: Int32Array;
  // A message that several readers' buffers hold is stored once.
  readonly #held: Int32Array;

  constructor(trace: Trace) {
    const { legend, messages } = trace;
    const { count } = trace.entries;
    this.#trace = trace;
    this.#nodes = legend.nodes.map(() => new StepSeries(NODE_COLUMNS, count));
    this.#links = legend.links.map(() => new StepSeries(1, count));
    this.#connections = legend.connections.map(() => new StepSeries(CONNECTION_COLUMNS, count));
    this.#lives = legend.connections.map(() => ({ dialling: 0, open: 0, accepted: -1 }));
    this.#logs = legend.partitions.map(() => new StepSeries(LOG_COLUMNS, count));
    this.#gaps = legend.partitions.map(() => new LogGaps());
    this.#readers = legend.partitions.flatMap(({ readers }, partition) =>
      readers.map((reader) => ({ partition, reader, series: new StepSeries(2, count) })),
    );
    this.#stages = new Map(legend.stages.map((stage) => [stage, new StepSeries(3, count)]));
    this.#held = new Int32Array(messages.count);
    for (const { partition, reader, series } of this.#readers) {
      this.#readerOf[partition * legend.nodes.length + reader] = series;
    }
    this.#leaders = Int32Array.from(legend.partitions, ({ replicas }) => replicas[0] ?? -1);
    this.#members = new ReadingMembers(trace);
    this.#cluster = new ClusterStandingBuilder(trace, this.#logs);
    this.#markLate();
  }

  read(seq: EntrySeq): void {
    const { entries } = this.#trace;
    const kind = entries.kind[seq] as EntryKind;
    // Most entries are about what moves, and nothing stands still by them.
    if (kind >= EntryKind.Sent && kind <= EntryKind.TransferDropped) return;
    const node = entries.node[seq] as number;
    const place = entries.place[seq] as number;
    const value = entries.value[seq] as number;
    if (kind >= EntryKind.Replicated) this.#cluster.read(seq, kind);
    const flag = NODE_FLAGS[kind];
    const mark = LOG_MARKS[kind];
    if (kind === EntryKind.LeaderChanged && value >= 0) this.#leaders[place] = value;
    if (flag) this.#set(this.#nodes[node], flag.column, { seq, value: flag.value });
    else if (mark && this.#leaders[place] !== node) return;
    else if (mark) this.#logMoves(seq, mark);
    else if (kind === EntryKind.RecordRemoved) this.#gapOpens(seq);
    else if (kind === EntryKind.LinkCut) this.#set(this.#links[place], 0, { seq, value: 1 });
    else if (kind === EntryKind.LinkRestored) this.#set(this.#links[place], 0, { seq, value: 0 });
    else if (kind === EntryKind.Connecting) this.#connecting(seq, place);
    else if (kind === EntryKind.Opened) this.#opened(seq, { place, value });
    else if (kind === EntryKind.Closed) this.#closed(seq, place);
    else if (kind === EntryKind.Accepted) this.#accepted(seq, place);
    else if (kind === EntryKind.Closing) this.#closing(seq, place);
    else if (kind === EntryKind.Held) this.#keeps(seq, 1);
    else if (kind === EntryKind.LetGo) this.#keeps(seq, -1);
    else if (kind === EntryKind.Isolated) this.#isolated(seq, { node, value });
    else if (kind === EntryKind.DiskFilled) {
      this.#set(this.#nodes[node], NodeColumn.DiskFull, { seq, value });
    } else if (place >= 0) this.#readerMoves(seq, kind);
  }

  #isolated(seq: EntrySeq, { node, value }: { readonly node: number; readonly value: number }) {
    const series = this.#nodes[node];
    const before = series?.last(NodeColumn.Isolated) ?? 0;
    this.#set(series, NodeColumn.Isolated, { seq, value: before | value });
  }

  #readerMoves(seq: EntrySeq, kind: EntryKind): void {
    const { node, place, value } = this.#trace.entries;
    const member = node[seq] as number;
    const group = this.#trace.legend.nodes[member]?.group ?? -1;
    const reader = group < 0 ? member : group;
    const partition = place[seq] as number;
    const offset = value[seq] as number;
    const series = this.#readerOf[partition * this.#nodes.length + reader];
    const step = { partition, reader, member, position: offset };
    if (kind === EntryKind.Committed) {
      this.#set(series, ReaderColumn.CommittedPlusOne, { seq, value: offset + 1 });
    } else if (kind === EntryKind.Delivered || kind === EntryKind.Skipped) {
      const position = kind === EntryKind.Delivered ? offset + 1 : offset;
      const isOn = this.#members.handOver({ ...step, position });
      if (isOn) this.#set(series, ReaderColumn.Position, { seq, value: position });
    } else if (PLACINGS.has(kind)) {
      this.#members.place(step);
      this.#set(series, ReaderColumn.Position, { seq, value: offset });
    }
  }

  #logMoves(seq: EntrySeq, mark: LogMark): void {
    const { entries } = this.#trace;
    const kind = entries.kind[seq];
    const place = entries.place[seq] as number;
    const offset = entries.value[seq] as number;
    this.#cluster.logMoves(seq, place);
    const log = this.#logs[place];
    this.#set(log, mark.column, { seq, value: offset + mark.add });
    const gaps = this.#gaps[place] as LogGaps;
    if (kind === EntryKind.Appended) return;
    if (kind === EntryKind.MarkerAppended) gaps.add(offset);
    else if (kind === EntryKind.WatermarkMoved) gaps.endsAt(offset);
    else if (kind === EntryKind.LogStartMoved) gaps.startsAt(offset);
    else gaps.truncateTo(offset);
    this.#set(log, LogColumn.Gaps, { seq, value: gaps.count });
  }

  #gapOpens(seq: EntrySeq): void {
    const { entries } = this.#trace;
    const place = entries.place[seq] as number;
    const gaps = this.#gaps[place] as LogGaps;
    gaps.add(entries.value[seq] as number);
    this.#set(this.#logs[place], LogColumn.Gaps, { seq, value: gaps.count });
  }

  #connecting(seq: EntrySeq, place: number): void {
    const lives = this.#lives[place] as ConnectionLives;
    lives.dialling += 1;
    this.#clientSees(seq, place);
  }

  seal(): Standing {
    for (const series of [this.#nodes, this.#links, this.#connections, this.#logs].flat()) {
      series.seal();
    }
    for (const { series } of this.#readers) series.seal();
    for (const series of this.#stages.values()) series.seal();
    return {
      nodes: this.#nodes,
      links: this.#links,
      connections: this.#connections,
      logs: this.#logs,
      readers: this.#readers,
      cluster: this.#cluster.seal(),
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
    const { place } = entry;
    const lives = this.#lives[place] as ConnectionLives;
    lives.dialling -= 1;
    lives.open += 1;
    this.#clientSees(seq, place);
    // Where a server's end says nothing of its own, it is open when the client's is.
    if (lives.accepted < 0) this.#end(seq, ConnectionColumn.Server, ConnectionStateCode.Open);
    this.#stage(seq, StageColumn.Open, 1);
    this.#stage(seq, StageColumn.Handshakes, entry.value);
  }

  #accepted(seq: EntrySeq, place: number): void {
    const lives = this.#lives[place] as ConnectionLives;
    lives.accepted = Math.max(0, lives.accepted) + 1;
    this.#end(seq, ConnectionColumn.Server, ConnectionStateCode.Open);
  }

  #closing(seq: EntrySeq, place: number): void {
    const isClient = this.#isClients(seq, place);
    const column = isClient ? ConnectionColumn.Client : ConnectionColumn.Server;
    this.#end(seq, column, ConnectionStateCode.Closing);
  }

  #closed(seq: EntrySeq, place: number): void {
    const lives = this.#lives[place] as ConnectionLives;
    const detail = this.#trace.entries.detail[seq] as number;
    const isBoth = detail < 0;
    if (!isBoth && !this.#isClients(seq, place)) {
      lives.accepted -= 1;
      if (lives.accepted > 0) return;
      this.#end(seq, ConnectionColumn.Server, ConnectionStateCode.Closed);
      return;
    }
    const wasOpen = isBoth ? lives.open > 0 : detail < NEVER_OPEN;
    if (wasOpen) lives.open -= 1;
    else lives.dialling -= 1;
    if (wasOpen) this.#stage(seq, StageColumn.Open, -1);
    this.#clientSees(seq, place);
    if (isBoth) this.#end(seq, ConnectionColumn.Server, ConnectionStateCode.Closed);
  }

  /** The newest that the client has of a connection. */
  #clientSees(seq: EntrySeq, place: number): void {
    const { dialling, open } = this.#lives[place] as ConnectionLives;
    const { Closed, Connecting, Open } = ConnectionStateCode;
    const value = open > 0 ? Open : dialling > 0 ? Connecting : Closed;
    this.#end(seq, ConnectionColumn.State, value);
    this.#end(seq, ConnectionColumn.Client, value);
  }

  #end(seq: EntrySeq, column: number, value: number): void {
    const place = this.#trace.entries.place[seq] as number;
    this.#set(this.#connections[place], column, { seq, value });
  }

  #isClients(seq: EntrySeq, place: number): boolean {
    const { entries, legend } = this.#trace;
    return legend.connections[place]?.client === entries.node[seq];
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
    const { kind, node } = this.#trace.entries;
    let seq = kind.indexOf(EntryKind.Joined);
    for (; seq >= 0; seq = kind.indexOf(EntryKind.Joined, seq + 1)) {
      const series = this.#nodes[node[seq] as number];
      series?.at(0, Number.NEGATIVE_INFINITY);
      series?.set(NodeColumn.Absent, 1);
    }
  }
}
