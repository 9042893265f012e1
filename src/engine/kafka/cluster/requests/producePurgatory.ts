// Produce requests at the broker: appended, answered at once or kept until the watermark has passed
// them or their time is up.

import type { EventId } from '../../../kernel/eventQueue';
import { withOne } from '../../../kernel/shortList';
import { instant, later, type SimTime } from '../../../kernel/simTime';
import { EntryKind } from '../../../trace/entryKinds';
import type {
  Acks,
  BrokerPlace,
  Offset,
  ProduceRequest,
  ProduceResult,
  RecordBatch,
} from '../../wire/requests';
import type { Broker } from '../broker';
import type { BrokerChannel } from '../brokerChannel';
import { KAFKA_ERRORS, type KafkaError } from '../errors';
import {
  EXPIRED_PRODUCE,
  namesLeader,
  outcomeAfterAppend,
  produceAnswer,
  refusalBeforeAppend,
} from '../produceOutcome';
import { parcelOf } from './answers';

/** One batch of a request. */
interface Part {
  readonly batch: RecordBatch;
  baseOffset: Offset;
  /** Offset after its last record. */
  endOffset: Offset;
  /** Null: not known yet. */
  error: KafkaError | null;
}

interface WaitingProduce {
  readonly channel: BrokerChannel;
  readonly acks: Acks;
  readonly parts: readonly Part[];
  readonly deadline: SimTime;
}

export class ProducePurgatory {
  readonly #broker: Broker;
  #waiting: WaitingProduce[] = [];
  #timer: EventId | null = null;

  constructor(broker: Broker) {
    this.#broker = broker;
  }

  /** Appends what may be appended; `channel` is null when its connection has died meanwhile. */
  work(channel: BrokerChannel | null, { acks, batches }: ProduceRequest): void {
    const parts = batches.map((batch) => this.#append(batch, acks));
    if (channel === null) return;
    if (parts.some(isOpen)) this.#wait(channel, acks, parts);
    else this.#answer(channel, acks, parts);
  }

  /** Answers every request whose batches are all safe, or can no longer become so. */
  complete(): void {
    if (this.#waiting.length === 0) return;
    const { context } = this.#broker;
    const { cause } = context;
    // An answer lets the next request in, which may add to the waiting ones.
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const produce of waiting) {
      context.cause = cause;
      if (this.#isSettled(produce)) this.#answer(produce.channel, produce.acks, produce.parts);
      else this.#waiting = withOne(this.#waiting, produce);
    }
    context.cause = cause;
  }

  forget(channel: BrokerChannel): void {
    this.#waiting = this.#waiting.filter((waiting) => waiting.channel !== channel);
  }

  clear(): void {
    this.#waiting = [];
  }

  /** Answers with an error what has waited for too long. */
  expire(): void {
    this.#timer = null;
    if (this.#broker.node.stalled) {
      this.#broker.whenAwake(() => this.#setTimer());
      return;
    }
    const { now } = this.#broker.context;
    const waiting = this.#waiting;
    this.#waiting = waiting.filter(({ deadline }) => deadline > now);
    for (const { channel, acks, parts, deadline } of waiting) {
      if (deadline > now) continue;
      for (const part of parts) part.error ??= EXPIRED_PRODUCE;
      this.#answer(channel, acks, parts);
    }
    this.#setTimer();
  }

  #append(batch: RecordBatch, acks: Acks): Part {
    const part: Part = { batch, baseOffset: -1, endOffset: -1, error: null };
    const replica = this.#broker.replicas[batch.partition];
    const lead = replica?.lead ?? null;
    const refusal = refusalBeforeAppend(acks, lead, batch.bytes);
    if (refusal !== 'NONE' || replica === undefined) part.error = refusal;
    else if (!this.#broker.canWrite()) part.error = 'KAFKA_STORAGE_ERROR';
    else {
      const verdict = batch.producerId < 0 ? null : replica.log.check(batch);
      if (verdict === null || verdict.outcome === 'append') {
        part.baseOffset = replica.append(batch);
        part.endOffset = part.baseOffset + batch.records.length;
      } else if (verdict.outcome === 'duplicate') {
        part.baseOffset = verdict.baseOffset;
        part.endOffset = verdict.lastOffset + 1;
      } else part.error = verdict.outcome;
      if (part.error === null && acks !== 'all') part.error = 'NONE';
    }
    return part;
  }

  #wait(channel: BrokerChannel, acks: Acks, parts: readonly Part[]): void {
    const { context, settings } = this.#broker;
    const deadline = later(context.now, settings.requestTimeout);
    this.#waiting = withOne(this.#waiting, { channel, acks, parts, deadline });
    this.#setTimer();
    // What was appended before, or by a single leader, may be safe already.
    this.#broker.sweepSoon();
  }

  /** One timer for all: it looks again when the first of them is due. */
  #setTimer(): void {
    const first = this.#waiting[0];
    if (this.#timer !== null || first === undefined) return;
    const { context } = this.#broker;
    const at = instant(Math.max(first.deadline, context.now));
    this.#timer = context.schedule(at, expireNow, this);
  }

  /** What has become possible follows from the watermark's last move. */
  #isSettled({ acks, parts }: WaitingProduce): boolean {
    const { context, replicas } = this.#broker;
    let isSettled = true;
    for (const part of parts) {
      if (part.error !== null) continue;
      const replica = replicas[part.batch.partition];
      part.error = outcomeAfterAppend(acks, replica?.lead ?? null, part.endOffset);
      if (part.error === null) isSettled = false;
      else if (replica && replica.watermarkEntry >= 0) context.cause = replica.watermarkEntry;
    }
    return isSettled;
  }

  #answer(channel: BrokerChannel, acks: Acks, parts: readonly Part[]): void {
    const results = parts.map((part) => this.#resultOf(part));
    const failed = parts.find(hasFailed);
    const how = produceAnswer(acks, failed?.error ?? 'NONE');
    if (how === 'response') channel.respond(parcelOf({ api: 'produced', results }));
    else if (how === 'close') channel.breakOff();
    else channel.finish();
  }

  #resultOf({ batch, error: known, baseOffset }: Part): ProduceResult {
    const error = known ?? 'NONE';
    if (error === 'NONE') return { batch, error, baseOffset, leader: -1 };
    this.#refused(batch, error);
    const leader = namesLeader(error) ? this.#leaderOf(batch) : -1;
    return { batch, error, baseOffset: -1, leader };
  }

  #leaderOf({ partition }: RecordBatch): BrokerPlace {
    return this.#broker.image.partitions[partition]?.registration.leader ?? -1;
  }

  #refused({ partition }: RecordBatch, error: KafkaError): void {
    const value = KAFKA_ERRORS[error].code;
    const { node, environment } = this.#broker;
    environment.recorder.entry(EntryKind.Refused, { node: node.index, place: partition, value });
  }
}

const isOpen = ({ error }: Part): boolean => error === null;
const hasFailed = ({ error }: Part): boolean => error !== null && error !== 'NONE';
const expireNow = (purgatory: ProducePurgatory): void => purgatory.expire();
