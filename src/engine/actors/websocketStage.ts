// People on WebSocket: two on one connection, or more around a relay; hands over, passes on, counts
// what is lost.

import type { Environment, NetworkNode, NodeListener } from '../network/node';
import type { Transfer } from '../network/transfer';
import { EntryKind, type LossCause, lossCauseCode } from '../trace/entryKinds';
import type { MessageIndex, NodeIndex } from '../trace/trace';
import type { TextMessage, WebSocketBody, WebSocketListener } from '../websocket/connection';
import type { SocketSettings } from '../websocket/socketScene';
import { ReplayBuffer } from './replayBuffer';
import { Person, type Speaker, type Want, type Workload } from './talk';

/** What a reader may change while the scene runs. */
export interface WebSocketSettings extends SocketSettings {
  /** `replayWindow`: how long a sender keeps what it sent, in microseconds; 0: not at all. */
  replayWindow: number;
}

/** A connection as the people on it use it. */
export interface TalkConnection {
  isOpenAt(node: NetworkNode): boolean;
  send(from: NetworkNode, payloadBytes: number, body: TextMessage): void;
  sendLastSeen(from: NetworkNode, seen: number): void;
}

/** Who is on this stage. */
export interface WebSocketCast {
  readonly people: readonly NetworkNode[];
  /** Null: two people share one connection. */
  readonly relay: NetworkNode | null;
  /** Whether one person reads what another one writes. */
  readonly hears: (reader: NodeIndex, writer: NodeIndex) => boolean;
}

/** One way of a connection: what one end sends to the other. */
export interface Way {
  readonly connection: TalkConnection;
  readonly from: NetworkNode;
  readonly to: NetworkNode;
  readonly buffer: ReplayBuffer;
  /** Messages handed to this way so far. */
  sent: number;
  /** Messages of this way that its reader has seen: the highest place plus one. */
  seen: number;
  /** Whether `from` knows what `to` has seen since the connection opened. */
  caughtUp: boolean;
}

export class WebSocketStage implements WebSocketListener, Speaker, NodeListener {
  readonly people: readonly Person[];
  protected readonly environment: Environment;
  protected readonly settings: WebSocketSettings;
  readonly #workload: Workload;
  protected readonly relay: NetworkNode | null;
  readonly #hears: WebSocketCast['hears'];
  protected readonly ways: Way[] = [];
  /** By writer: everyone who listens now; forgotten when somebody comes. */
  readonly #listeners: (readonly NodeIndex[])[] = [];
  protected readonly payloads: number[] = [];

  constructor(
    environment: Environment,
    settings: WebSocketSettings,
    workload: Workload,
    cast: WebSocketCast,
  ) {
    this.environment = environment;
    this.settings = settings;
    this.#workload = workload;
    this.relay = cast.relay;
    this.#hears = cast.hears;
    this.people = cast.people.map((node) => new Person(environment, workload, node, this));
    for (const node of [...cast.people, ...(cast.relay ? [cast.relay] : [])]) {
      node.listeners.push(this);
    }
  }

  /** Takes both ways of a connection into the scene. */
  join(
    connection: TalkConnection,
    { client, server }: { readonly client: NetworkNode; readonly server: NetworkNode },
  ): void {
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      const buffer = new ReplayBuffer(this.environment, to);
      this.ways.push({ connection, from, to, buffer, sent: 0, seen: 0, caughtUp: true });
    }
  }

  /** A reader arrives late: there are more to send to. */
  readerJoined(): void {
    this.#listeners.length = 0;
  }

  speak(person: Person, want: Want): void {
    const from = person.node.index;
    const readers = this.#readersOf(from, want.replyTo);
    const message = this.environment.recorder.sent(
      {
        from,
        number: person.sentCount,
        wantedAt: want.at,
        payloadBytes: this.#workload.payloadBytes,
        replyTo: want.replyTo,
        key: want.key,
        readers,
      },
      this.settings.replayWindow === 0,
    );
    person.sentCount += 1;
    this.payloads[message] = this.#workload.payloadBytes;
    for (const way of this.ways) {
      if (way.from !== person.node) continue;
      if (way.to === this.relay || readers.includes(way.to.index)) this.pass(way, message);
    }
  }

  #isFor(node: NetworkNode, message: MessageIndex): boolean {
    const { recorder } = this.environment;
    const readers = this.#readersOf(recorder.senderOf(message), recorder.replyToOf(message));
    return readers.includes(node.index);
  }

  /** Everyone who listens gets a message, but an answer goes to the one who asked. */
  #readersOf(from: NodeIndex, replyTo: MessageIndex): readonly NodeIndex[] {
    const listeners = this.#listenersOf(from);
    if (this.#workload.dialogue === null || replyTo < 0) return listeners;
    const asker = this.environment.recorder.senderOf(replyTo);
    return listeners.filter((index) => index === asker);
  }

  #listenersOf(writer: NodeIndex): readonly NodeIndex[] {
    const known = this.#listeners[writer];
    if (known !== undefined) return known;
    const listeners: NodeIndex[] = [];
    for (const { node } of this.people) {
      if (node.joined && this.#hears(node.index, writer)) listeners.push(node.index);
    }
    this.#listeners[writer] = listeners;
    return listeners;
  }

  opened(connection: TalkConnection, at: NetworkNode): void {
    for (const way of this.ways) {
      if (way.connection !== connection) continue;
      // Each end tells the other how far it has come, if anyone keeps anything to send again.
      if (way.from === at) way.caughtUp = !this.keeps(way);
      if (way.to === at && this.keeps(way)) {
        connection.sendLastSeen(at, way.seen);
      }
    }
  }

  received(connection: TalkConnection, transfer: Transfer<WebSocketBody>): void {
    const { body } = transfer.parcel;
    const at = transfer.route.to;
    if (body.part === 'lastSeen') this.replay(this.way(connection, at), body.seen);
    else if (body.part === 'message') {
      const way = this.way(connection, transfer.route.from);
      way.seen = Math.max(way.seen, body.place + 1);
      if (at === this.relay) this.#relayOn(body.message);
      else this.deliver(at, transfer.index, body);
    }
  }

  closed(connection: TalkConnection, dropped: readonly Transfer<WebSocketBody>[]): void {
    for (const { parcel, route } of dropped) {
      if (parcel.body.part !== 'message') continue;
      const way = this.way(connection, route.from);
      this.lose(way, parcel.body.message, 'cut on the way');
    }
  }

  unreachable(node: NetworkNode, crashed: boolean): void {
    if (!crashed) return;
    for (const way of this.ways) {
      if (way.from === node) way.buffer.clear('lost in the crash');
    }
  }

  reachable(): void {
    // Connections reopen by themselves; nothing was kept that could be sent again.
  }

  /** The replay window changed: switched off, it forgets at once. */
  settingsChanged(): void {
    if (this.settings.replayWindow > 0) return;
    for (const way of this.ways) {
      way.buffer.clear('replay window passed');
      way.caughtUp = true;
    }
  }

  #relayOn(message: MessageIndex): void {
    const { context } = this.environment;
    const { cause } = context;
    for (const way of this.ways) {
      // Each copy follows from the arrival, not from the copy before it.
      context.cause = cause;
      if (way.from === this.relay && this.#isFor(way.to, message)) this.pass(way, message);
    }
  }

  /** Sends a message one way: onto the line, into the buffer, or nowhere. */
  protected pass(way: Way, message: MessageIndex): void {
    const { connection, from, buffer } = way;
    const place = way.sent;
    way.sent += 1;
    if (this.keeps(way)) buffer.hold(message, place, this.settings.replayWindow);
    if (!connection.isOpenAt(from)) this.lose(way, message, this.whyClosed(way));
    else if (way.caughtUp) {
      this.send(way, { part: 'message', message, place, fromStorage: false });
    }
  }

  protected whyClosed({ from, to }: Way): LossCause {
    if (from === this.relay) return 'reader away';
    if (!from.isReachable) return 'sender away';
    if (to !== this.relay) return 'reader away';
    return to.up ? 'sender away' : 'server down';
  }

  /**
   * Whoever sends to a reader keeps it, if anyone does: the relay, or the peer on a connection of
   * two.
   */
  protected keeps(way: Way): boolean {
    return this.settings.replayWindow > 0 && way.to !== this.relay;
  }

  protected send({ connection, from }: Way, body: TextMessage): void {
    connection.send(from, this.payloads[body.message] ?? 0, body);
  }

  protected replay(way: Way, seen: number): void {
    // Whoever kept nothing when the connection opened has gone on sending since.
    if (way.caughtUp) return;
    way.caughtUp = true;
    for (const { message, place } of way.buffer.after(seen)) {
      this.send(way, { part: 'message', message, place, fromStorage: true });
    }
  }

  protected deliver(
    at: NetworkNode,
    transfer: number,
    body: { readonly message: MessageIndex; readonly fromStorage: boolean },
  ): void {
    const person = this.personAt(at);
    if (!person) return;
    const hops = this.relay ? 2 : 1;
    this.environment.recorder.entry(EntryKind.Delivered, {
      node: at.index,
      message: body.message,
      transfer,
      value: -1,
      detail: (body.fromStorage ? 1 : 0) + hops * 2,
    });
    this.handOver(person, body.message);
  }

  protected personAt(node: NetworkNode): Person | undefined {
    return this.people.find((person) => person.node === node);
  }

  /** A person works on a message; here they get the next one whatever they do. */
  protected handOver(person: Person, message: MessageIndex): void {
    person.work(message);
  }

  /**
   * Records a loss for each reader behind this way, unless a buffer still holds the message for
   * them.
   */
  protected lose(way: Way, message: MessageIndex, cause: LossCause): void {
    if (way.buffer.holds(message)) return;
    const readers =
      way.to === this.relay
        ? this.people.filter(({ node }) => this.#isFor(node, message))
        : this.people.filter(({ node }) => node === way.to);
    for (const { node } of readers) {
      this.environment.recorder.entry(EntryKind.Lost, {
        node: node.index,
        message,
        value: lossCauseCode(cause),
      });
    }
  }

  protected way(connection: TalkConnection, from: NetworkNode): Way {
    const way = this.ways.find(
      (candidate) => candidate.connection === connection && candidate.from === from,
    );
    if (!way) throw new Error(`Engine fault: no way leads on from ${from.id}.`);
    return way;
  }
}
