// The buffer that you write yourself: keeps what was sent to each reader for a while, to send it
// again.

import { instant } from '../kernel/simTime';
import type { Environment, NetworkNode } from '../network/node';
import { EntryKind, type LossCause, lossCauseCode } from '../trace/entryKinds';
import type { MessageIndex } from '../trace/trace';

/** A message that is kept for one reader. */
export interface HeldMessage {
  readonly buffer: ReplayBuffer;
  readonly message: MessageIndex;
  readonly reader: NetworkNode;
  /** Place among all that this holder has sent to this reader, from 0. */
  readonly place: number;
}

/** Not part of WebSocket: an application's own memory, lost when its process dies. */
export class ReplayBuffer {
  readonly #environment: Environment;
  readonly #reader: NetworkNode;
  #held = new Map<MessageIndex, HeldMessage>();

  constructor(environment: Environment, reader: NetworkNode) {
    this.#environment = environment;
    this.#reader = reader;
  }

  /** Keeps a message for `window` microseconds. */
  hold(message: MessageIndex, place: number, window: number): void {
    const { context, recorder } = this.#environment;
    const held: HeldMessage = { buffer: this, message, reader: this.#reader, place };
    this.#held.set(message, held);
    recorder.entry(EntryKind.Held, { node: this.#reader.index, message });
    const over = (expired: HeldMessage) => expired.buffer.#expire(expired);
    context.schedule(instant(context.now + window), over, held);
  }

  holds(message: MessageIndex): boolean {
    return this.#held.has(message);
  }

  /** What the reader has not seen, oldest first. */
  after(seen: number): readonly HeldMessage[] {
    return [...this.#held.values()].filter((held) => held.place >= seen);
  }

  /** Forgets everything, because its process died or because it was switched off. */
  clear(cause: LossCause): void {
    const held = this.#held;
    this.#held = new Map();
    for (const message of held.keys()) this.#letGo(message, cause);
  }

  #expire(held: HeldMessage): void {
    if (this.#held.get(held.message) !== held) return;
    this.#held.delete(held.message);
    this.#letGo(held.message, 'replay window passed');
  }

  #letGo(message: MessageIndex, cause: LossCause): void {
    this.#environment.recorder.entry(EntryKind.LetGo, {
      node: this.#reader.index,
      message,
      value: lossCauseCode(cause),
    });
  }
}
