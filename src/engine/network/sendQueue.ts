// What one end of a connection has been given and has not sent yet: part of it still the program's,
// part the kernel's. Knows nothing of the line.

import type { Parcel } from './transfer';

/** Sizes in bytes; Infinity: no limit. */
export interface SendLimits {
  /** What the other end's kernel keeps until its program reads it. */
  readonly receiveWindowBytes: number;
  /** What this end's kernel keeps until the other one has it. */
  readonly sendKernelBytes: number;
}

export class SendQueue<Body> {
  /** Payload that the kernel has not taken: `bufferedAmount` (WHATWG WebSockets). */
  bufferedBytes = 0;
  readonly #limits: SendLimits;
  /** Oldest first. */
  #waiting: Parcel<Body>[] = [];
  /** So many of the oldest are in the kernel. */
  #inKernel = 0;
  /** Taken by the kernel and not acknowledged. */
  #kernelBytes = 0;
  /** Sent, and not known to be read. */
  #unreadBytes = 0;

  constructor(limits: SendLimits) {
    this.#limits = limits;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Whether it never has to hear of what became of what it sent. */
  get isUnlimited(): boolean {
    const { receiveWindowBytes, sendKernelBytes } = this.#limits;
    return (
      receiveWindowBytes === Number.POSITIVE_INFINITY && sendKernelBytes === receiveWindowBytes
    );
  }

  add(parcel: Parcel<Body>): void {
    this.#waiting.push(parcel);
    this.bufferedBytes += parcel.payloadBytes;
    this.#fillKernel();
  }

  /** Takes the next parcel that the window lets go; undefined: none. */
  next(): Parcel<Body> | undefined {
    const first = this.#waiting[0];
    if (first === undefined || this.#inKernel === 0) return undefined;
    const { receiveWindowBytes } = this.#limits;
    // A parcel larger than the whole window goes alone.
    const fits = this.#unreadBytes + first.bytes <= receiveWindowBytes;
    if (first.bytes > 0 && this.#unreadBytes > 0 && !fits) return undefined;
    this.#waiting.shift();
    this.#inKernel -= 1;
    this.#unreadBytes += first.bytes;
    return first;
  }

  /** The other end's kernel has so many bytes more. */
  acknowledged(bytes: number): void {
    this.#kernelBytes -= bytes;
    this.#fillKernel();
  }

  /** The other end's program has read so many bytes more. */
  read(bytes: number): void {
    this.#unreadBytes -= bytes;
  }

  /** Gives up what the kernel has not taken. */
  clearProgram(): readonly Parcel<Body>[] {
    this.bufferedBytes = 0;
    return this.#waiting.splice(this.#inKernel);
  }

  /** Gives up all that waits: what the kernel had, and what it had not. */
  clear(): { readonly kernel: readonly Parcel<Body>[]; readonly program: readonly Parcel<Body>[] } {
    const kernel = this.#waiting.slice(0, this.#inKernel);
    const program = this.#waiting.slice(this.#inKernel);
    this.#waiting = [];
    this.#inKernel = 0;
    this.bufferedBytes = 0;
    return { kernel, program };
  }

  #fillKernel(): void {
    const { sendKernelBytes } = this.#limits;
    for (;;) {
      const next = this.#waiting[this.#inKernel];
      if (next === undefined) return;
      const fits = this.#kernelBytes + next.bytes <= sendKernelBytes;
      if (this.#kernelBytes > 0 && !fits) return;
      this.#inKernel += 1;
      this.#kernelBytes += next.bytes;
      this.bufferedBytes -= next.payloadBytes;
    }
  }
}
