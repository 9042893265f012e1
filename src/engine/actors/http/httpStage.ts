// People who talk through a web server: a message goes up as a POST, and comes down as
// the technique has it; says nothing about how a reader asks.

import type { HandedOver, HttpBody } from '../../http/httpBody';
import { POSTED, postParcel } from '../../http/httpBody';
import type { HttpConnection, HttpListener, LostWithConnection } from '../../http/httpConnection';
import type { Environment, NetworkNode, NodeListener } from '../../network/node';
import type { Transfer } from '../../network/transfer';
import { EntryKind, type LossCause } from '../../trace/entryKinds';
import type { MessageIndex, NodeIndex, TransferIndex } from '../../trace/trace';
import { Person, type Speaker, type Want, type Workload } from '../talk';
import { type Outlet, recordLoss } from './outlet';
import type { Reader } from './reader';

/** One person with what they talk and read on; both may be the same connection. */
export interface Place {
  readonly node: NetworkNode;
  readonly posts: HttpConnection;
  readonly gets: HttpConnection;
  readonly reader: Reader;
  /** The server's side of what this person reads. */
  readonly outlet: Outlet;
}

export interface HttpCast {
  readonly people: readonly NetworkNode[];
  readonly server: NetworkNode;
  /** Whether one person reads what another one writes. */
  readonly hears: (reader: NodeIndex, writer: NodeIndex) => boolean;
  /** Whether the server keeps messages for readers who are away. */
  readonly keeps: () => boolean;
}

export class HttpStage implements HttpListener, Speaker, NodeListener {
  readonly people: readonly Person[];
  readonly #environment: Environment;
  readonly #workload: Workload;
  readonly #cast: HttpCast;
  readonly #places: Place[] = [];

  constructor(environment: Environment, workload: Workload, cast: HttpCast) {
    this.#environment = environment;
    this.#workload = workload;
    this.#cast = cast;
    this.people = cast.people.map((node) => new Person(environment, workload, node, this));
    cast.server.listeners.push(this);
  }

  /** Takes a person's connections into the scene. */
  join(place: Place): void {
    this.#places.push(place);
  }

  start(): void {
    for (const { reader } of this.#places) reader.start();
  }

  speak(person: Person, want: Want): void {
    const from = person.node.index;
    const { payloadBytes } = this.#workload;
    const { at: wantedAt, replyTo, key } = want;
    const message = this.#environment.recorder.sent(
      {
        ...{ from, number: person.sentCount, wantedAt, payloadBytes, replyTo, key },
        readers: this.#readersOf(from, replyTo).map(({ node }) => node.index),
      },
      !this.#cast.keeps(),
    );
    person.sentCount += 1;
    const { server } = this.#cast;
    const target = { host: server.id, person: person.node.id };
    const place = this.#places.find(({ node }) => node === person.node);
    place?.posts.request(postParcel(target, message, payloadBytes));
  }

  opened(connection: HttpConnection): void {
    for (const { gets, reader } of this.#places) if (gets === connection) reader.opened();
  }

  asked(connection: HttpConnection, transfer: Transfer<HttpBody>): void {
    const { body } = transfer.parcel;
    const { context } = this.#environment;
    const { cause } = context;
    if (body.part === 'post') {
      this.#accept(body.message);
      context.cause = cause;
      connection.respond(POSTED);
      return;
    }
    for (const { gets, outlet } of this.#places) {
      if (gets === connection) outlet.asked(connection, transfer);
    }
  }

  answered(connection: HttpConnection, transfer: Transfer<HttpBody>): void {
    const { body } = transfer.parcel;
    const place = this.#places.find(
      ({ gets, posts }) => gets === connection || posts === connection,
    );
    if (place === undefined) return;
    if (body.part === 'messages') this.#deliver(place, transfer.index, body.messages);
    else if (body.part === 'event') this.#deliver(place, transfer.index, [body.handed]);
    if (place.gets === connection) place.reader.answered(body);
  }

  closed(connection: HttpConnection, { dropped, unsent }: LostWithConnection): void {
    for (const { gets, outlet, reader } of this.#places) {
      if (gets !== connection) continue;
      outlet.closed(dropped);
      reader.closed();
    }
    for (const { parcel } of dropped) {
      if (parcel.body.part === 'post') this.#lose(parcel.body.message, 'cut on the way');
    }
    for (const { body } of unsent) {
      if (body.part === 'post') this.#lose(body.message, this.#whyClosed(connection));
    }
  }

  unreachable(_server: NetworkNode, crashed: boolean): void {
    if (crashed) for (const { outlet } of this.#places) outlet.forget();
  }

  reachable(): void {
    // Connections reopen by themselves, and readers ask again.
  }

  settingsChanged(): void {
    for (const { reader, outlet } of this.#places) {
      reader.settingsChanged();
      outlet.settingsChanged();
    }
  }

  readerJoined(): void {
    // Who has joined is asked for each message.
  }

  #whyClosed({ client }: HttpConnection): LossCause {
    if (!client.up) return 'lost in the crash';
    return client.isReachable ? 'server down' : 'sender away';
  }

  /** The server has a message: it is for everyone who listens. */
  #accept(message: MessageIndex): void {
    const { context, recorder } = this.#environment;
    const { cause } = context;
    const { payloadBytes } = this.#workload;
    const readers = this.#readersOf(recorder.senderOf(message), recorder.replyToOf(message));
    for (const { outlet } of readers) {
      // Each copy follows from the arrival, not from the copy before it.
      context.cause = cause;
      outlet.offer({ message, payloadBytes });
    }
  }

  #deliver(place: Place, transfer: TransferIndex, messages: readonly HandedOver[]): void {
    const { node } = place;
    for (const { message, fromStorage } of messages) {
      this.#environment.recorder.entry(EntryKind.Delivered, {
        node: node.index,
        message,
        transfer,
        value: -1,
        // Up to the server and down.
        detail: (fromStorage ? 1 : 0) + 2 * 2,
      });
      this.people.find((person) => person.node === node)?.work(message);
    }
  }

  #lose(message: MessageIndex, cause: LossCause): void {
    const { recorder } = this.#environment;
    const readers = this.#readersOf(recorder.senderOf(message), recorder.replyToOf(message));
    for (const { node } of readers) recordLoss(this.#environment, node, { message, cause });
  }

  /** Everyone who listens gets a message, but an answer goes to the one who asked. */
  #readersOf(from: NodeIndex, replyTo: MessageIndex): readonly Place[] {
    const listeners = this.#places.filter(
      ({ node }) => node.joined && this.#cast.hears(node.index, from),
    );
    if (this.#workload.dialogue === null || replyTo < 0) return listeners;
    const asker = this.#environment.recorder.senderOf(replyTo);
    return listeners.filter(({ node }) => node.index === asker);
  }
}
