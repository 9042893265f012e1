// Turns a list of numbers into choices, one after the other; property tests draw the numbers.

/** Reads numbers one after the other; 0 once they are used up, so that shorter lists are simpler. */
export class Drawing {
  #at = 0;
  readonly #numbers: readonly number[];

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  below(count: number): number {
    const drawn = this.#numbers[this.#at] ?? 0;
    this.#at += 1;
    return drawn % count;
  }

  /** True once in `count` times, and never when the numbers are used up. */
  oneIn(count: number): boolean {
    return this.below(count) === count - 1;
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}
