// Which transactions of one log are undecided or aborted; filters no records.

import { assert } from '../../assert';

export type TransactionOutcome = 'commit' | 'abort';

/** A range of offsets, both ends included, in which this producer's records are void. */
export interface AbortedTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
  readonly markerOffset: number;
}

interface Transaction {
  readonly producerId: number;
  readonly firstOffset: number;
  /** Above every offset while nobody has decided. */
  markerOffset: number;
}

const UNDECIDED = Number.POSITIVE_INFINITY;

/** The transactions of one log (Kafka 4.3, `ProducerStateManager`, `TransactionIndex`). */
export class OpenTransactions {
  /** All of them, by first offset. */
  readonly #transactions: Transaction[] = [];
  /** By producer: it has one at a time. */
  readonly #open = new Map<number, Transaction>();
  /** In the order of their markers. */
  readonly #aborted: Transaction[] = [];
  /** Those before this place have their markers below the high watermark. */
  #firstUnstable = 0;
  #logStart = 0;

  /** A transactional batch was appended; it begins a transaction if its producer has none open. */
  begin(producerId: number, firstOffset: number): void {
    if (this.#open.has(producerId)) return;
    const previous = this.#transactions.at(-1)?.firstOffset ?? -1;
    assert(firstOffset > previous, `transaction at ${firstOffset} after one at ${previous}`);
    const transaction = { producerId, firstOffset, markerOffset: UNDECIDED };
    this.#transactions.push(transaction);
    this.#open.set(producerId, transaction);
  }

  /**
   * A marker was appended; one that comes again, or for no records of this log, changes nothing.
   */
  end(producerId: number, markerOffset: number, outcome: TransactionOutcome): void {
    const transaction = this.#open.get(producerId);
    if (transaction === undefined) return;
    this.#open.delete(producerId);
    transaction.markerOffset = markerOffset;
    if (outcome === 'abort') this.#aborted.push(transaction);
  }

  /**
   * The offset below which `read_committed` may read (last stable offset). A decided transaction
   * holds it back until its marker is replicated, that is below the high watermark.
   *
   * @param highWatermark of this log; it may only have moved back if the log was cut since.
   */
  lastStableOffset(highWatermark: number): number {
    while (this.#markerAt(this.#firstUnstable) < highWatermark) this.#firstUnstable += 1;
    const firstUnstable = this.#transactions[this.#firstUnstable]?.firstOffset ?? highWatermark;
    return Math.min(highWatermark, Math.max(firstUnstable, this.#logStart));
  }

  /**
   * The aborted transactions with records or a marker in `from … to − 1`, in the order of their
   * markers: with a fetch response they tell the reader what to leave out.
   */
  abortedIn(from: number, to: number): AbortedTransaction[] {
    const beginning = this.#aborted.findLastIndex(({ markerOffset }) => markerOffset < from) + 1;
    return this.#aborted
      .slice(beginning)
      .filter(({ firstOffset }) => firstOffset < to)
      .map((transaction) => ({ ...transaction }));
  }

  /** Retention or a deletion moved the log's start; open transactions hold back none of that. */
  advanceLogStart(to: number): void {
    this.#logStart = Math.max(this.#logStart, to);
  }

  /** The log was cut at `endOffset`: what began there never did, what was decided there is open. */
  truncateTo(endOffset: number): void {
    const kept = this.#transactions.findLastIndex(({ firstOffset }) => firstOffset < endOffset);
    this.#transactions.length = kept + 1;
    this.#aborted.length =
      this.#aborted.findLastIndex(({ markerOffset }) => markerOffset < endOffset) + 1;
    this.#open.clear();
    for (const transaction of this.#transactions) {
      if (transaction.markerOffset < endOffset) continue;
      transaction.markerOffset = UNDECIDED;
      this.#open.set(transaction.producerId, transaction);
    }
    this.#firstUnstable = 0;
  }

  #markerAt(place: number): number {
    return this.#transactions[place]?.markerOffset ?? UNDECIDED;
  }
}
