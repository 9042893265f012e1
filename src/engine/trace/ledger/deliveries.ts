// What is counted of one stage's deliveries: the first of a copy or another, in order or not, from
// where, and how late.

import { float64Column } from '../columns';
import { transferTypeCode } from '../entryKinds';
import { PrefixQuantiles } from '../series/quantiles';
import { StepSeries } from '../series/stepSeries';
import type { EntrySeq, NodeIndex, Trace } from '../trace';

/** Columns of the counts. */
export const DeliveryCount = {
  Duplicated: 0,
  Reordered: 1,
  Recovered: 2,
  Hops: 3,
  Unsolicited: 4,
  LastDelivery: 5,
  Broadcast: 6,
} as const;
const COUNTS = 7;

export interface StageDeliveries {
  readonly counts: StepSeries;
  /** In the order of first deliveries, in microseconds. */
  readonly latency: PrefixQuantiles;
  readonly transit: PrefixQuantiles;
}

export class DeliveryBook {
  readonly #trace: Trace;
  readonly #counts: StepSeries;
  readonly #latencies = float64Column();
  readonly #transits = float64Column();
  #firstDeliveries = 0;
  /** Highest send number delivered, by sender; there by reader and lane. */
  readonly #newestNumbers: (Int32Array | undefined)[] = [];
  /** By node: itself, or the group that it reads for. */
  readonly #readers: Int32Array;
  /** Within a lane order is promised: a connection, a partition, or a key. */
  readonly #lanes: number;

  constructor(trace: Trace) {
    this.#trace = trace;
    this.#readers = Int32Array.from(trace.legend.nodes, ({ group }, node) =>
      group < 0 ? node : group,
    );
    this.#counts = new StepSeries(COUNTS, trace.entries.count);
    this.#lanes = 1 + trace.legend.partitions.length + trace.legend.keys.length;
  }

  /** Counts the delivery of entry `seq`; `isFirst`: of its copy. */
  read(seq: EntrySeq, isFirst: boolean): void {
    const { entries } = this.#trace;
    this.#counts.at(seq, entries.time[seq] as number);
    if (isFirst) this.#first(seq);
    else this.#counts.add(DeliveryCount.Duplicated, 1);
    this.#countOrder(seq);
  }

  seal(): StageDeliveries {
    return {
      counts: this.#counts.seal(),
      latency: new PrefixQuantiles(this.#latencies.trimmed(this.#firstDeliveries)),
      transit: new PrefixQuantiles(this.#transits.trimmed(this.#firstDeliveries)),
    };
  }

  #first(seq: EntrySeq): void {
    const { entries, messages } = this.#trace;
    const message = entries.message[seq] as number;
    const time = entries.time[seq] as number;
    const detail = entries.detail[seq] as number;
    const sentAt = entries.time[messages.sentSeq[message] as number] as number;
    this.#latencies.set(this.#firstDeliveries, time - (messages.wantedAt[message] as number));
    this.#transits.set(this.#firstDeliveries, time - sentAt);
    this.#firstDeliveries += 1;
    this.#counts.add(DeliveryCount.Recovered, detail % 2);
    this.#counts.add(DeliveryCount.Hops, detail >> 1);
    if (!this.#isAskedFor(seq)) this.#counts.add(DeliveryCount.Unsolicited, 1);
    this.#counts.set(DeliveryCount.LastDelivery, time);
    const isBroadcast = (messages.readersCount[message] as number) > 1;
    if (isBroadcast) this.#counts.add(DeliveryCount.Broadcast, 1);
  }

  /** A record answers a fetch, and what a poll brings answers it; everything else comes unasked. */
  #isAskedFor(seq: EntrySeq): boolean {
    const { entries, transfers } = this.#trace;
    if ((entries.value[seq] as number) >= 0) return true;
    return transfers.type[entries.transfer[seq] as number] === ANSWER;
  }

  #countOrder(seq: EntrySeq): void {
    const { entries, messages, legend } = this.#trace;
    const message = entries.message[seq] as number;
    const key = messages.key[message] as number;
    const partition = entries.place[seq] as number;
    const lane = key < 0 || partition < 0 ? partition + 1 : legend.partitions.length + key + 1;
    const sender = messages.from[message] as number;
    const newest = this.#newestNumbers[sender] ?? this.#newNumbers(sender);
    const place = this.#reader(entries.node[seq] as number) * this.#lanes + lane;
    const number = messages.number[message] as number;
    if (number < (newest[place] as number)) this.#counts.add(DeliveryCount.Reordered, 1);
    else newest[place] = number;
  }

  #reader(node: NodeIndex): NodeIndex {
    return this.#readers[node] as number;
  }

  #newNumbers(sender: NodeIndex): Int32Array {
    const numbers = new Int32Array(this.#trace.legend.nodes.length * this.#lanes).fill(-1);
    this.#newestNumbers[sender] = numbers;
    return numbers;
  }
}

const ANSWER = transferTypeCode('answer');
