// An instant by which something must have happened; moving it later costs no event.

import type { EventId, Handler } from '../../kernel/eventQueue';
import { microseconds, type SimDuration, type SimTime } from '../../kernel/simTime';
import type { Context } from '../../kernel/simulation';

/** The clock itself, or a process that may stall or crash. */
interface Timers {
  after<Payload>(delay: SimDuration, handler: Handler<Payload>, payload: Payload): EventId;
}

export class Deadline {
  readonly #context: Context;
  readonly #reached: () => void;
  readonly #timers: Timers;
  #time: SimTime | null = null;
  #event: EventId | null = null;
  #eventTime = 0;
  /** What the deadline follows from: the last thing that moved it, not the first. */
  #cause = -1;

  constructor(context: Context, reached: () => void, timers: Timers = context) {
    this.#context = context;
    this.#reached = reached;
    this.#timers = timers;
  }

  get isSet(): boolean {
    return this.#time !== null;
  }

  set(time: SimTime): void {
    this.#time = time;
    this.#cause = this.#context.cause;
    if (this.#event !== null) {
      if (this.#eventTime <= time) return;
      this.#context.cancel(this.#event);
    }
    this.#wait(time);
  }

  clear(): void {
    this.#time = null;
  }

  /** Its process died, and its timers with it. */
  forget(): void {
    this.clear();
    if (this.#event !== null) this.#context.cancel(this.#event);
    this.#event = null;
  }

  #wait(time: SimTime): void {
    this.#event = this.#timers.after(microseconds(time - this.#context.now), look, this);
    this.#eventTime = time;
  }

  look(): void {
    this.#event = null;
    if (this.#time === null) return;
    this.#context.cause = this.#cause;
    if (this.#context.now < this.#time) {
      this.#wait(this.#time);
      return;
    }
    this.#time = null;
    this.#reached();
  }
}

const look = (deadline: Deadline): void => deadline.look();
