// What a page in a browser keeps for itself: how far it has read its topic, and what it has said
// that no gateway has confirmed; sends nothing.

import type { NetworkNode } from '../../network/node';
import type { MessageIndex } from '../../trace/trace';
import type { Person } from '../talk';

/** Something said, with its number among all that this page has said. */
interface Said {
  readonly message: MessageIndex;
  readonly number: number;
}

export class Browser {
  readonly node: NetworkNode;
  readonly person: Person;
  /** The offset after the last that it has seen; kept in the page's storage, so a crash leaves it. */
  seen = 0;
  #unconfirmed: Said[] = [];

  constructor(person: Person) {
    this.node = person.node;
    this.person = person;
  }

  get unconfirmed(): readonly Said[] {
    return this.#unconfirmed;
  }

  keep(said: Said): void {
    this.#unconfirmed.push(said);
  }

  keeps(message: MessageIndex): boolean {
    return this.#unconfirmed.some((said) => said.message === message);
  }

  /** The first `count` that it has said are safe, or a gateway has given them up. */
  confirmed(count: number): void {
    this.#unconfirmed = this.#unconfirmed.filter(({ number }) => number >= count);
  }

  /** @returns what it had not got confirmed. */
  loseMemory(): readonly Said[] {
    const lost = this.#unconfirmed;
    this.#unconfirmed = [];
    return lost;
  }
}
