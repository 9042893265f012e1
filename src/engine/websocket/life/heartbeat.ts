// One end's heartbeat: pings now and then, and gives the connection up when a pong stays out.

import type { EventId } from '../../kernel/eventQueue';
import { microseconds } from '../../kernel/simTime';
import type { Context } from '../../kernel/simulation';
import type { SocketSettings } from '../socketScene';

/** The end whose heartbeat it is. */
export interface HeartbeatOwner {
  /** False: it cannot now, and waits for no pong. */
  ping(number: number): boolean;
  /** No pong in time: there is nobody, or no way to them. */
  pongMissed(): void;
}

export class Heartbeat {
  readonly #context: Context;
  readonly #settings: SocketSettings;
  readonly #owner: HeartbeatOwner;
  #isRunning = false;
  #next: EventId | null = null;
  #sent = 0;
  #answered = 0;

  constructor(context: Context, settings: SocketSettings, owner: HeartbeatOwner) {
    this.#context = context;
    this.#settings = settings;
    this.#owner = owner;
  }

  start(): void {
    this.#isRunning = true;
    this.settingsChanged();
  }

  stop(): void {
    this.#isRunning = false;
    this.#cancel();
  }

  /** The interval may be another one, or none. */
  settingsChanged(): void {
    if (!this.#isRunning) return;
    this.#cancel();
    this.#planNext();
  }

  /** A pong came: with the payload of a ping it answers that one and all before it. */
  pong(number: number): void {
    this.#answered = Math.max(this.#answered, number);
  }

  #planNext(): void {
    const { pingInterval } = this.#settings;
    if (pingInterval > 0) {
      this.#next = this.#context.after(microseconds(pingInterval), this.#ping, undefined);
    }
  }

  readonly #ping = (): void => {
    this.#sent += 1;
    if (this.#owner.ping(this.#sent)) {
      const timeout = microseconds(this.#settings.pongTimeout);
      this.#context.after(timeout, this.#check, this.#sent);
    }
    // After the check, which may fall on the same instant and leave nobody to ping.
    this.#planNext();
  };

  readonly #check = (number: number): void => {
    if (this.#isRunning && this.#answered < number) this.#owner.pongMissed();
  };

  #cancel(): void {
    if (this.#next !== null) this.#context.cancel(this.#next);
    this.#next = null;
  }
}
