// Browsers on the sockets of gateways: what they say and get, and how they come back. How records
// travel is Kafka's business, and what is read for whom is the fan-out's.

import type { TakenRecord } from '../../kafka/client/fetching/fetchBuffer';
import type { ProducerBatch } from '../../kafka/client/producing/producerBatch';
import type { Environment, NetworkNode, NodeListener } from '../../network/node';
import type { Transfer } from '../../network/transfer';
import { EntryKind, type LossCause, lossCauseCode } from '../../trace/entryKinds';
import type { MessageIndex, NodeIndex } from '../../trace/trace';
import type {
  WebSocketBody,
  WebSocketConnection,
  WebSocketListener,
} from '../../websocket/connection';
import type { Dialler } from '../fleet/dialler';
import { Person, type Speaker, type Want, type Workload } from '../talk';
import { Browser } from './browser';
import type { FanOut } from './fanOut';
import type { Gateway } from './gateway';
import type { GatewayListener } from './gatewayProgram';

export interface GatewayCast {
  readonly browsers: readonly NetworkNode[];
  readonly resume: boolean;
  /** Everyone there who reads what a browser writes. */
  readonly readersOf: (browser: NodeIndex) => readonly NodeIndex[];
}

/** Broker, gateway, browser; and one hop before, or two for what another browser has said. */
const HOPS = { fromService: 3, fromBrowser: 4 } as const;

export class GatewayStage implements WebSocketListener, Speaker, NodeListener {
  readonly gateways: Gateway[] = [];
  readonly browsers: readonly Browser[];
  readonly #environment: Environment;
  readonly #workload: Workload;
  readonly #cast: GatewayCast;
  /** By node. */
  readonly #browserOf: (Browser | undefined)[] = [];
  readonly #gatewayOf: (Gateway | undefined)[] = [];
  /** By message of a browser: its number among all that this one has said. */
  readonly #numbers: number[] = [];
  #dialler: Dialler | null = null;
  #fanOut: FanOut | null = null;

  constructor(environment: Environment, workload: Workload, cast: GatewayCast) {
    this.#environment = environment;
    this.#workload = workload;
    this.#cast = cast;
    this.browsers = cast.browsers.map((node) => {
      const browser = new Browser(new Person(environment, workload, node, this));
      this.#browserOf[node.index] = browser;
      node.listeners.push(this);
      return browser;
    });
  }

  /** To be called for each gateway as its program is made. */
  add(gateway: Gateway): void {
    this.gateways.push(gateway);
    this.#gatewayOf[gateway.node.index] = gateway;
    gateway.node.listeners.push(this);
  }

  /** To be called once, when all gateways are there. */
  joinedBy(dialler: Dialler, fanOut: FanOut): void {
    this.#dialler = dialler;
    this.#fanOut = fanOut;
  }

  /** What the program of the gateway there tells. */
  listenerAt(node: NetworkNode): GatewayListener {
    return {
      positioned: () => this.#fanOut?.position(this.#gateway(node)),
      settled: (outcome, batch) => this.#settled(this.#gateway(node), outcome, batch),
      memoryLost: () => this.#forget(this.#gateway(node)),
    };
  }

  /** A gateway has taken a record out of the log. */
  read(node: NetworkNode, record: TakenRecord): void {
    this.#fanOut?.read(this.#gateway(node), record);
  }

  isBrowser(node: NodeIndex): boolean {
    return this.#browserOf[node] !== undefined;
  }

  settingsChanged(): void {
    // Waits are read when they begin.
  }

  readerJoined(): void {
    // Who is there is asked for each message.
  }

  /** A gateway says goodbye to its browsers; its Kafka clients and its end are the cluster's. */
  shutDown(node: NetworkNode): void {
    const gateway = this.#gatewayOf[node.index];
    if (gateway === undefined || gateway.server.isDraining || !node.up) return;
    gateway.server.isDraining = true;
    this.#environment.recorder.entry(EntryKind.Draining, { node: node.index });
    for (const connection of [...gateway.server.open]) connection.tcp.abort();
  }

  speak(person: Person, want: Want): void {
    const { node } = person;
    const browser = this.#browserOf[node.index] as Browser;
    const { payloadBytes } = this.#workload;
    const { replyTo, key, at: wantedAt } = want;
    const number = person.sentCount;
    const readers = this.#cast.readersOf(node.index);
    const fields = { from: node.index, number, payloadBytes, readers, replyTo, key, wantedAt };
    const message = this.#environment.recorder.sent(fields, false);
    person.sentCount += 1;
    this.#numbers[message] = number;
    if (this.#cast.resume) browser.keep({ message, number });
    const session = this.#dialler?.sessionOf(node);
    if (session?.current?.isOpenAt(node)) this.#say(session.current, message);
    else if (!this.#cast.resume) {
      this.#letGo(message, node.isReachable ? 'server gone' : 'sender away');
    }
  }

  opened(connection: WebSocketConnection, at: NetworkNode): void {
    const gateway = this.#gatewayOf[at.index];
    const browser = this.#browserOf[connection.tcp.client.index] as Browser;
    if (gateway) {
      gateway.server.open.add(connection);
      const session = { browser, connection, next: null, storedBelow: 0 };
      gateway.sessions.set(browser.node.index, session);
      if (!this.#cast.resume) this.#fanOut?.begin(gateway, session, null);
      return;
    }
    const session = this.#dialler?.sessionOf(at);
    if (session) this.#dialler?.opened(session);
    if (!this.#cast.resume) return;
    connection.sendLastSeen(at, browser.seen);
    for (const { message } of browser.unconfirmed) this.#say(connection, message);
  }

  received(connection: WebSocketConnection, { parcel, route, index }: Transfer<WebSocketBody>) {
    const { body } = parcel;
    const gateway = this.#gatewayOf[route.to.index];
    const browser = this.#browserOf[connection.tcp.client.index] as Browser;
    if (body.part === 'message' && gateway) {
      gateway.unconfirmed.add(body.message);
      gateway.process.run(passOn, { gateway, message: body.message, workload: this.#workload });
    } else if (body.part === 'message') this.#deliver(browser, index, body);
    else if (body.part !== 'lastSeen') return;
    else if (gateway) gateway.process.run(() => this.#resume(gateway, browser, body.seen), null);
    else browser.confirmed(body.seen);
  }

  closed(connection: WebSocketConnection, dropped: readonly Transfer<WebSocketBody>[]): void {
    const gateway = this.#gateway(connection.tcp.server);
    const { client } = connection.tcp;
    gateway.server.open.delete(connection);
    if (gateway.sessions.get(client.index)?.connection === connection) {
      gateway.sessions.delete(client.index);
    }
    for (const { parcel, route, index } of dropped) {
      if (parcel.body.part !== 'message' || this.#cast.resume) continue;
      const { message } = parcel.body;
      if (route.from === client) this.#letGo(message, CUT);
      else this.#lose(client.index, message, index);
    }
    this.#dialler?.ended(connection, gateway.server);
  }

  canDial(): void {
    // Whether and where to dial is the dialler's business.
  }

  unreachable(node: NetworkNode, crashed: boolean): void {
    if (!crashed) return;
    const browser = this.#browserOf[node.index];
    browser?.person.loseMemory();
    for (const { message } of browser?.loseMemory() ?? []) this.#abandon(message);
    const gateway = this.#gatewayOf[node.index];
    if (!gateway) return;
    gateway.server.isDraining = false;
    gateway.isFresh = true;
    this.#fanOut?.settle();
  }

  reachable(node: NetworkNode): void {
    const session = this.#dialler?.sessionOf(node);
    if (session) this.#dialler?.dial(session);
    else this.#dialler?.serversChanged();
  }

  #gateway(node: NetworkNode): Gateway {
    return this.#gatewayOf[node.index] as Gateway;
  }

  #say(connection: WebSocketConnection, message: MessageIndex): void {
    const place = this.#numbers[message] ?? 0;
    const body = { part: 'message', message, place, fromStorage: false } as const;
    connection.send(connection.tcp.client, this.#workload.payloadBytes, body);
  }

  #resume(gateway: Gateway, browser: Browser, seen: number): void {
    const session = gateway.sessions.get(browser.node.index);
    if (session) this.#fanOut?.begin(gateway, session, seen);
  }

  #deliver(
    browser: Browser,
    transfer: number,
    body: { readonly message: MessageIndex; readonly place: number; readonly fromStorage: boolean },
  ): void {
    const { message, place, fromStorage } = body;
    const { recorder } = this.#environment;
    browser.seen = Math.max(browser.seen, place + 1);
    const isBrowsers = this.isBrowser(recorder.senderOf(message));
    const hops = isBrowsers ? HOPS.fromBrowser : HOPS.fromService;
    const detail = hops * 2 + (fromStorage ? 1 : 0);
    const node = browser.node.index;
    recorder.entry(EntryKind.Delivered, { node, message, transfer, value: -1, detail });
    browser.person.work(message);
  }

  /** The log has it, or will never have it: its browser need not keep it any longer. */
  #settled(
    gateway: Gateway,
    outcome: 'acknowledged' | 'given up',
    { records, acks }: ProducerBatch,
  ): void {
    const upTo = new Map<Browser, number>();
    for (const { message } of records) {
      gateway.unconfirmed.delete(message);
      const browser = this.#browserOf[this.#environment.recorder.senderOf(message)] as Browser;
      upTo.set(browser, (this.#numbers[message] ?? 0) + 1);
      if (outcome === 'given up') this.#letGo(message, 'its producer gave up');
      else if (acks === '0') this.#letGo(message, 'never acknowledged');
    }
    for (const [browser, count] of upTo) {
      const session = gateway.sessions.get(browser.node.index);
      if (this.#cast.resume) session?.connection.sendLastSeen(gateway.node, count);
    }
  }

  /** A gateway's process died, with all that it had not got into the log. */
  #forget(gateway: Gateway): void {
    const lost = [...gateway.unconfirmed];
    gateway.unconfirmed.clear();
    for (const message of lost) this.#abandon(message);
  }

  /** One who held it is gone; if that was the last one, so is the message. */
  #abandon(message: MessageIndex): void {
    const browser = this.#browserOf[this.#environment.recorder.senderOf(message)];
    const isKept = browser?.keeps(message) === true;
    const isPassedOn = this.gateways.some(({ unconfirmed }) => unconfirmed.has(message));
    if (!isKept && !isPassedOn) this.#letGo(message, 'lost in the crash');
  }

  #letGo(message: MessageIndex, cause: LossCause): void {
    const { recorder } = this.#environment;
    const fields = { node: recorder.senderOf(message), message, value: lossCauseCode(cause) };
    recorder.entry(EntryKind.LetGo, fields);
  }

  #lose(node: NodeIndex, message: MessageIndex, transfer: number): void {
    const value = lossCauseCode(CUT);
    this.#environment.recorder.entry(EntryKind.Lost, { node, message, transfer, value });
  }
}

const CUT: LossCause = 'cut on the way';

interface PassingOn {
  readonly gateway: Gateway;
  readonly message: MessageIndex;
  readonly workload: Workload;
}

/** A gateway writes what a browser has said to the topic that browsers write. */
function passOn({ gateway, message, workload: { payloadBytes } }: PassingOn): void {
  gateway.program.producer?.send(0, { message, payloadBytes, key: -1, isTombstone: false });
}
