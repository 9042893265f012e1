// Which slots of a set of wheels hold anything: one bit each, found without looking at every slot.

/** Slots of a wheel: 32 words of 32 bits, and one bit for each word that is not empty. */
export const SLOTS = 1_024;
export const SLOT_BITS = 10;

const WORD_BITS = 5;
const WORDS = SLOTS >> WORD_BITS;

/** Slots are numbered through: `SLOTS` of the first wheel, then those of the second, and so on. */
export class SlotMarks {
  readonly #slots: Int32Array;
  readonly #words: Int32Array;

  constructor(wheels: number) {
    this.#slots = new Int32Array(wheels * WORDS);
    this.#words = new Int32Array(wheels);
  }

  set(slot: number): void {
    const word = slot >> WORD_BITS;
    const wheel = slot >> SLOT_BITS;
    this.#slots[word] = (this.#slots[word] as number) | bit(slot);
    this.#words[wheel] = (this.#words[wheel] as number) | bit(word);
  }

  clear(slot: number): void {
    const word = slot >> WORD_BITS;
    const left = (this.#slots[word] as number) & ~bit(slot);
    this.#slots[word] = left;
    if (left !== 0) return;
    const wheel = slot >> SLOT_BITS;
    this.#words[wheel] = (this.#words[wheel] as number) & ~bit(word);
  }

  /** The first marked slot of a wheel from its slot `digit` on; -1 if there is none. */
  next(wheel: number, digit: number): number {
    if (digit >= SLOTS) return -1;
    const word = digit >> WORD_BITS;
    const here = (this.#slots[wheel * WORDS + word] as number) & -bit(digit);
    if (here !== 0) return ((wheel * WORDS + word) << WORD_BITS) + lowest(here);
    // Twice the word's own bit is the next word's; past the last it is 0, and no word is left.
    const later = (this.#words[wheel] as number) & -(bit(word) << 1);
    if (later === 0) return -1;
    const found = wheel * WORDS + lowest(later);
    return (found << WORD_BITS) + lowest(this.#slots[found] as number);
  }
}

/** The bit of a number among 32. */
const bit = (number: number): number => 1 << (number & 31);

const lowest = (bits: number): number => 31 - Math.clz32(bits & -bits);
