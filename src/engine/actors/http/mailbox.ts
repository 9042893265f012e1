// The server's queue for a reader who polls: an answer brings all that is in it. Short polling is
// answered at once, long polling as soon as there is something, or when its time is over.

import { type HandedOver, type HttpBody, messagesParcel, NOTHING_YET } from '../../http/httpBody';
import type { HttpConnection } from '../../http/httpConnection';
import type { EventId } from '../../kernel/eventQueue';
import { microseconds } from '../../kernel/simTime';
import type { Environment, NetworkNode } from '../../network/node';
import type { Transfer } from '../../network/transfer';
import { EntryKind, type LossCause, lossCauseCode } from '../../trace/entryKinds';
import { type Offer, type Outlet, recordLoss } from './outlet';

/** A request that waits at the server. */
interface HeldRequest {
  readonly connection: HttpConnection;
  readonly timer: EventId;
}

export interface MailboxParts {
  readonly environment: Environment;
  readonly reader: NetworkNode;
  /** How long a request may wait here for a message, in microseconds; 0: it is answered at once. */
  readonly patience: () => number;
}

export class Mailbox implements Outlet {
  readonly #parts: MailboxParts;
  #queue: HandedOver[] = [];
  #held: HeldRequest | null = null;

  constructor(parts: MailboxParts) {
    this.#parts = parts;
  }

  offer(offer: Offer): void {
    const { environment, reader } = this.#parts;
    const held = this.#release();
    if (held !== null) {
      held.connection.respond(messagesParcel([{ ...offer, fromStorage: false }]));
      return;
    }
    this.#queue.push({ ...offer, fromStorage: !reader.isReachable });
    environment.recorder.entry(EntryKind.Held, { node: reader.index, message: offer.message });
  }

  asked(connection: HttpConnection): void {
    const queue = this.#queue;
    if (queue.length > 0) {
      this.#queue = [];
      connection.respond(messagesParcel(queue));
      for (const handed of queue) this.#letGo(handed, HANDED_ON);
      return;
    }
    const patience = this.#parts.patience();
    if (patience === 0) connection.respond(NOTHING_YET);
    else {
      const { context } = this.#parts.environment;
      const timer = context.after(microseconds(patience), timeOver, this);
      this.#held = { connection, timer };
    }
  }

  closed(dropped: readonly Transfer<HttpBody>[]): void {
    const { environment, reader } = this.#parts;
    this.#release();
    // An answer takes its messages out of the queue: nobody can ask for them again.
    for (const { parcel } of dropped) {
      if (parcel.body.part !== 'messages') continue;
      for (const message of parcel.messages) {
        recordLoss(environment, reader, { message, cause: 'cut on the way' });
      }
    }
  }

  forget(): void {
    const queue = this.#queue;
    this.#queue = [];
    for (const handed of queue) this.#letGo(handed, lossCauseCode(LOST));
  }

  settingsChanged(): void {
    // A request that waits keeps the time that it was given.
  }

  /** Nothing came in time: the server says so, and the reader may ask again. */
  giveUp(): void {
    this.#release()?.connection.respond(NOTHING_YET);
  }

  /** Takes the request that waits here, if one does. */
  #release(): HeldRequest | null {
    const held = this.#held;
    this.#held = null;
    if (held !== null) this.#parts.environment.context.cancel(held.timer);
    return held;
  }

  #letGo({ message }: HandedOver, value: number): void {
    const { environment, reader } = this.#parts;
    environment.recorder.entry(EntryKind.LetGo, { node: reader.index, message, value });
  }
}

const LOST: LossCause = 'lost in the crash';
/** No loss: it is on its way. */
const HANDED_ON = -1;
const timeOver = (mailbox: Mailbox): void => mailbox.giveUp();
