// Servers that share their clients: each sends what it gets to those who are connected to it, and
// the backplane, if there is one, brings it to the others.

import { withAnother } from '../../kernel/shortList';
import { microseconds } from '../../kernel/simTime';
import type { Environment, NetworkNode, NodeListener } from '../../network/node';
import type { Parcel, Transfer } from '../../network/transfer';
import { EntryKind, type LossCause, lossCauseCode } from '../../trace/entryKinds';
import type { MessageIndex, NodeIndex } from '../../trace/trace';
import {
  textFrame,
  type WebSocketBody,
  type WebSocketConnection,
  type WebSocketListener,
} from '../../websocket/connection';
import { Person, type Speaker, type Want, type Workload } from '../talk';
import type { Backplane, BackplaneListener } from './backplane';
import { Broadcast } from './broadcast';
import type { Dialler } from './dialler';
import type { SocketServer } from './socketServer';

/** Whoever drains waits so long for its goodbyes before its process ends. */
const GRACE = microseconds(200_000);

/** "Service restart": come again, elsewhere (RFC 6455's registry of close codes). */
const SERVICE_RESTART = 1012;

/** To a server, to the backplane, to another server, to a client. */
const HOPS_OVER_BACKPLANE = 4;

/** Who and what stands on the stage. */
export interface FleetCast {
  readonly clients: readonly NetworkNode[];
  readonly servers: readonly SocketServer[];
  readonly balancer: NetworkNode;
  /** Whether one client reads what another one writes. */
  readonly hears: (reader: NodeIndex, writer: NodeIndex) => boolean;
}

export class SocketFleet implements WebSocketListener, BackplaneListener, Speaker, NodeListener {
  /** Those who say something or work on what they get; most do neither. */
  readonly people: readonly Person[];
  readonly #environment: Environment;
  readonly #workload: Workload;
  readonly #cast: FleetCast;
  /** By node. */
  readonly #personOf: (Person | undefined)[] = [];
  readonly #clientOf: NetworkNode[] = [];
  readonly #serverOf: (SocketServer | undefined)[] = [];
  /** By writer: everyone who listens now; forgotten when somebody comes. */
  readonly #listeners: (readonly NodeIndex[])[] = [];
  readonly #readers: (readonly NodeIndex[])[] = [];
  /** By message: the server that got it from its sender. */
  readonly #origins: NetworkNode[] = [];
  readonly #broadcasts = new Map<MessageIndex, Broadcast>();
  #dialler: Dialler | null = null;
  #backplane: Backplane | null = null;

  constructor(environment: Environment, workload: Workload, cast: FleetCast) {
    this.#environment = environment;
    this.#workload = workload;
    this.#cast = cast;
    const isBusy = busyAmong(workload);
    const people = cast.clients.filter(isBusy);
    this.people = people.map((node) => new Person(environment, workload, node, this));
    for (const node of cast.clients) this.#clientOf[node.index] = node;
    for (const person of this.people) this.#personOf[person.node.index] = person;
    for (const server of cast.servers) this.#serverOf[server.node.index] = server;
    const servers = cast.servers.map(({ node }) => node);
    for (const node of [...cast.clients, ...servers, cast.balancer]) {
      node.listeners = withAnother(node.listeners, this);
    }
  }

  /** To be called once, before anything happens; without a backplane no server knows of others. */
  joinedBy(dialler: Dialler, backplane: Backplane | null): void {
    this.#dialler = dialler;
    this.#backplane = backplane;
  }

  settingsChanged(): void {
    // Waits are read when they begin.
  }

  /** A reader arrives late: there are more to send to. */
  readerJoined(): void {
    this.#listeners.length = 0;
  }

  /** A server says goodbye to its clients and ends when it has. */
  shutDown(node: NetworkNode): void {
    const server = this.#serverOf[node.index];
    if (server === undefined || server.isDraining || !node.up) return;
    server.isDraining = true;
    this.#environment.recorder.entry(EntryKind.Draining, { node: node.index });
    for (const connection of [...server.open]) {
      server.open.delete(connection);
      connection.close(node, SERVICE_RESTART);
    }
    const end = () => {
      if (server.isDraining) node.crash();
    };
    this.#environment.context.after(GRACE, end, undefined);
  }

  speak(person: Person, want: Want): void {
    const { node } = person;
    const readers = this.#readersOf(node.index, want.replyTo);
    const { payloadBytes } = this.#workload;
    const { wantedAt, ...rest } = { wantedAt: want.at, replyTo: want.replyTo, key: want.key };
    const fields = { from: node.index, number: person.sentCount, payloadBytes, readers };
    const message = this.#environment.recorder.sent({ ...fields, ...rest, wantedAt }, true);
    person.sentCount += 1;
    this.#readers[message] = readers;
    const session = this.#dialler?.sessionOf(node);
    const { current } = session ?? {};
    if (current?.isOpenAt(node)) current.tcp.send(node, this.#frame(message, true));
    else {
      const cause = session?.node.isReachable ? 'server gone' : 'sender away';
      for (const reader of readers) this.#lose(reader, message, cause);
    }
  }

  opened(connection: WebSocketConnection, at: NetworkNode): void {
    const server = this.#serverOf[at.index];
    if (server) server.open.add(connection);
    else {
      const session = this.#dialler?.sessionOf(at);
      if (session) this.#dialler?.opened(session);
    }
  }

  received(connection: WebSocketConnection, transfer: Transfer<WebSocketBody>): void {
    const { body } = transfer.parcel;
    const at = transfer.route.to;
    const server = this.#serverOf[at.index];
    if (body.part === 'close') {
      // The one who began has its answer, and ends the connection below.
      if (server) connection.tcp.abort(SERVICE_RESTART);
      else connection.close(at, SERVICE_RESTART);
    }
    if (body.part !== 'message') return;
    if (server) this.#publish(server, body.message);
    else this.#deliver(transfer, body.message);
  }

  closed(connection: WebSocketConnection, dropped: readonly Transfer<WebSocketBody>[]): void {
    const { server: node } = connection.tcp;
    const server = this.#serverOf[node.index] as SocketServer;
    server.open.delete(connection);
    for (const { parcel, route, index } of dropped) {
      if (parcel.body.part !== 'message') continue;
      const { message } = parcel.body;
      // What a client has sent and no server got is lost for all its readers.
      if (route.from === node) this.#lose(route.to.index, message, 'cut on the way', index);
      else {
        for (const reader of this.#readers[message] ?? []) {
          this.#lose(reader, message, 'cut on the way', index);
        }
      }
    }
    this.#dialler?.ended(connection, server);
  }

  canDial(): void {
    // Whether and where to dial is the dialler's business.
  }

  unreachable(node: NetworkNode, crashed: boolean): void {
    const server = this.#serverOf[node.index];
    if (server && crashed) {
      server.isDraining = false;
      this.#backplane?.crashed(server);
    }
    if (node === this.#cast.balancer) {
      for (const { current } of this.#dialler?.sessions ?? []) current?.tcp.abort();
    }
    if (crashed) this.#personOf[node.index]?.loseMemory();
  }

  reachable(node: NetworkNode): void {
    const session = this.#dialler?.sessionOf(node);
    const server = this.#serverOf[node.index];
    if (server) this.#backplane?.restarted(server);
    if (session) this.#dialler?.dial(session);
    else this.#dialler?.serversChanged();
  }

  reached(server: SocketServer, message: MessageIndex): void {
    const { context, recorder } = this.#environment;
    const { cause } = context;
    const sender = recorder.senderOf(message);
    const broadcast = this.#broadcasts.get(message);
    broadcast?.servedBy(server);
    const frame = this.#frame(message, false);
    for (const { tcp } of server.open) {
      const { client } = tcp;
      if (client.index === sender || !this.#isFor(client.index, message, broadcast)) continue;
      // Each copy follows from the arrival, not from the copy before it.
      context.cause = cause;
      tcp.send(server.node, frame);
    }
  }

  released(message: MessageIndex): void {
    const broadcast = this.#broadcasts.get(message);
    if (broadcast?.release()) this.#settle(broadcast);
  }

  failed(message: MessageIndex, cause: LossCause): void {
    const broadcast = this.#broadcasts.get(message);
    if (broadcast) broadcast.failure = cause;
  }

  broadcastOf(message: MessageIndex): Broadcast | undefined {
    return this.#broadcasts.get(message);
  }

  #publish(server: SocketServer, message: MessageIndex): void {
    this.#origins[message] = server.node;
    this.#broadcasts.set(message, new Broadcast(message, this.#readers[message] ?? []));
    const backplane = this.#backplane;
    if (!backplane?.bringsBack) this.reached(server, message);
    if (backplane) backplane.publish(server, message);
    else this.released(message);
  }

  /** Nobody brings it any further: whoever no server has sent it to misses it. */
  #settle(broadcast: Broadcast): void {
    const { message, failure } = broadcast;
    this.#broadcasts.delete(message);
    const { context } = this.#environment;
    const { cause } = context;
    for (const reader of broadcast.unserved()) {
      const session = this.#dialler?.sessionOf(this.#node(reader));
      const home = session?.home;
      const isApart = home !== null && home !== undefined && !broadcast.hasServed(home);
      context.cause = cause;
      this.#lose(reader, message, isApart ? failure : (session?.whyGone ?? failure));
    }
  }

  #node(index: NodeIndex): NetworkNode {
    return this.#clientOf[index] as NetworkNode;
  }

  #isFor(reader: NodeIndex, message: MessageIndex, broadcast: Broadcast | undefined): boolean {
    if (broadcast) return broadcast.sentTo(reader);
    return this.#readers[message]?.includes(reader) ?? false;
  }

  #frame(message: MessageIndex, isMasked: boolean): Parcel<WebSocketBody> {
    // Nobody asks for what came after a certain place, so all stand at the first.
    const body = { part: 'message', message, place: 0, fromStorage: false } as const;
    return textFrame(this.#workload.payloadBytes, isMasked, body);
  }

  #deliver({ index, route }: Transfer<WebSocketBody>, message: MessageIndex): void {
    const at = route.to;
    const isLocal = !this.#backplane?.bringsBack && this.#origins[message] === route.from;
    const hops = isLocal ? 2 : HOPS_OVER_BACKPLANE;
    this.#environment.recorder.entry(EntryKind.Delivered, {
      node: at.index,
      message,
      transfer: index,
      value: -1,
      detail: hops * 2,
    });
    this.#personOf[at.index]?.work(message);
  }

  #lose(reader: NodeIndex, message: MessageIndex, cause: LossCause, transfer = -1): void {
    const value = lossCauseCode(cause);
    this.#environment.recorder.entry(EntryKind.Lost, { node: reader, message, transfer, value });
  }

  /** Everyone who listens gets a message, but an answer goes to the one who asked. */
  #readersOf(from: NodeIndex, replyTo: MessageIndex): readonly NodeIndex[] {
    const listeners = this.#listenersOf(from);
    if (this.#workload.dialogue === null || replyTo < 0) return listeners;
    const asker = this.#environment.recorder.senderOf(replyTo);
    return listeners.filter((index) => index === asker);
  }

  #listenersOf(writer: NodeIndex): readonly NodeIndex[] {
    const known = this.#listeners[writer];
    if (known !== undefined) return known;
    const listeners: NodeIndex[] = [];
    for (const node of this.#cast.clients) {
      if (node.joined && this.#cast.hears(node.index, writer)) listeners.push(node.index);
    }
    this.#listeners[writer] = listeners;
    return listeners;
  }
}

/** Whether somebody has anything to do. */
function busyAmong(workload: Workload): (node: NetworkNode) => boolean {
  const { dialogue, processing, wants, forwarders, processingOf } = workload;
  if (dialogue !== null || processing > 0) return () => true;
  const busy = [...wants.map(({ from }) => from), ...forwarders, ...Object.keys(processingOf)];
  const ids = new Set(busy);
  return ({ id }) => ids.has(id);
}
