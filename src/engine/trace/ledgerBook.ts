// What a stage's ledger counts and keeps: its columns, its misses, and the book that is written.

import { float64Column } from './columns';
import type { CopyIndex } from './copies';
import type { PrefixQuantiles } from './series/quantiles';
import { StepSeries } from './series/stepSeries';
import type { EntrySeq, TransferIndex } from './trace';

/** Columns of a stage's copy counts. */
export const Count = {
  Sent: 0,
  Delivered: 1,
  Waiting: 2,
  InFlight: 3,
  Missed: 4,
  Duplicated: 5,
  Reordered: 6,
  Recovered: 7,
  Messages: 8,
  NeedOnline: 9,
  Hops: 10,
  Unsolicited: 11,
  LastDelivery: 12,
  BufferedBytes: 13,
  BroadcastSent: 14,
  BroadcastDelivered: 15,
} as const;
const COUNTS = 16;

/** A copy that became missed, and, if it did, when it stopped being so. */
export interface MissRecord {
  readonly seq: EntrySeq;
  readonly copy: CopyIndex;
  readonly cause: number;
  readonly transfer: TransferIndex;
  /** The entry that brought it back; Infinity if none did. */
  until: number;
}

/** What is counted of one stage. */
export interface StageLedger {
  readonly counts: StepSeries;
  /** In the order of first deliveries, in microseconds. */
  readonly latency: PrefixQuantiles;
  readonly transit: PrefixQuantiles;
  readonly misses: readonly MissRecord[];
  /** When the first message was handed over; NaN: none was. */
  readonly firstSend: number;
}

/** A stage's ledger while it is written. */
export interface Book {
  readonly counts: StepSeries;
  readonly latencies: ReturnType<typeof float64Column>;
  readonly transits: ReturnType<typeof float64Column>;
  readonly misses: MissRecord[];
  firstDeliveries: number;
  firstSend: number;
}

export function newBook(): Book {
  return {
    counts: new StepSeries(COUNTS),
    latencies: float64Column(),
    transits: float64Column(),
    misses: [],
    firstDeliveries: 0,
    firstSend: Number.NaN,
  };
}
