// Counts the offsets of a log that hold nothing to read, from its start up to its watermark:
// markers of transactions, and what compaction took out. Knows no records.

export class LogGaps {
  /** Those between the start and the watermark. */
  count = 0;
  /** Above the watermark as well. */
  readonly #offsets = new Set<number>();
  #start = 0;
  #end = 0;

  add(offset: number): void {
    if (this.#offsets.has(offset)) return;
    this.#offsets.add(offset);
    if (offset >= this.#start && offset < this.#end) this.count += 1;
  }

  /** The log begins there now. */
  startsAt(offset: number): void {
    this.count -= this.#between(this.#start, Math.min(offset, this.#end));
    this.#start = Math.max(this.#start, offset);
  }

  /** The watermark stands there now; it may have gone back. */
  endsAt(offset: number): void {
    const end = Math.max(offset, this.#start);
    this.count += this.#between(Math.max(this.#end, this.#start), end);
    this.count -= this.#between(end, this.#end);
    this.#end = end;
  }

  /** What stood from there on is no more. */
  truncateTo(logEnd: number): void {
    if (logEnd < this.#end) this.endsAt(logEnd);
    for (const offset of this.#offsets) if (offset >= logEnd) this.#offsets.delete(offset);
  }

  #between(from: number, to: number): number {
    if (this.#offsets.size === 0) return 0;
    let count = 0;
    for (let offset = from; offset < to; offset += 1) if (this.#offsets.has(offset)) count += 1;
    return count;
  }
}
