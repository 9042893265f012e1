// The server's end of server-sent events for one reader: a response that goes on for ever, and a
// memory of the last events for readers who come back.

import { eventParcel, GAP, type HttpBody, streamHeadParcel } from '../../http/httpBody';
import type { HttpConnection } from '../../http/httpConnection';
import type { EventId } from '../../http/httpText';
import type { HttpSettings } from '../../http/settings';
import type { Environment, NetworkNode } from '../../network/node';
import type { Transfer } from '../../network/transfer';
import type { MessageIndex } from '../../trace/trace';
import { ReplayBuffer } from '../replayBuffer';
import { type Offer, type Outlet, recordLoss } from './outlet';

export interface EventStreamParts {
  readonly environment: Environment;
  readonly reader: NetworkNode;
  readonly settings: HttpSettings;
}

export class EventStream implements Outlet {
  readonly #parts: EventStreamParts;
  readonly #memory: ReplayBuffer;
  /** Lives of the server's process so far: what an earlier one numbered, this one does not know. */
  #life = 0;
  /** Events of this life. */
  #count = 0;
  #response: HttpConnection | null = null;
  readonly #payloads: number[] = [];

  constructor(parts: EventStreamParts) {
    this.#parts = parts;
    this.#memory = new ReplayBuffer(parts.environment, parts.reader);
  }

  offer({ message, payloadBytes }: Offer): void {
    const { environment, reader, settings } = this.#parts;
    const place = this.#count;
    this.#count += 1;
    this.#payloads[message] = payloadBytes;
    const { cause } = environment.context;
    if (settings.eventWindow > 0) this.#memory.hold(message, place, settings.eventWindow);
    environment.context.cause = cause;
    if (this.#response !== null) this.#send(this.#response, { message, place, isLate: false });
    else if (!this.#memory.holds(message)) {
      recordLoss(environment, reader, { message, cause: 'reader away' });
    }
  }

  asked(connection: HttpConnection, { parcel: { body } }: Transfer<HttpBody>): void {
    if (body.part !== 'subscribe') return;
    this.#response = connection;
    // Who does not say what it has seen, begins with what comes next.
    if (body.last === null) this.#memory.clear('reset past it');
    this.#resume(connection, body.last ?? this.#newest());
  }

  closed(dropped: readonly Transfer<HttpBody>[]): void {
    const { environment, reader } = this.#parts;
    this.#response = null;
    for (const { parcel } of dropped) {
      if (parcel.body.part !== 'event') continue;
      const { message } = parcel.body.handed;
      if (this.#memory.holds(message)) continue;
      recordLoss(environment, reader, { message, cause: 'cut on the way' });
    }
  }

  forget(): void {
    this.#memory.clear('lost in the crash');
    this.#life += 1;
    this.#count = 0;
  }

  settingsChanged(): void {
    if (this.#parts.settings.eventWindow === 0) this.#memory.clear('replay window passed');
  }

  #newest(): EventId {
    return { life: this.#life, count: this.#count };
  }

  /** Sends what came after the last event seen, and says so first if part of that is gone. */
  #resume(connection: HttpConnection, last: EventId): void {
    const isKnown = last.life === this.#life;
    const seen = isKnown ? last.count : 0;
    const kept = this.#memory.after(seen);
    const after = { life: this.#life, count: this.#count - kept.length };
    connection.respond(streamHeadParcel(this.#parts.settings.eventWindow > 0 ? after : null));
    if (!isKnown || kept.length < this.#count - seen) connection.respond(GAP);
    for (const { message, place: at } of kept) {
      this.#send(connection, { message, place: at, isLate: true });
    }
  }

  #send(connection: HttpConnection, event: NumberedEvent): void {
    const { message, place, isLate } = event;
    const payloadBytes = this.#payloads[message] ?? 0;
    const id = this.#memory.holds(message) ? { life: this.#life, count: place + 1 } : null;
    connection.respond(eventParcel({ message, payloadBytes, fromStorage: isLate }, id));
  }
}

interface NumberedEvent {
  readonly message: MessageIndex;
  readonly place: number;
  /** It is sent again, or for the first time after the reader was away. */
  readonly isLate: boolean;
}
