// Who may talk on a medium, and when: simplex, half-duplex with a turnaround, or full-duplex.

/** Which way bytes go on a link: from its first end to its second, or back. */
export type Direction = 0 | 1;

export type DuplexMode = 'simplex' | 'half-duplex' | 'full-duplex';

export interface MediumOptions {
  readonly mode: DuplexMode;
  /** Microseconds that a half-duplex medium needs to change its direction. */
  readonly turnaround: number;
}

/** When a transfer occupies its medium, in microseconds. */
export interface Occupation {
  /** Its first byte leaves. */
  readonly start: number;
  /** Its last byte arrives. */
  readonly arrival: number;
}

/**
 * The shared air, or the pair of wires, between two ends. Reservations are granted in the order in
 * which they are
 * asked for. A half-duplex medium is busy from the first byte leaving to the last byte arriving;
 * the same direction
 * may go on sending meanwhile, the other must wait (RFC 3366 §1.1).
 */
export class Medium {
  readonly #options: MediumOptions;
  readonly #leavingUntil: [number, number] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  readonly #arrivingUntil: [number, number] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];

  constructor(options: MediumOptions) {
    this.#options = options;
  }

  /** False on a simplex medium for the way back. */
  carries(direction: Direction): boolean {
    return this.#options.mode !== 'simplex' || direction === 0;
  }

  /** Reserves the medium for a transfer that is ready at `now`; all times in microseconds. */
  reserve(direction: Direction, now: number, transmission: number, latency: number): Occupation {
    const start = Math.max(now, this.#freeFor(direction));
    const arrival = start + transmission + latency;
    this.#leavingUntil[direction] = start + transmission;
    this.#arrivingUntil[direction] = arrival;
    return { start, arrival };
  }

  #freeFor(direction: Direction): number {
    const own = this.#leavingUntil[direction];
    if (this.#options.mode !== 'half-duplex') return own;
    const other = this.#arrivingUntil[direction === 0 ? 1 : 0];
    return Math.max(own, other + this.#options.turnaround);
  }
}
