// The copies of earlier messages for readers who have come late.

import type { MessageIndex, NodeIndex } from '../trace';
import type { CopyIndex } from './copies';

const NO_COPIES: readonly CopyIndex[] = [];

export class LateCopies {
  readonly #byReader = new Map<NodeIndex, Map<MessageIndex, CopyIndex>>();
  readonly #byMessage = new Map<MessageIndex, CopyIndex[]>();

  add(copy: CopyIndex, message: MessageIndex, reader: NodeIndex): void {
    const ofReader = this.#byReader.get(reader) ?? new Map<MessageIndex, CopyIndex>();
    this.#byReader.set(reader, ofReader.set(message, copy));
    this.#byMessage.set(message, [...this.of(message), copy]);
  }

  of(message: MessageIndex): readonly CopyIndex[] {
    // Nearly always; it is asked several times a message.
    if (this.#byMessage.size === 0) return NO_COPIES;
    return this.#byMessage.get(message) ?? NO_COPIES;
  }

  /** -1 if there is none. */
  find(message: MessageIndex, reader: NodeIndex): CopyIndex {
    return this.#byReader.get(reader)?.get(message) ?? -1;
  }
}
