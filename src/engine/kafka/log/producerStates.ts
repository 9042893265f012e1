// What one log knows of its producers, to refuse and to recognise batches; stores no records.

/** Sequence numbers are 31 bits: after this one comes 0. */
const MAX_SEQUENCE = 0x7fffffff;
/** `ProducerStateEntry.NUM_BATCHES_TO_RETAIN`: as many as a producer may have in flight. */
const REMEMBERED_BATCHES = 5;

/** A batch as its producer sends it. Sequence numbers count records, per producer and partition. */
export interface SequencedBatch {
  readonly producerId: number;
  readonly epoch: number;
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly transactional: boolean;
}

/** The end of a transaction, as its coordinator writes it. */
export interface MarkerBatch {
  readonly producerId: number;
  /** Its coordinator has raised it (transaction version 2), which fences what came before. */
  readonly epoch: number;
}

export type Verdict =
  | { readonly outcome: 'append' }
  /** It is in the log already, at these offsets: the answer is the one of the first time. */
  | { readonly outcome: 'duplicate'; readonly baseOffset: number; readonly lastOffset: number }
  | { readonly outcome: 'OUT_OF_ORDER_SEQUENCE_NUMBER' | 'INVALID_PRODUCER_EPOCH' };

const APPEND: Verdict = { outcome: 'append' };
const OUT_OF_ORDER: Verdict = { outcome: 'OUT_OF_ORDER_SEQUENCE_NUMBER' };
const INVALID_EPOCH: Verdict = { outcome: 'INVALID_PRODUCER_EPOCH' };

/** The sequence number that is `count` records after `sequence`. */
export const sequenceAfter = (sequence: number, count: number): number =>
  (sequence + count) & MAX_SEQUENCE;

/** How many records a batch with these sequence numbers has. */
function recordCount({ firstSequence, lastSequence }: SequencedBatch): number {
  return ((lastSequence - firstSequence) & MAX_SEQUENCE) + 1;
}

/** Something of this producer in the log; a marker has no batch. */
interface Entry {
  readonly epoch: number;
  readonly offset: number;
  readonly batch: SequencedBatch | undefined;
}

/**
 * The producers of one log (Kafka 4.3, `ProducerStateManager`, `ProducerAppendInfo`). Kafka keeps
 * five batches of each, and reads its log again when it was cut; here everything that is in the log
 * is kept, so that cutting is exact, and only the last five batches of the present epoch count.
 */
export class ProducerStates {
  /** By producer, in the order of the log. */
  readonly #entries = new Map<number, Entry[]>();

  /** What a leader does with a batch that a producer sends. Followers append without asking. */
  check(batch: SequencedBatch): Verdict {
    const entries = this.#entries.get(batch.producerId);
    const last = entries?.at(-1);
    // What the log says of this producer may have expired, so anything may be its next number; a
    // transaction cannot outlive that, so it begins at 0 (transaction version 2).
    if (entries === undefined || last === undefined) {
      return !batch.transactional || batch.firstSequence === 0 ? APPEND : OUT_OF_ORDER;
    }
    if (batch.epoch < last.epoch) return INVALID_EPOCH;
    if (batch.epoch > last.epoch) return batch.firstSequence === 0 ? APPEND : OUT_OF_ORDER;
    return checkInEpoch(entries, batch);
  }

  /** The batch is in the log now, its first record at `baseOffset`. */
  appended(batch: SequencedBatch, baseOffset: number): void {
    this.#entriesOf(batch.producerId).push({ epoch: batch.epoch, offset: baseOffset, batch });
  }

  /** The marker is in the log now: nothing older than its epoch may follow. */
  markerAppended({ producerId, epoch }: MarkerBatch, offset: number): void {
    this.#entriesOf(producerId).push({ epoch, offset, batch: undefined });
  }

  /** The log was cut: what begins at `endOffset` or above never happened. */
  truncateTo(endOffset: number): void {
    for (const [producerId, entries] of this.#entries) {
      const kept = entries.findLastIndex(({ offset }) => offset < endOffset) + 1;
      entries.length = kept;
      if (kept === 0) this.#entries.delete(producerId);
    }
  }

  #entriesOf(producerId: number): Entry[] {
    const known = this.#entries.get(producerId);
    if (known !== undefined) return known;
    const entries: Entry[] = [];
    this.#entries.set(producerId, entries);
    return entries;
  }
}

/** What to do with a batch of the epoch of the last entry. */
function checkInEpoch(entries: readonly Entry[], sent: SequencedBatch): Verdict {
  let newest: SequencedBatch | undefined;
  let remembered = 0;
  for (let place = entries.length - 1; place >= 0; place -= 1) {
    const { epoch, offset, batch } = entries[place] as Entry;
    if (epoch !== sent.epoch || remembered === REMEMBERED_BATCHES) break;
    if (batch === undefined) continue;
    if (isSame(batch, sent)) {
      const lastOffset = offset + recordCount(sent) - 1;
      return { outcome: 'duplicate', baseOffset: offset, lastOffset };
    }
    newest ??= batch;
    remembered += 1;
  }
  const next = newest === undefined ? 0 : sequenceAfter(newest.lastSequence, 1);
  return sent.firstSequence === next ? APPEND : OUT_OF_ORDER;
}

/** A batch is the same if it begins and ends alike; one that merely overlaps is out of order. */
const isSame = (batch: SequencedBatch, sent: SequencedBatch): boolean =>
  batch.firstSequence === sent.firstSequence && batch.lastSequence === sent.lastSequence;
