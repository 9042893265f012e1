// Keeps words apart: a word is taken only where no other stands and where it stays in the picture.

import { boxOf, type Word, type WordBox } from '../../still';

const AIR = 5;

export class WordPlaces {
  readonly #taken: WordBox[] = [];
  readonly #width: number;
  readonly #height: number;

  constructor({ width, height }: { readonly width: number; readonly height: number }) {
    this.#width = width;
    this.#height = height;
  }

  /** The words that find room, in their order. */
  takeEach(words: readonly Word[]): Word[] {
    return words.filter((word) => this.takeAll([word]));
  }

  /** All of them or none. */
  takeAll(words: readonly Word[]): boolean {
    const boxes = words.map(boxOf);
    if (!boxes.every((box) => this.#isFree(box))) return false;
    this.#taken.push(...boxes);
    return true;
  }

  #isFree({ left, right, top, bottom }: WordBox): boolean {
    if (left < 0 || top < 0 || right > this.#width || bottom > this.#height) return false;
    return this.#taken.every(
      (other) =>
        right + AIR <= other.left ||
        other.right + AIR <= left ||
        bottom <= other.top ||
        other.bottom <= top,
    );
  }
}
