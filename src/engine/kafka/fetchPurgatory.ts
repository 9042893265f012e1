// Fetches that wait at the broker until data is there or their time is up: the long poll.

import type { EventId } from '../kernel/eventQueue';
import { microseconds } from '../kernel/simTime';
import type { Environment } from '../network/node';
import type { MessageIndex } from '../trace/trace';
import type { BrokerChannel } from './brokerChannel';
import type { PartitionLog } from './partitionLog';
import { fetchResponseBytes, recordBatchBytes } from './recordBatch';
import type { FetchedRecords, FetchRequest } from './requests';

interface WaitingFetch {
  readonly purgatory: FetchPurgatory;
  readonly channel: BrokerChannel;
  readonly round: number;
  timeout: EventId | null;
}

// Simplified: Every record has the payload size of the scene; a broker would read it from the log.
export const RECORD_PAYLOAD_BYTES = 64;

export class FetchPurgatory {
  readonly #environment: Environment;
  #waiting: WaitingFetch[] = [];

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /**
   * Answers at once if there is data or the position is out of range; otherwise lets the fetch
   * wait.
   */
  fetch(channel: BrokerChannel, request: FetchRequest): void {
    if (request.from) {
      for (const [partition, offset] of request.from) channel.answeredTo.set(partition, offset);
    }
    if (this.#answer(channel, request.round, request.maxWait === 0)) return;
    const waiting: WaitingFetch = { purgatory: this, channel, round: request.round, timeout: null };
    waiting.timeout = this.#environment.context.after(
      microseconds(request.maxWait),
      expireNow,
      waiting,
    );
    this.#waiting.push(waiting);
  }

  /** Records of `log` became readable: answers every fetch that waits for them. */
  dataArrived(log: PartitionLog): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    const answered: WaitingFetch[] = [];
    for (const fetch of waiting) {
      if (fetch.channel.logs.includes(log) && hasData(fetch.channel, log)) answered.push(fetch);
      else this.#waiting.push(fetch);
    }
    // Each answer follows from the data, not from the answer before it.
    const { context } = this.#environment;
    const { cause } = context;
    for (const fetch of answered) {
      context.cause = cause;
      if (fetch.timeout !== null) this.#environment.context.cancel(fetch.timeout);
      this.#answer(fetch.channel, fetch.round, true);
    }
    context.cause = cause;
  }

  forget(channel: BrokerChannel): void {
    for (const waiting of [...this.#waiting]) {
      if (waiting.channel === channel) this.#remove(waiting);
    }
  }

  clear(): void {
    for (const waiting of [...this.#waiting]) this.#remove(waiting);
  }

  /** Its time is up: answers with whatever there is. */
  expire(waiting: WaitingFetch): void {
    this.#waiting = this.#waiting.filter((other) => other !== waiting);
    this.#answer(waiting.channel, waiting.round, true);
  }

  #remove(waiting: WaitingFetch): void {
    if (waiting.timeout !== null) this.#environment.context.cancel(waiting.timeout);
    this.#waiting = this.#waiting.filter((other) => other !== waiting);
  }

  /** @returns whether a response was sent; an empty one only if `evenIfEmpty`. */
  #answer(channel: BrokerChannel, round: number, evenIfEmpty: boolean): boolean {
    const records: FetchedRecords[] = [];
    const outOfRange: PartitionLog[] = [];
    const messages: MessageIndex[] = [];
    const batches: number[] = [];
    for (const log of channel.logs) {
      if (isOutOfRange(channel, log)) outOfRange.push(log);
      else if (hasData(channel, log)) {
        const fetched = readFrom(channel, log);
        records.push(fetched);
        messages.push(...fetched.messages);
        batches.push(recordBatchBytes(fetched.messages.map(() => RECORD_PAYLOAD_BYTES)));
      }
    }
    if (records.length === 0 && outOfRange.length === 0 && !evenIfEmpty) return false;
    channel.respond({
      type: messages.length > 0 ? 'records' : 'emptyAnswer',
      bytes: fetchResponseBytes(batches),
      payloadBytes: messages.length * RECORD_PAYLOAD_BYTES,
      messages,
      body: { api: 'fetched', records, outOfRange, round },
    });
    return true;
  }
}

function isOutOfRange(channel: BrokerChannel, log: PartitionLog): boolean {
  const position = channel.answeredTo.get(log.index) ?? 0;
  return position < log.logStart || position > log.logEnd;
}

function readFrom(channel: BrokerChannel, log: PartitionLog): FetchedRecords {
  const baseOffset = channel.answeredTo.get(log.index) ?? 0;
  const messages = log.readable(baseOffset);
  channel.answeredTo.set(log.index, baseOffset + messages.length);
  return { log, baseOffset, messages };
}

function hasData(channel: BrokerChannel, log: PartitionLog): boolean {
  return (channel.answeredTo.get(log.index) ?? 0) < log.highWatermark;
}

const expireNow = (waiting: WaitingFetch): void => waiting.purgatory.expire(waiting);
