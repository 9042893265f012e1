// How a reader's program asks: every so often, again after each answer, or once and then after each
// break.

import { type HttpBody, pollParcel, subscribeParcel } from '../../http/httpBody';
import type { HttpConnection } from '../../http/httpConnection';
import type { RequestTarget, EventId as StreamEventId } from '../../http/httpText';
import type { HttpSettings } from '../../http/settings';
import type { EventId } from '../../kernel/eventQueue';
import { microseconds } from '../../kernel/simTime';
import type { Environment } from '../../network/node';

export interface Reader {
  /** The scene begins. */
  start(): void;
  /** Its connection is open. */
  opened(): void;
  /** A response, or a part of one, is here; its messages are handed over already. */
  answered(body: HttpBody): void;
  /** Its connection is dead, and with it every answer. */
  closed(): void;
  settingsChanged(): void;
}

export interface ReaderParts {
  readonly environment: Environment;
  readonly settings: HttpSettings;
  readonly connection: HttpConnection;
  readonly target: RequestTarget;
}

/**
 * Short polling (RFC 6202 §2.1): asks every `pollInterval`, unless the last answer is still due.
 */
export class Poller implements Reader {
  readonly #parts: ReaderParts;
  #timer: EventId | null = null;
  #interval: number;
  #isAsking = false;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
    this.#interval = parts.settings.pollInterval;
  }

  start(): void {
    this.tick();
  }

  opened(): void {
    // Its clock goes on: it asks when the time has come.
  }

  answered({ part }: HttpBody): void {
    if (part === 'messages' || part === 'nothing') this.#isAsking = false;
  }

  closed(): void {
    this.#isAsking = false;
  }

  settingsChanged(): void {
    if (this.#interval === this.#parts.settings.pollInterval || this.#timer === null) return;
    this.#parts.environment.context.cancel(this.#timer);
    this.#wait();
  }

  tick(): void {
    const { connection, target } = this.#parts;
    if (connection.isOpen && !this.#isAsking) {
      this.#isAsking = true;
      connection.request(pollParcel(target));
    }
    this.#wait();
  }

  #wait(): void {
    const { environment, settings } = this.#parts;
    const { context } = environment;
    context.cause = NOTHING;
    this.#interval = settings.pollInterval;
    this.#timer = context.after(microseconds(this.#interval), tick, this);
  }
}

/** Long polling (RFC 6202 §2.2): there is always one request at the server, or on its way. */
export class LongPoller implements Reader {
  readonly #parts: ReaderParts;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  start(): void {
    // It has been asking since its connection opened.
  }

  opened(): void {
    this.#ask();
  }

  answered(): void {
    this.#ask();
  }

  closed(): void {
    // It asks again when there is a connection.
  }

  settingsChanged(): void {
    // How long a request may wait is the server's business.
  }

  #ask(): void {
    this.#parts.connection.request(pollParcel(this.#parts.target));
  }
}

/** An event source (HTML §9.2): asks once, and after a break from the last event on. */
export class EventSource implements Reader {
  readonly #parts: ReaderParts;
  #last: StreamEventId | null = null;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  start(): void {
    // As the long poller.
  }

  opened(): void {
    const { connection, target } = this.#parts;
    connection.request(subscribeParcel(target, this.#last));
  }

  answered(body: HttpBody): void {
    const hasId = body.part === 'event' || body.part === 'streamHead';
    if (hasId && body.id !== null) this.#last = body.id;
  }

  closed(): void {
    // What it saw last is lost with its process, not with its connection.
    if (!this.#parts.connection.client.up) this.#last = null;
  }

  settingsChanged(): void {
    // How much is kept is the server's business.
  }
}

/** The cause of what a clock does. */
const NOTHING = -1;
const tick = (poller: Poller): void => poller.tick();
