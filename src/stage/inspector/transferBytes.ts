// What a transfer was on the wire: a frame, record batches, text, or a size alone.

import {
  type BatchDescription,
  describeBatch,
  describeFrame,
  type FrameField,
  frameBytes,
  handshakeText,
  httpText,
  recordBatches,
} from '../../engine/doors/wire';
import {
  type MessageIndex,
  TRANSFER_TYPES,
  type Trace,
  type TransferIndex,
} from '../../engine/index';
import type { Side } from '../encoding';
import { nameOf, peopleOf } from '../people';
import { cargoText } from './causeWords';

export interface ShownBatch {
  readonly messages: readonly MessageIndex[];
  readonly bytes: Uint8Array;
  readonly description: BatchDescription;
  /** Topic and number; empty where there is but one. */
  readonly partition: string;
}

export type TransferBytes =
  | { readonly kind: 'frame'; readonly bytes: Uint8Array; readonly fields: readonly FrameField[] }
  | { readonly kind: 'batches'; readonly batches: readonly ShownBatch[]; readonly around: number }
  | { readonly kind: 'text'; readonly text: string; readonly note: string }
  | { readonly kind: 'size'; readonly bytes: number };

export function transferBytes(trace: Trace, transfer: TransferIndex): TransferBytes {
  const { transfers, legend } = trace;
  const size = transfers.bytes[transfer] as number;
  const bytes = frameBytes(trace, transfer);
  if (bytes !== null) return { kind: 'frame', bytes, fields: describeFrame(bytes) };
  const text = httpText(trace, transfer);
  if (text !== null) return { kind: 'text', text, note: '' };
  const half = handshakeText(trace, transfers.connection[transfer] as number).find(
    (one) => one.transfer === transfer,
  );
  if (half !== undefined) return { kind: 'text', text: half.text, note: half.fault ?? '' };
  const batches = recordBatches(trace, transfer);
  if (batches.length === 0) return { kind: 'size', bytes: size };
  const all = batches.reduce((sum, batch) => sum + batch.bytes.length, 0);
  return {
    kind: 'batches',
    around: size - all,
    batches: batches.map(({ partition, messages, bytes: batch }) => ({
      messages,
      bytes: batch,
      description: describeBatch(batch),
      partition: legend.partitions.length > 1 ? (legend.partitions[partition]?.id ?? '') : '',
    })),
  };
}

/** The handshake that a transfer's connection was opened with last before it; empty: none. */
export function openingOf(trace: Trace, transfer: TransferIndex): string[] {
  const halves = handshakeText(trace, trace.transfers.connection[transfer] as number);
  const before = halves.filter((half) => half.transfer < transfer);
  const request = before.findLast(({ part }) => part === 'request');
  const response = before.findLast(({ part }) => part === 'response');
  return [request, response].flatMap((half) => (half === undefined ? [] : [half.text]));
}

/** "Message from Ana to Ben". */
export function transferTitle(trace: Trace, transfer: TransferIndex): string {
  const { transfers } = trace;
  const what = cargoText(TRANSFER_TYPES[transfers.type[transfer] ?? -1] ?? '');
  const from = nameOf(trace, transfers.from[transfer] as number);
  const to = nameOf(trace, transfers.to[transfer] as number);
  return `${what.charAt(0).toUpperCase()}${what.slice(1)} from ${from} to ${to}`;
}

/** "Ana’s message 3"; empty for -1. */
export function messageTitle(trace: Trace, message: MessageIndex): string {
  if (message < 0) return '';
  const { from, number } = trace.messages;
  return `${nameOf(trace, from[message] as number)}’s message ${number[message]}`;
}

/** Where a message's sender sits; the left for -1. */
export function sideOf(trace: Trace, message: MessageIndex): Side {
  const sender = trace.messages.from[message];
  const stage = trace.legend.nodes[sender ?? -1]?.stage;
  const people = stage === undefined ? [] : peopleOf(trace, stage);
  return people.find(({ node }) => node === sender)?.side ?? 'left';
}
