// Reads a trace once, and then finds any instant of it in a time that does not grow with its
// length.

import { EntryKind } from './entryKinds';
import type { CopyTable } from './ledger/copies';
import { LedgerBuilder } from './ledger/ledger';
import type { StageLedger } from './ledger/stageBook';
import { type OpenSpans, openSpans } from './series/openSpans';
import { type Standing, StandingBuilder } from './standing';
import type { EntrySeq, MessageIndex, PartitionIndex, StageId, Trace } from './trace';
import { type StageTraffic, TrafficBuilder } from './traffic';

/** Entries between two samples of the time column. */
const SAMPLE_BITS = 8;

/** A trace with what was worked out from it; everything that reads a run reads this. */
export interface TraceIndex {
  readonly trace: Trace;
  readonly copies: CopyTable;
  readonly ledgers: ReadonlyMap<StageId, StageLedger>;
  readonly traffic: ReadonlyMap<StageId, StageTraffic>;
  readonly standing: Standing;
  /** Transfers from their leaving to their end. */
  readonly onTheLine: OpenSpans;
  /** Times of every 256th entry. */
  readonly sampledTimes: Float64Array;
  /** Messages by partition and offset; the newest where a crash let an offset be used again. */
  readonly logs: readonly (readonly MessageIndex[])[];
  /** Messages from their hand-over to their leaving. */
  readonly unsent: OpenSpans;
  /** Held and let go again, in order of time: what the replay buffers did. */
  readonly bufferEntries: readonly EntrySeq[];
}

/**
 * Works out everything that `worldAt`, `ledgerAt` and `measuresAt` need; one pass over the entries.
 */
export function indexTrace(trace: Trace): TraceIndex {
  const { entries, legend } = trace;
  const ledger = new LedgerBuilder(trace);
  const traffic = new TrafficBuilder(trace);
  const standing = new StandingBuilder(trace);
  const bufferEntries: EntrySeq[] = [];
  for (let seq = 0; seq < entries.count; seq += 1) {
    ledger.read(seq);
    traffic.read(seq);
    standing.read(seq);
    const kind = entries.kind[seq];
    if (kind === EntryKind.Held || kind === EntryKind.LetGo) bufferEntries.push(seq);
  }
  return {
    trace,
    copies: ledger.copies,
    ledgers: new Map(legend.stages.map((stage) => [stage, ledger.stage(stage)])),
    traffic: new Map(legend.stages.map((stage) => [stage, traffic.stage(stage)])),
    standing: standing.seal(),
    onTheLine: openSpans(trace.transfers.startSeq, trace.transfers.endSeq),
    sampledTimes: sampleTimes(entries.time),
    logs: ledger.copies.logs.records,
    unsent: openSpans(trace.messages.sentSeq, ledger.copies.departure),
    bufferEntries,
  };
}

/** The last entry at or before `time`; -1 before the first. */
export function lastSeqAt(index: TraceIndex, time: number): EntrySeq {
  const { time: times, count } = index.trace.entries;
  const sample = lastAtOrBefore(index.sampledTimes, time, {
    from: 0,
    to: index.sampledTimes.length,
  });
  if (sample < 0) return -1;
  const from = sample << SAMPLE_BITS;
  const to = Math.min(count, from + (1 << SAMPLE_BITS));
  return lastAtOrBefore(times, time, { from, to });
}

/** Message at an offset of a log; -1 if nothing was ever written there. */
export function recordAt(
  index: TraceIndex,
  partition: PartitionIndex,
  offset: number,
): MessageIndex {
  return index.logs[partition]?.[offset] ?? -1;
}

function sampleTimes(times: Float64Array): Float64Array {
  const samples = new Float64Array(Math.ceil(times.length / (1 << SAMPLE_BITS)));
  for (let sample = 0; sample < samples.length; sample += 1) {
    samples[sample] = times[sample << SAMPLE_BITS] as number;
  }
  return samples;
}

function lastAtOrBefore(
  times: Float64Array,
  time: number,
  range: { readonly from: number; readonly to: number },
): number {
  let low = range.from;
  let high = range.to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
