// The batches that producers have sent, by the transfers that took them; reads the trace alone.

import { EntryKind } from '../../../trace/entryKinds';
import type {
  EntrySeq,
  MessageIndex,
  PartitionIndex,
  Trace,
  TransferIndex,
} from '../../../trace/trace';

/** A batch as its producer gave it. */
export interface SentBatch {
  readonly transfer: TransferIndex;
  readonly partition: PartitionIndex;
  readonly messages: readonly MessageIndex[];
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly isTransactional: boolean;
}

const known = new WeakMap<Trace, ReadonlyMap<TransferIndex, readonly SentBatch[]>>();

/** The batches of a produce request, in their order; none for another transfer. */
export const batchesIn = (trace: Trace, transfer: TransferIndex): readonly SentBatch[] =>
  byTransfer(trace).get(transfer) ?? [];

/** The batch that brought a record which was written at an entry; null: none did. */
export function batchOfRecord(
  trace: Trace,
  { message, partition, seq }: Written,
): SentBatch | null {
  let newest: SentBatch | null = null;
  for (const batch of byMessage(trace).get(message) ?? []) {
    const end = trace.transfers.endSeq[batch.transfer] as number;
    const hasCome = end >= 0 && end < seq && trace.entries.kind[end] === EntryKind.TransferArrived;
    if (hasCome && batch.partition === partition) newest = batch;
  }
  return newest;
}

export interface Written {
  readonly message: MessageIndex;
  readonly partition: PartitionIndex;
  readonly seq: EntrySeq;
}

function byTransfer(trace: Trace): ReadonlyMap<TransferIndex, readonly SentBatch[]> {
  const found = known.get(trace) ?? readBatches(trace);
  known.set(trace, found);
  return found;
}

function readBatches(trace: Trace): Map<TransferIndex, SentBatch[]> {
  const { batches, transfers, carried } = trace;
  const read = new Map<TransferIndex, SentBatch[]>();
  let at = 0;
  for (let row = 0; row < batches.count; row += 1) {
    const transfer = batches.transfer[row] as number;
    const own = read.get(transfer) ?? [];
    if (own.length === 0) at = transfers.carriedFrom[transfer] as number;
    read.set(transfer, own);
    const end = at + (batches.records[row] as number);
    own.push({
      transfer,
      partition: batches.partition[row] as number,
      messages: [...carried.subarray(at, end)],
      producerId: batches.producerId[row] as number,
      producerEpoch: batches.producerEpoch[row] as number,
      baseSequence: batches.baseSequence[row] as number,
      isTransactional: batches.transactional[row] === 1,
    });
    at = end;
  }
  return read;
}

const knownByMessage = new WeakMap<Trace, ReadonlyMap<MessageIndex, readonly SentBatch[]>>();

function byMessage(trace: Trace): ReadonlyMap<MessageIndex, readonly SentBatch[]> {
  const known = knownByMessage.get(trace);
  if (known !== undefined) return known;
  const read = new Map<MessageIndex, SentBatch[]>();
  for (const batches of byTransfer(trace).values()) {
    for (const batch of batches) {
      for (const message of batch.messages) {
        const own = read.get(message) ?? [];
        read.set(message, own);
        own.push(batch);
      }
    }
  }
  knownByMessage.set(trace, read);
  return read;
}

/** Who wrote in a transaction last before an entry, on one partition: its epoch; 0 before the first. */
export function epochOfProducer(
  trace: Trace,
  { producerId, partition, seq }: { readonly producerId: number } & Omit<Written, 'message'>,
): number {
  const { batches, transfers } = trace;
  let epoch = 0;
  for (let row = 0; row < batches.count; row += 1) {
    if (batches.producerId[row] !== producerId || batches.partition[row] !== partition) continue;
    const end = transfers.endSeq[batches.transfer[row] as number] as number;
    if (end >= 0 && end < seq) epoch = batches.producerEpoch[row] as number;
  }
  return epoch;
}
