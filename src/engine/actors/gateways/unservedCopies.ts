// Which copies of what stands in the log no gateway has sent to its reader, and when that is final;
// records nothing.

import type { Offset } from '../../kafka/wire/requests';
import type { MessageIndex, NodeIndex } from '../../trace/trace';

export class UnservedCopies {
  /** By offset, from the first on that a gateway has passed. */
  readonly #messages: (MessageIndex | undefined)[] = [];
  /** By message: browsers to whom it has been sent. */
  readonly #served = new Map<MessageIndex, Set<NodeIndex>>();
  /** No gateway will come to what stands below, unless somebody asks for it. */
  settledBelow: Offset = 0;

  /** A record is known to stand there. */
  stands(offset: Offset, message: MessageIndex): void {
    this.#messages[offset] = message;
  }

  served(message: MessageIndex, reader: NodeIndex): void {
    const readers = this.#served.get(message) ?? new Set<NodeIndex>();
    this.#served.set(message, readers.add(reader));
  }

  isServed(message: MessageIndex, reader: NodeIndex): boolean {
    return this.#served.get(message)?.has(reader) ?? false;
  }

  /** @returns what has become final by that. */
  settle(below: Offset): MessageIndex[] {
    const settled = this.between(this.settledBelow, below);
    this.settledBelow = Math.max(this.settledBelow, below);
    return settled;
  }

  /** What stands from `from` on, below `to`. */
  between(from: Offset, to: Offset): MessageIndex[] {
    const messages: MessageIndex[] = [];
    for (let offset = from; offset < to; offset += 1) {
      const message = this.#messages[offset];
      if (message !== undefined) messages.push(message);
    }
    return messages;
  }
}
