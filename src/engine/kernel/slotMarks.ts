// Which slots of a set of wheels hold anything: one bit each, found without looking at every slot.

/** Slots of a wheel at most: three levels of 32 bits each lead to one. */
export const SLOTS = 32_768;
export const SLOT_BITS = 15;

const WORD_BITS = 5;
const WORDS = SLOTS >> WORD_BITS;
const GROUPS = WORDS >> WORD_BITS;

/** Slots are numbered through: `SLOTS` of the first wheel, then those of the second, and so on. */
export class SlotMarks {
  readonly #slots: Int32Array;
  /** One bit for each word of slots that is not empty. */
  readonly #words: Int32Array;
  /** One bit for each group of words that is not empty. */
  readonly #groups: Int32Array;

  constructor(wheels: number) {
    this.#slots = new Int32Array(wheels * WORDS);
    this.#words = new Int32Array(wheels * GROUPS);
    this.#groups = new Int32Array(wheels);
  }

  set(slot: number): void {
    const word = slot >> WORD_BITS;
    const group = word >> WORD_BITS;
    const wheel = group >> WORD_BITS;
    this.#slots[word] = (this.#slots[word] as number) | bit(slot);
    this.#words[group] = (this.#words[group] as number) | bit(word);
    this.#groups[wheel] = (this.#groups[wheel] as number) | bit(group);
  }

  clear(slot: number): void {
    const word = slot >> WORD_BITS;
    const slots = (this.#slots[word] as number) & ~bit(slot);
    this.#slots[word] = slots;
    if (slots !== 0) return;
    const group = word >> WORD_BITS;
    const words = (this.#words[group] as number) & ~bit(word);
    this.#words[group] = words;
    if (words !== 0) return;
    const wheel = group >> WORD_BITS;
    this.#groups[wheel] = (this.#groups[wheel] as number) & ~bit(group);
  }

  /** The first marked slot of a wheel from its slot `digit` on; -1 if there is none. */
  next(wheel: number, digit: number): number {
    const groups = this.#groups[wheel] as number;
    if (groups === 0 || digit >= SLOTS) return -1;
    const word = wheel * WORDS + (digit >> WORD_BITS);
    const slots = (this.#slots[word] as number) & -bit(digit);
    if (slots !== 0) return (word << WORD_BITS) + lowest(slots);
    const group = word >> WORD_BITS;
    const words = (this.#words[group] as number) & after(word);
    if (words !== 0) return this.#firstOf((group << WORD_BITS) + lowest(words));
    const later = groups & after(group);
    if (later === 0) return -1;
    const found = wheel * GROUPS + lowest(later);
    return this.#firstOf((found << WORD_BITS) + lowest(this.#words[found] as number));
  }

  #firstOf(word: number): number {
    return (word << WORD_BITS) + lowest(this.#slots[word] as number);
  }
}

/** The bit of a number among 32. */
const bit = (number: number): number => 1 << (number & 31);

/** The bits above a number's own; past the last there is none. */
const after = (number: number): number => -(bit(number) << 1);

const lowest = (bits: number): number => 31 - Math.clz32(bits & -bits);
