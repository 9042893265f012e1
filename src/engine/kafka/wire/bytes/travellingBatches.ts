// The record batches that a transfer took along, byte for byte, rebuilt from a trace that keeps
// their sizes and numbers alone.

import { TRANSFER_TYPES } from '../../../trace/entryKinds';
import type { MessageIndex, PartitionIndex, Trace, TransferIndex } from '../../../trace/trace';
import { type BatchHeader, encodeBatch, type WireRecord } from './encodeBatch';
import { type LoggedRecord, loggedRecords } from './loggedRecords';
import { batchesIn, batchOfRecord, epochOfProducer, type SentBatch } from './sentBatches';

/** What a message says; a pure function of the trace. */
export type PayloadOf = (trace: Trace, message: MessageIndex) => Uint8Array;

/** One batch on its way. */
export interface TravellingBatch {
  readonly partition: PartitionIndex;
  /** The message of each record, in order; -1: the end of a transaction. */
  readonly messages: readonly MessageIndex[];
  readonly bytes: Uint8Array;
}

/** None for what carries no records. Equal runs give equal bytes. */
export function travellingBatches(
  trace: Trace,
  transfer: TransferIndex,
  payloadOf: PayloadOf,
): TravellingBatch[] {
  const connection = trace.legend.connections[trace.transfers.connection[transfer] as number];
  if (connection?.purpose === 'backplane') return backplaneBatch({ trace, payloadOf }, transfer);
  const sent = batchesIn(trace, transfer);
  if (sent.length > 0) return sent.map((batch) => produced({ trace, payloadOf }, batch));
  return fetched({ trace, payloadOf }, transfer);
}

interface Source {
  readonly trace: Trace;
  readonly payloadOf: PayloadOf;
}

const FROM_PRODUCER = { baseOffset: 0, leaderEpoch: -1, isControl: false };

function produced(source: Source, batch: SentBatch): TravellingBatch {
  const { partition, messages } = batch;
  const header: BatchHeader = {
    ...FROM_PRODUCER,
    ...numbersOf(batch),
    lastOffsetDelta: messages.length - 1,
    timestamp: sentAtMs(source.trace, messages[0]),
  };
  const records = messages.map((message, place) => recordOf(source, message, place));
  return { partition, messages, bytes: encodeBatch(header, records) };
}

const numbersOf = ({ isTransactional, producerId, producerEpoch, baseSequence }: SentBatch) => ({
  ...{ isTransactional, producerId, producerEpoch, baseSequence },
});

function recordOf(
  { trace, payloadOf }: Source,
  message: MessageIndex,
  offsetDelta: number,
): WireRecord {
  const { messages, legend } = trace;
  const key = legend.keys[messages.key[message] as number];
  const isTombstone = messages.payloadBytes[message] === 0;
  return {
    offsetDelta,
    key: key === undefined ? null : asciiOf(key),
    value: isTombstone ? null : payloadOf(trace, message),
  };
}

/** Keys are ASCII. */
const asciiOf = (text: string): Uint8Array =>
  Uint8Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));

/** When a message was handed over, in whole milliseconds. */
function sentAtMs({ entries, messages }: Trace, message = -1): number {
  const sent = messages.sentSeq[message] ?? -1;
  return sent < 0 ? 0 : Math.floor((entries.time[sent] as number) / 1_000);
}

/** An answer to a fetch has what stood in the logs, whole batches, markers included. */
function fetched(source: Source, transfer: TransferIndex): TravellingBatch[] {
  const { trace } = source;
  const { ranges, transfers, carried } = trace;
  const from = transfers.carriedFrom[transfer] as number;
  const brought = new Set(carried.subarray(from, from + (transfers.carriedCount[transfer] ?? 0)));
  const until = transfers.startSeq[transfer] as number;
  const found: TravellingBatch[] = [];
  for (let row = firstRange(trace, transfer); ranges.transfer[row] === transfer; row += 1) {
    const partition = ranges.partition[row] as number;
    const stretch = { from: ranges.from[row] as number, to: ranges.to[row] as number };
    const records = loggedRecords(trace, { partition, ...stretch, until, brought });
    found.push(...loggedBatches(source, { partition, records }));
  }
  return found;
}

/** Rows stand in the order of the transfers. */
function firstRange({ ranges }: Trace, transfer: TransferIndex): number {
  let low = 0;
  let high = ranges.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges.transfer[middle] as number) < transfer) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface LogPart {
  readonly partition: PartitionIndex;
  readonly records: readonly LoggedRecord[];
}

/** Records that one batch brought stand together. */
function loggedBatches(source: Source, { partition, records }: LogPart): TravellingBatch[] {
  const groups = new Map<number, { batch: SentBatch | null; records: LoggedRecord[] }>();
  for (const record of records) {
    const { message, seq, offset } = record;
    const batch = batchOfRecord(source.trace, { message, partition, seq });
    const base = offset - Math.max(0, batch?.messages.indexOf(message) ?? 0);
    const group = groups.get(base) ?? { batch, records: [] };
    groups.set(base, group);
    group.records.push(record);
  }
  return [...groups].map(([baseOffset, group]) => {
    const [first] = group.records;
    const bytes =
      group.batch === null && first !== undefined
        ? markerBytes(source, partition, first)
        : storedBytes(source, { baseOffset, ...group });
    return { partition, messages: group.records.map(({ message }) => message), bytes };
  });
}

function storedBytes(
  source: Source,
  stored: {
    readonly baseOffset: number;
    readonly batch: SentBatch | null;
    readonly records: readonly LoggedRecord[];
  },
): Uint8Array {
  const { baseOffset, batch, records } = stored;
  const header: BatchHeader = {
    ...(batch === null ? NO_NUMBERS : numbersOf(batch)),
    ...{ baseOffset, isControl: false },
    leaderEpoch: records[0]?.leaderEpoch ?? 0,
    lastOffsetDelta: (batch?.messages.length ?? records.length) - 1,
    timestamp: sentAtMs(source.trace, batch?.messages[0] ?? records[0]?.message),
  };
  const wire = records.map(({ message, offset }) => recordOf(source, message, offset - baseOffset));
  return encodeBatch(header, wire);
}

const NO_NUMBERS = { isTransactional: false, producerId: -1, producerEpoch: -1, baseSequence: -1 };

/** A control batch (KIP-98): its key says how the transaction ended. */
function markerBytes(
  { trace }: Source,
  partition: PartitionIndex,
  { offset, leaderEpoch, marker, seq }: LoggedRecord,
): Uint8Array {
  const producerId = marker?.producerId ?? -1;
  const header: BatchHeader = {
    ...{ baseOffset: offset, leaderEpoch, producerId, baseSequence: -1 },
    ...{ isTransactional: true, isControl: true, lastOffsetDelta: 0 },
    producerEpoch: epochOfProducer(trace, { producerId, partition, seq }),
    timestamp: Math.floor((trace.entries.time[seq] as number) / 1_000),
  };
  const key = Uint8Array.of(0, 0, 0, marker?.commits ? 1 : 0);
  return encodeBatch(header, [{ offsetDelta: 0, key, value: new Uint8Array(6) }]);
}

/** Servers of a fleet write one message at a time, and read what there is as one batch. */
function backplaneBatch(source: Source, transfer: TransferIndex): TravellingBatch[] {
  const { trace } = source;
  const { transfers, carried, legend } = trace;
  const type = TRANSFER_TYPES[transfers.type[transfer] as number];
  if (type !== 'produce' && type !== 'records') return [];
  const from = transfers.carriedFrom[transfer] as number;
  const messages = [...carried.subarray(from, from + (transfers.carriedCount[transfer] as number))];
  const header: BatchHeader = {
    ...FROM_PRODUCER,
    ...NO_NUMBERS,
    lastOffsetDelta: messages.length - 1,
    timestamp: sentAtMs(trace, messages[0]),
  };
  const records = messages.map((message, place) => recordOf(source, message, place));
  const stage = legend.nodes[transfers.from[transfer] as number]?.stage;
  const partition = legend.partitions.findIndex((candidate) => candidate.stage === stage);
  return [{ partition, messages, bytes: encodeBatch(header, records) }];
}
