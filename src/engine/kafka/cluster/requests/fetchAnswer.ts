// What a consumer's fetch is answered with: records below the watermark, or an error for each
// partition that cannot be read here; whether it waits is not decided here.

import { EntryKind } from '../../../trace/entryKinds';
import type { MessageIndex, PartitionIndex } from '../../../trace/trace';
import type {
  FetchedRecords,
  FetchFailure,
  FetchRequest,
  IsolationLevel,
  Offset,
} from '../../wire/requests';
import { fetchResponseBytes } from '../../wire/responseBytes';
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
  const records: FetchedRecords[] = [];
  const failures: FetchFailure[] = [];
  const messages: MessageIndex[] = [];
  const batches: number[] = [];
  let payloadBytes = 0;
  for (let index = 0; index < partitions.length; index += 1) {
    const partition = partitions[index] as PartitionIndex;
    const offset = offsets[index] as Offset;
    const replica = broker.replicas[partition];
    const error = refusalOf(broker, replica, offset);
    if (error !== 'NONE') {
      failures.push(failureOf(broker, partition, error));
      continue;
    }
    const reading = read(replica as Replica, offset, isolation);
    if (reading === null) continue;
    if (messages.length === 0) broker.context.cause = causeOf(replica as Replica, broker);
    records.push(reading.records);
    batches.push(reading.bytes);
    payloadBytes += reading.payloadBytes;
    for (const message of reading.records.messages) messages.push(message);
    offsets[index] = reading.records.nextOffset;
  }
  const isRefusal = failures.length > 0 && records.length === 0;
  const emptyType = isRefusal ? 'refusal' : 'emptyAnswer';
  channel.respond({
    type: messages.length > 0 ? 'records' : emptyType,
    bytes: fetchResponseBytes(batches),
    payloadBytes,
    messages,
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
function read(replica: Replica, from: Offset, isolation: IsolationLevel): Reading | null {
  const { log, highWatermark } = replica;
  const { records } = log;
  const end = replica.readableEnd(isolation);
  if (end <= from) return null;
  const aborted = isolation === 'read_committed' ? log.abortedIn(from, end) : [];
  const messages: MessageIndex[] = [];
  const offsets: Offset[] = [];
  let bytes = 0;
  let payloadBytes = 0;
  let offset = from;
  for (; offset < end; offset += 1) {
    const size = records.sizeAt(offset);
    if (bytes > 0 && bytes + size > MAX_PARTITION_FETCH_BYTES) break;
    bytes += size;
    if (!records.isForReaders(offset)) continue;
    const producer = records.producerAt(offset);
    const isVoid = aborted.some(
      ({ producerId, firstOffset, markerOffset }) =>
        producerId === producer && firstOffset <= offset && offset < markerOffset,
    );
    if (isVoid) continue;
    messages.push(records.messageAt(offset));
    offsets.push(offset);
    payloadBytes += records.payloadAt(offset);
  }
  const partition = replica.plan.index;
  const fetched = { partition, messages, offsets, nextOffset: offset, highWatermark };
  return { records: fetched, bytes, payloadBytes };
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
