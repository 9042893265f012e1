// Reads from the entries what producers were promised and what the logs made of it: what was
// acknowledged, written twice, written out of order. Judges nothing.

import { EntryKind, type Trace } from '../../engine/index';
import { carriedBy, type Row } from '../testing/traceColumns';
import type { TracedLogs, TracedPartition } from './tracedLogs';

export class TracedProducers {
  /** Message → partition in which it was acknowledged. */
  readonly acknowledged = new Map<number, number>();
  /** Messages that a log got although it had them. */
  readonly twice: number[] = [];
  /**
   * Messages that a log got after a later one of the same sender. A broker that knows no number of
   * a producer takes any (Kafka 4.3, `ProducerAppendInfo.checkSequence`), so that what was refused
   * before the first one it took comes after that, and counts here in `overtaken`.
   */
  readonly late: number[] = [];
  readonly overtaken: number[] = [];
  readonly #trace: Trace;
  readonly #logs: TracedLogs;
  readonly #down = new Set<number>();
  /** By node: crashes so far. */
  readonly #lives: number[] = [];
  /** By message: the life in which its sender, each time another producer, sent it. */
  readonly #life = new Map<number, number>();

  constructor(trace: Trace, logs: TracedLogs) {
    this.#trace = trace;
    this.#logs = logs;
  }

  /** Must see an entry before the logs do. */
  see({ kind, node, place, message, transfer, value, detail }: Row): void {
    if (kind === EntryKind.Acknowledged) {
      const carried = carriedBy(this.#trace, transfer).slice(detail, detail + value);
      for (const each of carried) this.acknowledged.set(each, place);
    } else if (kind === EntryKind.Crashed) {
      this.#down.add(node);
      this.#lives[node] = this.#lifeOf(node) + 1;
    } else if (kind === EntryKind.Sent) this.#life.set(message, this.#lifeOf(node));
    else if (kind === EntryKind.Restarted) this.#down.delete(node);
    else if (kind === EntryKind.Appended && this.#logs.partitions[place]?.leader === node) {
      this.#written(place, message);
    }
  }

  /** What was acknowledged and stands in no log any more. */
  get lost(): number[] {
    return this.#acknowledgedBut(({ log }, message) => !log.includes(message));
  }

  /** What was acknowledged, and no broker that is up has. */
  get outOfReach(): number[] {
    return this.#acknowledgedBut(({ replicas }, message) => {
      const copies = [...replicas].filter(([node]) => !this.#down.has(node));
      return copies.every(([, copy]) => !copy.includes(message));
    });
  }

  #acknowledgedBut(isGone: (partition: TracedPartition, message: number) => boolean): number[] {
    const { partitions } = this.#logs;
    return [...this.acknowledged]
      .filter(([message, place]) => isGone(partitions[place] as TracedPartition, message))
      .map(([message]) => message);
  }

  #written(place: number, message: number): void {
    const log = this.#logs.partitions[place]?.log ?? [];
    const { from, number } = this.#trace.messages;
    const isOfSender = (other: number) => other >= 0 && from[other] === from[message];
    const before = log.findLast(isOfSender) ?? -1;
    if (log.includes(message)) this.twice.push(message);
    else if (before >= 0 && (number[before] as number) > (number[message] as number)) {
      const life = this.#life.get(message);
      const first = log.find((other) => isOfSender(other) && this.#life.get(other) === life) ?? -1;
      const isFirst = first < 0 || (number[first] as number) > (number[message] as number);
      (isFirst ? this.overtaken : this.late).push(message);
    }
  }

  #lifeOf(node: number): number {
    return this.#lives[node] ?? 0;
  }
}
