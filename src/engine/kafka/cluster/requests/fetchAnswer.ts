// What a consumer's fetch is answered with: records below the watermark, or an error for each
// partition that cannot be read here; whether it waits is not decided here.

import { withOne } from '../../../kernel/shortList';
import { NO_MESSAGES } from '../../../network/transfer';
import { EntryKind } from '../../../trace/entryKinds';
import type { MessageIndex, PartitionIndex } from '../../../trace/trace';
import type { AbortedTransaction } from '../../log/openTransactions';
import type {
  FetchedRecords,
  FetchFailure,
  FetchRequest,
  IsolationLevel,
  Offset,
  ProducerId,
} from '../../wire/requests';
import { FETCH_RESPONSE_HEADER_BYTES, fetchedPartitionBytes } from '../../wire/responseBytes';
import type { Broker } from '../broker';
import type { BrokerChannel } from '../brokerChannel';
import { KAFKA_ERRORS, type KafkaError } from '../errors';
import type { Replica } from '../replication/replica';

/** `max.partition.fetch.bytes`; a first batch that is larger comes all the same. */
const MAX_PARTITION_FETCH_BYTES = 1_048_576;

/** Why a partition cannot be read here from an offset; NONE: it can, now or later. */
function refusalOf(broker: Broker, replica: Replica | undefined, offset: Offset): KafkaError {
  if (replica === undefined) return 'NOT_LEADER_OR_FOLLOWER';
  if (broker.hasFailedDisk) return 'KAFKA_STORAGE_ERROR';
  if (replica.lead === null) return 'NOT_LEADER_OR_FOLLOWER';
  const { log } = replica;
  return offset < log.logStart || offset > log.logEnd ? 'OFFSET_OUT_OF_RANGE' : 'NONE';
}

/** Whether a fetch is answered now: with `fetch.min.bytes`, or with an error. */
export function hasEnough(broker: Broker, channel: BrokerChannel, request: FetchRequest): boolean {
  const { partitions, offsets } = channel;
  let missing = request.minBytes;
  for (let index = 0; index < partitions.length; index += 1) {
    const replica = broker.replicas[partitions[index] as PartitionIndex];
    const offset = offsets[index] as Offset;
    if (refusalOf(broker, replica, offset) !== 'NONE') return true;
    const end = (replica as Replica).readableEnd(request.isolation);
    if (end <= offset) continue;
    if (missing <= 1) return true;
    missing -= bytesBetween(replica as Replica, offset, end);
    if (missing <= 0) return true;
  }
  return false;
}

/** Sends what there is, be it nothing; the reader's positions move past it. */
export function answerFetch(broker: Broker, channel: BrokerChannel, request: FetchRequest): void {
  const { partitions, offsets } = channel;
  const { round, isolation } = request;
  let records: FetchedRecords[] = [];
  let failures: FetchFailure[] = [];
  let messages: readonly MessageIndex[] = NO_MESSAGES;
  let bytes = FETCH_RESPONSE_HEADER_BYTES;
  let payloadBytes = 0;
  for (let index = 0; index < partitions.length; index += 1) {
    const partition = partitions[index] as PartitionIndex;
    const offset = offsets[index] as Offset;
    const replica = broker.replicas[partition];
    const error = refusalOf(broker, replica, offset);
    if (error !== 'NONE') {
      failures = withOne(failures, failureOf(broker, partition, error));
      continue;
    }
    const reading = readFrom(replica as Replica, offset, isolation);
    if (reading === null) continue;
    if (messages.length === 0) broker.context.cause = causeOf(replica as Replica, broker);
    const read = reading.records;
    records = withOne(records, read);
    bytes += fetchedPartitionBytes(reading.bytes);
    payloadBytes += reading.payloadBytes;
    messages = messages.length === 0 ? read.messages : messages.concat(read.messages);
    offsets[index] = read.nextOffset;
  }
  const isRefusal = failures.length > 0 && records.length === 0;
  const emptyType = isRefusal ? 'refusal' : 'emptyAnswer';
  channel.respond({
    type: messages.length > 0 ? 'records' : emptyType,
    bytes,
    payloadBytes,
    messages,
    ranges: records,
    body: { api: 'fetched', records, failures, round },
  });
}

interface Reading {
  readonly records: FetchedRecords;
  readonly bytes: number;
  readonly payloadBytes: number;
}

// Simplified: Records of aborted transactions are left out by the broker; Kafka sends them, and
// the consumer leaves them out.
function readFrom(replica: Replica, from: Offset, isolation: IsolationLevel): Reading | null {
  const { log, highWatermark } = replica;
  const { records } = log;
  const end = replica.readableEnd(isolation);
  if (end <= from) return null;
  const aborted = isolation === 'read_committed' ? log.abortedIn(from, end) : [];
  let messages: MessageIndex[] = [];
  let offsets: Offset[] = [];
  let bytes = 0;
  let payloadBytes = 0;
  let offset = from;
  for (; offset < end; offset += 1) {
    const size = records.sizeAt(offset);
    if (bytes > 0 && bytes + size > MAX_PARTITION_FETCH_BYTES) break;
    bytes += size;
    if (!records.isForReaders(offset)) continue;
    if (aborted.length > 0 && isVoid(aborted, records.producerAt(offset), offset)) continue;
    messages = withOne(messages, records.messageAt(offset));
    offsets = withOne(offsets, offset);
    payloadBytes += records.payloadAt(offset);
  }
  const partition = replica.plan.index;
  const fetched = {
    ...{ partition, messages, offsets, fromOffset: from },
    ...{ nextOffset: offset, highWatermark },
  };
  return { records: fetched, bytes, payloadBytes };
}

/** Whether a record belongs to one of these transactions. */
function isVoid(
  aborted: readonly AbortedTransaction[],
  producer: ProducerId,
  offset: Offset,
): boolean {
  return aborted.some(
    ({ producerId, firstOffset, markerOffset }) =>
      producerId === producer && firstOffset <= offset && offset < markerOffset,
  );
}

function bytesBetween({ log }: Replica, from: Offset, to: Offset): number {
  let bytes = 0;
  for (let offset = from; offset < to; offset += 1) bytes += log.records.sizeAt(offset);
  return bytes;
}

function failureOf(broker: Broker, partition: PartitionIndex, error: KafkaError): FetchFailure {
  const value = KAFKA_ERRORS[error].code;
  const { node, environment, image } = broker;
  environment.recorder.entry(EntryKind.Refused, { node: node.index, place: partition, value });
  return { partition, error, leader: image.partitions[partition]?.registration.leader ?? -1 };
}

function causeOf({ watermarkEntry }: Replica, { context }: Broker): number {
  // A record that had become readable before the request came: the request made the answer.
  return watermarkEntry >= context.cause ? watermarkEntry : context.cause;
}
