// Where each leader epoch begins in one replica's log; knows no records and no other replica.

/** An epoch and the offset after its last record; epoch and offset are -1 when nobody can tell. */
export interface EpochEnd {
  readonly epoch: number;
  readonly endOffset: number;
}

/** The answer about an epoch that is newer than every one known here. */
const UNKNOWN_END: EpochEnd = { epoch: -1, endOffset: -1 };

/**
 * Two logs are the same up to a record if the record has the same offset and the same leader epoch
 * in both, so that comparing epochs finds where a deposed leader's log went its own way (KIP-101,
 * KIP-279).
 */
export class LeaderEpochs {
  /** Ascending, and so are the offsets at which they start. */
  readonly #epochs: number[] = [];
  readonly #startOffsets: number[] = [];

  /** The newest epoch; -1 if there is none. */
  get latest(): number {
    return this.#epochs.at(-1) ?? -1;
  }

  /**
   * The record at `startOffset` is the first of `epoch`, or will be; what is known of later offsets
   * or epochs was overwritten and is forgotten. Saying it again of the latest epoch has no effect.
   */
  assign(epoch: number, startOffset: number): void {
    const last = this.#epochs.length - 1;
    if (last >= 0 && epoch === this.#epochs[last]) {
      if (startOffset >= (this.#startOffsets[last] as number)) return;
    }
    this.#forget((start, known) => known >= epoch || start >= startOffset);
    this.#epochs.push(epoch);
    this.#startOffsets.push(startOffset);
  }

  /**
   * The largest epoch not above `epoch`, and where it ends: at the start of the next one, or at
   * `logEnd` for the latest. When every known epoch is above it, the log begins too late to tell:
   * the same epoch, ending where the log's first one starts (OffsetsForLeaderEpoch).
   */
  endOf(epoch: number, logEnd: number): EpochEnd {
    if (epoch === this.latest) return epoch < 0 ? UNKNOWN_END : { epoch, endOffset: logEnd };
    const next = this.#epochs.findIndex((known) => known > epoch);
    if (epoch < 0 || next < 0) return UNKNOWN_END;
    const endOffset = this.#startOffsets[next] as number;
    return { epoch: this.#epochs[next - 1] ?? epoch, endOffset };
  }

  /** The records from `endOffset` on are gone. */
  truncateTo(endOffset: number): void {
    this.#forget((start) => start >= endOffset);
  }

  #forget(isGone: (startOffset: number, epoch: number) => boolean): void {
    let kept = this.#epochs.length;
    while (kept > 0) {
      const last = kept - 1;
      if (!isGone(this.#startOffsets[last] as number, this.#epochs[last] as number)) break;
      kept = last;
    }
    this.#epochs.length = kept;
    this.#startOffsets.length = kept;
  }
}
