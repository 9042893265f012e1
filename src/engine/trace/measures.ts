// Every measure of a stage at any instant, as the run on screen has it; null where one has no
// meaning.

import { LOSS_CAUSES, type LossCause } from './entryKinds';
import { CopyState } from './ledger/copies';
import { DeliveryCount } from './ledger/deliveries';
import { SendCount, type StageLedger } from './ledger/stageBook';
import type { PrefixQuantiles } from './series/quantiles';
import type { StepSeries } from './series/stepSeries';
import { LogColumn, ReaderColumn, StageColumn } from './standing';
import type { MessageIndex, NodeIndex, StageId, TransferIndex } from './trace';
import { lastSeqAt, type TraceIndex } from './traceIndex';

/** Copies by state, one per message and reader: sent = delivered + waiting + inFlight + missed. */
export interface Ledger {
  readonly sent: number;
  readonly delivered: number;
  readonly waiting: number;
  readonly inFlight: number;
  readonly missed: number;
  /** Deliveries beyond a copy's first. */
  readonly duplicated: number;
  /** Deliveries with a lower send number than one already delivered from the same sender. */
  readonly reordered: number;
  /** Messages that could be read again now. */
  readonly stored: number;
  /** Copies delivered from storage after an absence or a restart. */
  readonly recovered: number;
}

/** In milliseconds. */
export interface Percentiles {
  readonly p50: number | null;
  readonly p99: number | null;
}

/** Shares are fractions 0–1, latencies milliseconds, sizes bytes. */
export interface Measures extends Ledger {
  readonly overlapWire: number | null;
  readonly overlapConnection: number | null;
  readonly overlapParticipant: number | null;
  readonly latencyMs: Percentiles;
  readonly transitMs: Percentiles;
  readonly throughputPerSecond: number | null;
  readonly lag: number | null;
  readonly connections: number;
  readonly handshakes: number | null;
  readonly overheadBytesPerMessage: number | null;
  readonly controlBytesPerMessage: number | null;
  readonly buffered: number;
  readonly hops: number | null;
  readonly unsolicited: number;
  readonly coupled: number | null;
  readonly reach: number | null;
}

export function ledgerAt(index: TraceIndex, stage: StageId, time: number): Ledger {
  const seq = lastSeqAt(index, time);
  const ledger = ledgerOf(index, stage);
  const copies = valuesAt(ledger.states, seq);
  const deliveries = valuesAt(ledger.deliveries.counts, seq);
  return {
    sent: ledger.sends.valueAt(seq, SendCount.Sent),
    delivered: copies(CopyState.Delivered),
    waiting: copies(CopyState.Waiting),
    inFlight: copies(CopyState.InFlight),
    missed: copies(CopyState.Missed),
    duplicated: deliveries(DeliveryCount.Duplicated),
    reordered: deliveries(DeliveryCount.Reordered),
    stored: storedAt(index, stage, seq),
    recovered: deliveries(DeliveryCount.Recovered),
  };
}

export function measuresAt(index: TraceIndex, stage: StageId, time: number): Measures {
  const seq = lastSeqAt(index, time);
  const copies = ledgerAt(index, stage, time);
  const { delivered } = copies;
  const ledger = ledgerOf(index, stage);
  const sends = valuesAt(ledger.sends, seq);
  const deliveries = valuesAt(ledger.deliveries.counts, seq);
  const traffic = index.traffic.get(stage);
  const standing = index.standing.stages.get(stage);
  const messages = sends(SendCount.Messages);
  const bytes = (column: number) => traffic?.bytes.valueAt(seq, column) ?? 0;
  const last = deliveries(DeliveryCount.LastDelivery);
  return {
    ...copies,
    overlapWire: traffic?.wire.shareAt(seq, time) ?? null,
    overlapConnection: traffic?.connection.shareAt(seq, time) ?? null,
    overlapParticipant: traffic?.participant.shareAt(seq, time) ?? null,
    latencyMs: percentiles(ledger.deliveries.latency, delivered),
    transitMs: percentiles(ledger.deliveries.transit, delivered),
    throughputPerSecond: ratio(delivered * 1_000_000, last - ledger.firstSend),
    lag: lagAt(index, stage, seq),
    connections: standing?.valueAt(seq, StageColumn.Open) ?? 0,
    handshakes:
      stage === 'websocket' ? (standing?.valueAt(seq, StageColumn.Handshakes) ?? 0) : null,
    overheadBytesPerMessage: ratio(bytes(0), messages),
    controlBytesPerMessage: ratio(bytes(1), messages),
    buffered: ledger.buffered.valueAt(seq),
    hops: ratio(deliveries(DeliveryCount.Hops), delivered),
    unsolicited: deliveries(DeliveryCount.Unsolicited),
    coupled: ratio(sends(SendCount.NeedOnline), messages),
    reach: ratio(deliveries(DeliveryCount.Broadcast), sends(SendCount.Broadcast)),
  };
}

/** A copy that is missed, why, and since when. */
export interface Miss {
  readonly time: number;
  readonly message: MessageIndex;
  readonly reader: NodeIndex;
  readonly cause: LossCause;
  /** The transfer that was dropped; -1 if it was not on the line. */
  readonly transfer: TransferIndex;
}

/** The copies that are missed at `time`, the newest first, at most so many. */
export function missesAt(index: TraceIndex, stage: StageId, time: number, atMost: number): Miss[] {
  const { misses } = ledgerOf(index, stage);
  const { entries } = index.trace;
  const seq = lastSeqAt(index, time);
  const found: Miss[] = [];
  for (let at = misses.length - 1; at >= 0 && found.length < atMost; at -= 1) {
    const miss = misses[at];
    if (!miss || miss.seq > seq || miss.until <= seq) continue;
    found.push({
      time: entries.time[miss.seq] as number,
      message: index.copies.messageOf[miss.copy] as number,
      reader: index.copies.readerOf[miss.copy] as number,
      cause: LOSS_CAUSES[miss.cause] ?? 'cut on the way',
      transfer: miss.transfer,
    });
  }
  return found;
}

function ledgerOf(index: TraceIndex, stage: StageId): StageLedger {
  const ledger = index.ledgers.get(stage);
  if (!ledger) throw new Error(`This run has no stage "${stage}".`);
  return ledger;
}

function valuesAt(series: StepSeries, seq: number): (column: number) => number {
  const row = series.rowAt(seq);
  return (column) => series.valueIn(row, column);
}

function percentiles(quantiles: PrefixQuantiles, count: number): Percentiles {
  const milliseconds = (share: number) => {
    const microseconds = quantiles.at(share, count);
    return microseconds === null ? null : microseconds / 1_000;
  };
  return { p50: milliseconds(0.5), p99: milliseconds(0.99) };
}

/** Null when there is nothing to divide by. */
function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

function storedAt(index: TraceIndex, stage: StageId, seq: number): number {
  let stored = index.standing.stages.get(stage)?.valueAt(seq, StageColumn.Held) ?? 0;
  index.trace.legend.partitions.forEach((partition, at) => {
    const series = index.standing.logs[at];
    if (partition.stage !== stage || !series) return;
    const row = series.rowAt(seq);
    const value = (column: number) => series.valueIn(row, column);
    stored += value(LogColumn.HighWatermark) - value(LogColumn.Start) - value(LogColumn.Gaps);
  });
  return stored;
}

function lagAt(index: TraceIndex, stage: StageId, seq: number): number | null {
  const { standing, trace } = index;
  let lag: number | null = null;
  for (const { partition, reader, series } of standing.readers) {
    const isHere = trace.legend.partitions[partition]?.stage === stage;
    const isAbsent = standing.nodes[reader]?.valueAt(seq, 2) === 1;
    if (!isHere || isAbsent) continue;
    const highWatermark = standing.logs[partition]?.valueAt(seq, LogColumn.HighWatermark) ?? 0;
    const position = series.valueAt(seq, ReaderColumn.Position);
    lag = (lag ?? 0) + Math.max(0, highWatermark - position);
  }
  return lag;
}
