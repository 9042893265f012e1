// Pops the next event, hands it to its handler, and stops at the horizon or at the event limit.

import { type EventId, EventQueue, type Handler } from './eventQueue';
import { createRandomStream, type RandomStream } from './random';
import { later, type SimDuration, type SimTime } from './simTime';

/** What the model may do besides changing its own state. */
export interface Context {
  readonly now: SimTime;
  /** The entry that whatever is recorded or scheduled next follows from; -1 at the start. */
  cause: number;
  /** The stream of draws for one purpose; the same name gives the same stream for the whole run. */
  random(stream: string): RandomStream;
  /** Lets `handler` run at `time`, never before now. */
  schedule<Payload>(time: SimTime, handler: Handler<Payload>, payload: Payload): EventId;
  /** As `schedule`, counted from now. */
  after<Payload>(delay: SimDuration, handler: Handler<Payload>, payload: Payload): EventId;
  cancel(event: EventId): boolean;
}

/**
 * A run that scheduled more events than it may: a loop in the model, or a workload beyond its
 * bounds.
 */
export class EventLimitError extends Error {}

export interface SimulationOptions {
  readonly seed: number;
  /** The run begins here; handshakes that come before the scene have negative times. */
  readonly start: SimTime;
  /** Events after this instant do not happen. */
  readonly horizon: SimTime;
  /** Highest number of events that one run may handle. */
  readonly eventLimit: number;
}

/** One run of a model over simulated time; holds no state outside itself. */
export class Simulation implements Context {
  readonly seed: number;
  now: SimTime;
  cause = -1;
  /** Events handled so far. */
  handled = 0;

  readonly #queue: EventQueue;
  readonly #streams = new Map<string, RandomStream>();
  readonly #options: SimulationOptions;

  constructor(options: SimulationOptions) {
    this.#options = options;
    this.seed = options.seed;
    this.now = options.start;
    this.#queue = new EventQueue(options.start);
  }

  /** The share of the run that is over, 0–1. */
  get progress(): number {
    const { start, horizon } = this.#options;
    return (this.now - start) / Math.max(1, horizon - start);
  }

  random(stream: string): RandomStream {
    let opened = this.#streams.get(stream);
    if (!opened) {
      opened = createRandomStream(this.#options.seed, stream);
      this.#streams.set(stream, opened);
    }
    return opened;
  }

  schedule<Payload>(time: SimTime, handler: Handler<Payload>, payload: Payload): EventId {
    if (!(time >= this.now) || !Number.isSafeInteger(time)) {
      throw new Error(`Engine fault: an event at ${time} µs was scheduled at ${this.now} µs.`);
    }
    return this.#queue.push(time, this.cause, handler as Handler<unknown>, payload);
  }

  after<Payload>(delay: SimDuration, handler: Handler<Payload>, payload: Payload): EventId {
    return this.schedule(later(this.now, delay), handler, payload);
  }

  cancel(event: EventId): boolean {
    return this.#queue.cancel(event);
  }

  /**
   * Handles every event up to and including `until`, or the horizon if that comes first.
   * @throws EventLimitError when the run needs more events than its limit.
   */
  runUntil(until: SimTime): void {
    const queue = this.#queue;
    const end = Math.min(until, this.#options.horizon) as SimTime;
    const { eventLimit } = this.#options;
    while (queue.pop(end)) {
      if (this.handled >= eventLimit) throw this.#limitReached(queue.time);
      this.handled += 1;
      this.now = queue.time as SimTime;
      this.cause = queue.cause;
      const { handler } = queue;
      handler(queue.payload);
    }
    this.now = end;
    this.cause = -1;
  }

  #limitReached(time: number): EventLimitError {
    return new EventLimitError(
      `The run stopped at ${time} µs after ${this.#options.eventLimit} events, its limit. ` +
        'Ask for fewer messages or a shorter time.',
    );
  }
}
