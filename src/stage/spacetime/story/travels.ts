// What travelled on a stage, from its leaving to its end: messages, and the quieter asks and acks.

import {
  EntryKind,
  type MessageIndex,
  type NodeIndex,
  type StageId,
  TRANSFER_TYPES,
  type TraceIndex,
  type TransferIndex,
  type TransferType,
} from '../../../engine/index';
import { type Spans, spansOf } from './spans';

/** Transfers by their place in `spans`. */
export interface Travels {
  readonly spans: Spans;
  readonly transfers: Int32Array;
}

/** What asks, confirms or opens; all other control traffic would only be in the way of a reader. */
const SHOWN_QUIET: ReadonlySet<string> = new Set<TransferType>([
  ...(['ack', 'poll', 'emptyAnswer', 'refusal', 'handshake'] as const),
  ...(['get', 'posted', 'answer', 'eventStream', 'gap'] as const),
]);

/** Everything that carries messages, and what asks and confirms, each in the order of leaving. */
export function travelsOf(
  index: TraceIndex,
  stage: StageId,
): { messages: Travels; quiets: Travels } {
  const { transfers, legend } = index.trace;
  const loud: number[] = [];
  const quiet: number[] = [];
  for (let transfer = 0; transfer < transfers.count; transfer += 1) {
    if (legend.nodes[transfers.from[transfer] as number]?.stage !== stage) continue;
    const type = TRANSFER_TYPES[transfers.type[transfer] as number] ?? '';
    if ((transfers.carriedCount[transfer] as number) > 0) loud.push(transfer);
    else if (SHOWN_QUIET.has(type)) quiet.push(transfer);
  }
  return { messages: travels(index, loud), quiets: travels(index, quiet) };
}

function travels(index: TraceIndex, transfers: readonly TransferIndex[]): Travels {
  return {
    spans: spansOf(transfers.map((transfer) => travelSpan(index, transfer))),
    transfers: Int32Array.from(transfers),
  };
}

/** When it left and when it arrived or was dropped; when it was due if the run ended before. */
export function travelSpan({ trace }: TraceIndex, transfer: TransferIndex) {
  const { transfers, entries } = trace;
  const end = transfers.endSeq[transfer] as number;
  return {
    from: entries.time[transfers.startSeq[transfer] as number] as number,
    to: end < 0 ? (transfers.dueAt[transfer] as number) : (entries.time[end] as number),
  };
}

export function isDropped({ trace }: TraceIndex, transfer: TransferIndex): boolean {
  const end = trace.transfers.endSeq[transfer] as number;
  return end >= 0 && trace.entries.kind[end] === EntryKind.TransferDropped;
}

/** How much of its way a transfer went, 0–1; all of it unless it was dropped. */
export function shareGone(index: TraceIndex, transfer: TransferIndex): number {
  if (!isDropped(index, transfer)) return 1;
  const { from, to } = travelSpan(index, transfer);
  const due = index.trace.transfers.dueAt[transfer] as number;
  return due <= from ? 1 : Math.max(0, Math.min(1, (to - from) / (due - from)));
}

export function messagesIn({ trace }: TraceIndex, transfer: TransferIndex): MessageIndex[] {
  const first = trace.transfers.carriedFrom[transfer] as number;
  const count = trace.transfers.carriedCount[transfer] as number;
  return [...trace.carried.subarray(first, first + count)];
}

/** Who sent what a transfer carries; of several the first. */
export function senderIn({ trace }: TraceIndex, transfer: TransferIndex): NodeIndex {
  const message = trace.carried[trace.transfers.carriedFrom[transfer] as number] as number;
  return trace.messages.from[message] as number;
}
