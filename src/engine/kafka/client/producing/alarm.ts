// One timer of a client's process that may be set to another time; does nothing of its own.

import type { EventId } from '../../../kernel/eventQueue';
import { microseconds } from '../../../kernel/simTime';
import type { Environment } from '../../../network/node';
import type { ClientProcess } from '../clientProcess';

const NEVER = Number.POSITIVE_INFINITY;

export class Alarm {
  readonly #environment: Environment;
  readonly #process: ClientProcess;
  readonly #ring: () => void;
  #event: EventId | null = null;
  #at = NEVER;

  constructor(environment: Environment, process: ClientProcess, ring: () => void) {
    this.#environment = environment;
    this.#process = process;
    this.#ring = ring;
  }

  get isSet(): boolean {
    return this.#event !== null;
  }

  /** Rings at this time and at no other; Infinity: not at all. What is past rings at once. */
  set(at: number): void {
    if (at === this.#at) return;
    if (this.#event !== null) this.#environment.context.cancel(this.#event);
    this.#at = at;
    this.#event = null;
    if (at === NEVER) return;
    const wait = Math.max(0, at - this.#environment.context.now);
    this.#event = this.#process.after(microseconds(wait), ringNow, this);
  }

  /** Its time has come. */
  ring(): void {
    this.#event = null;
    this.#at = NEVER;
    this.#ring();
  }
}

const ringNow = (alarm: Alarm): void => alarm.ring();
