// How long each record stays in the log until its readers have been sent it; the trace alone says.

import {
  EntryKind,
  type EntrySeq,
  type MessageIndex,
  type NodeIndex,
  type PartitionIndex,
  type StageId,
  type TraceIndex,
  type TransferIndex,
} from '../../../engine/index';

/** A record from its writing to its leaving for the last of its readers; times in microseconds. */
export interface Stay {
  readonly message: MessageIndex;
  readonly partition: PartitionIndex;
  /** Who led the partition as it was written. */
  readonly broker: NodeIndex;
  readonly offset: number;
  readonly from: number;
  /** When all copies in sync had it; Infinity: never in this run. */
  readonly safeAt: number;
  /** When it left for its last reader, or the log let go of it; Infinity: it waits to the end. */
  readonly to: number;
  readonly end: 'left' | 'gone' | 'waits';
  /** The first transfer that took it to a reader; -1: none did. */
  readonly leaving: TransferIndex;
}

type OpenStay = { -readonly [Key in keyof Stay]: Stay[Key] } & { pending: number };

/** In the order of writing. */
export function staysOf(index: TraceIndex, stage: StageId): Stay[] {
  if (!index.trace.legend.partitions.some((partition) => partition.stage === stage)) return [];
  const reader = new StayReader(index, stage);
  for (let seq = 0; seq < index.trace.entries.count; seq += 1) reader.read(seq);
  reader.leaveOutMissed(stage);
  return reader.stays.map(({ pending, ...stay }) => {
    if (stay.end === 'gone') return stay;
    const hasLeft = pending === 0 && stay.leaving >= 0;
    return hasLeft ? { ...stay, end: 'left' } : { ...stay, to: Number.POSITIVE_INFINITY };
  });
}

class StayReader {
  readonly stays: OpenStay[] = [];
  readonly #index: TraceIndex;
  readonly #leaders: NodeIndex[];
  readonly #isHere: readonly boolean[];
  readonly #ofMessage = new Map<MessageIndex, OpenStay>();
  /** By partition and offset. */
  readonly #logs: OpenStay[][];
  readonly #watermarks: number[];
  readonly #starts: number[];
  readonly #sentCopies = new Set<number>();

  constructor(index: TraceIndex, stage: StageId) {
    const { partitions } = index.trace.legend;
    this.#index = index;
    this.#leaders = partitions.map(({ replicas }) => replicas[0] ?? -1);
    this.#isHere = partitions.map((partition) => partition.stage === stage);
    this.#logs = partitions.map(() => []);
    this.#watermarks = partitions.map(() => 0);
    this.#starts = partitions.map(() => 0);
  }

  read(seq: EntrySeq): void {
    const { entries } = this.#index.trace;
    const kind = entries.kind[seq];
    if (kind === EntryKind.TransferStarted) {
      this.#leaves(seq);
      return;
    }
    const place = entries.place[seq] as number;
    const value = entries.value[seq] as number;
    if (kind === EntryKind.LeaderChanged && value >= 0) this.#leaders[place] = value;
    if (kind === EntryKind.RecordRemoved) this.#goes(this.#logs[place]?.[value], seq);
    if (this.#leaders[place] !== entries.node[seq] || !this.#isHere[place]) return;
    if (kind === EntryKind.Appended) this.#written(seq);
    else if (kind === EntryKind.WatermarkMoved) this.#safeUpTo(seq);
    else if (kind === EntryKind.LogStartMoved) {
      for (let at = this.#starts[place] as number; at < value; at += 1) {
        this.#goes(this.#logs[place]?.[at], seq);
      }
      this.#starts[place] = Math.max(value, this.#starts[place] as number);
    } else if (kind === EntryKind.Truncated) {
      for (const stay of this.#logs[place]?.splice(value) ?? []) this.#goes(stay, seq);
    }
  }

  /** A copy that is lost waits in no log. */
  leaveOutMissed(stage: StageId): void {
    for (const { copy, until } of this.#index.ledgers.get(stage)?.misses ?? []) {
      const stay = this.#ofMessage.get(this.#index.copies.messageOf[copy] as number);
      if (stay === undefined || this.#sentCopies.has(copy) || Number.isFinite(until)) continue;
      stay.pending = Math.max(0, stay.pending - 1);
    }
  }

  #written(seq: EntrySeq): void {
    const { entries, messages } = this.#index.trace;
    const message = entries.message[seq] as number;
    const time = entries.time[seq] as number;
    const partition = entries.place[seq] as number;
    const offset = entries.value[seq] as number;
    const stay: OpenStay = {
      message,
      partition,
      broker: entries.node[seq] as number,
      offset,
      from: time,
      safeAt: Number.POSITIVE_INFINITY,
      to: time,
      end: 'waits',
      leaving: -1,
      pending: messages.readersCount[message] as number,
    };
    this.stays.push(stay);
    this.#ofMessage.set(message, stay);
    (this.#logs[partition] as OpenStay[])[offset] = stay;
  }

  #safeUpTo(seq: EntrySeq): void {
    const { entries } = this.#index.trace;
    const place = entries.place[seq] as number;
    const until = entries.value[seq] as number;
    for (let offset = this.#watermarks[place] as number; offset < until; offset += 1) {
      const stay = this.#logs[place]?.[offset];
      if (stay?.safeAt === Number.POSITIVE_INFINITY) stay.safeAt = entries.time[seq] as number;
    }
    this.#watermarks[place] = Math.max(until, this.#watermarks[place] as number);
  }

  #goes(stay: OpenStay | undefined, seq: EntrySeq): void {
    if (stay === undefined || stay.pending === 0 || stay.end === 'gone') return;
    stay.end = 'gone';
    stay.to = this.#index.trace.entries.time[seq] as number;
  }

  /** Messages set out from a broker, each copy the first time. */
  #leaves(seq: EntrySeq): void {
    const { transfers, carried, legend, entries } = this.#index.trace;
    const transfer = entries.transfer[seq] as number;
    if (legend.nodes[transfers.from[transfer] as number]?.role !== 'broker') return;
    const to = transfers.to[transfer] as number;
    const group = legend.nodes[to]?.group ?? -1;
    const first = transfers.carriedFrom[transfer] as number;
    const end = first + (transfers.carriedCount[transfer] as number);
    for (let at = first; at < end; at += 1) {
      const message = carried[at] as number;
      const stay = this.#ofMessage.get(message);
      const copy = this.#index.copies.find(message, group < 0 ? to : group);
      if (stay === undefined || copy < 0 || this.#sentCopies.has(copy)) continue;
      this.#sentCopies.add(copy);
      stay.pending = Math.max(0, stay.pending - 1);
      stay.to = entries.time[seq] as number;
      if (stay.leaving < 0) stay.leaving = transfer;
    }
  }
}
