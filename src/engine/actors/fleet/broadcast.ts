// What the servers together know of one message: to which readers one of them has sent it, and who
// may still bring it; decides what became of the others.

import type { LossCause } from '../../trace/entryKinds';
import type { MessageIndex, NodeIndex } from '../../trace/trace';
import type { SocketServer } from './socketServer';

export class Broadcast {
  readonly message: MessageIndex;
  readonly readers: readonly NodeIndex[];
  /** Why a server did not get it, if one did not. */
  failure: LossCause = 'not on that server';
  readonly #hasBeenSent: Uint8Array;
  /** A bit for the place of each server that has had it. */
  #served = 0;
  /** Hands that hold it and may bring it to a server. */
  #holders = 1;

  constructor(message: MessageIndex, readers: readonly NodeIndex[]) {
    this.message = message;
    this.readers = readers;
    this.#hasBeenSent = new Uint8Array(readers.length);
  }

  /** Somebody more holds it. */
  hold(count = 1): void {
    this.#holders += count;
  }

  /** One holder less; true when that was the last one. */
  release(): boolean {
    this.#holders -= 1;
    return this.#holders === 0;
  }

  servedBy({ place }: SocketServer): void {
    this.#served |= 1 << place;
  }

  hasServed({ place }: SocketServer): boolean {
    return (this.#served & (1 << place)) !== 0;
  }

  /** A server sends it to a reader; false: it is not meant for this one. */
  sentTo(reader: NodeIndex): boolean {
    const place = this.#placeOf(reader);
    if (place < 0) return false;
    this.#hasBeenSent[place] = 1;
    return true;
  }

  /** Readers to whom no server has sent it. */
  *unserved(): Generator<NodeIndex> {
    for (let place = 0; place < this.readers.length; place += 1) {
      if (this.#hasBeenSent[place] === 0) yield this.readers[place] as NodeIndex;
    }
  }

  /** Readers are numbered one after the other, a few left out: the place is near the guess. */
  #placeOf(reader: NodeIndex): number {
    const { readers } = this;
    let place = Math.min(readers.length - 1, reader - (readers[0] ?? 0));
    while (place >= 0 && (readers[place] as number) > reader) place -= 1;
    return readers[place] === reader ? place : -1;
  }
}
