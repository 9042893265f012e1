// A client's connection to one server through all its lives: it is opened, closed, given up, and
// dialled again as the settings say. Replays nothing.

import type { EventId } from '../../kernel/eventQueue';
import type { LinkListener } from '../../network/link';
import type { Environment, NetworkNode, NodeListener } from '../../network/node';
import type { TcpConnectionOptions } from '../../network/tcpConnection';
import type { StreamLoss } from '../../network/tcpStream';
import type { Transfer } from '../../network/transfer';
import type { TextMessage } from '../connection';
import type { CloseReport, ReadyState } from './lifeEnd';
import { comesBack, reconnectDelay } from './reconnect';
import type { SocketBody } from './socketBody';
import { type LifeListener, type LifeSetup, WebSocketLife } from './webSocketLife';

/** The applications at the ends. */
export interface LiveListener {
  /** This end may send from now on. */
  opened(connection: LiveConnection, at: NetworkNode): void;
  /** Whether the program at this end takes what has come. */
  isReading(at: NetworkNode): boolean;
  received(connection: LiveConnection, transfer: Transfer<SocketBody>): void;
  closedAt(connection: LiveConnection, at: NetworkNode, report: CloseReport): void;
  /** What will never come: neither now nor on a later life. */
  lost(connection: LiveConnection, losses: readonly StreamLoss<SocketBody>[]): void;
}

/** A message that has a connection to itself. */
interface Errand {
  readonly payloadBytes: number;
  readonly body: TextMessage;
}

const NORMAL = 1000;

export class LiveConnection implements LifeListener, NodeListener, LinkListener {
  readonly client: NetworkNode;
  readonly server: NetworkNode;
  readonly #environment: Environment;
  readonly #route: TcpConnectionOptions;
  readonly #setup: LifeSetup;
  readonly #listener: LiveListener;
  /** All that are not over at both ends. */
  #lives: WebSocketLife[] = [];
  /** The newest that each end knows of. */
  #clientLife: WebSocketLife | null = null;
  #serverLife: WebSocketLife | null = null;
  readonly #errands = new Map<WebSocketLife, Errand>();
  /** The client wants to be connected. */
  #isWanted = false;
  #tries = 0;
  #nextTry: EventId | null = null;

  constructor(
    environment: Environment,
    route: TcpConnectionOptions,
    { setup, listener }: { readonly setup: LifeSetup; readonly listener: LiveListener },
  ) {
    this.#environment = environment;
    this.#route = route;
    this.#setup = setup;
    this.#listener = listener;
    this.client = route.client;
    this.server = route.server;
    this.client.listeners.push(this);
    this.server.listeners.push(this);
    route.link.listeners.push(this);
  }

  /** The client dials, now or as soon as there is a way. */
  open(): void {
    if (this.#setup.scene.persistence === 'each') return;
    this.#isWanted = true;
    if (this.#isPossible) this.#dial();
  }

  readyStateAt(node: NetworkNode): ReadyState {
    return this.#at(node)?.readyStateAt(node) ?? 'closed';
  }

  isOpenAt(node: NetworkNode): boolean {
    return this.#at(node)?.isOpenAt(node) === true;
  }

  /** Payload that this end's kernel has not taken yet, in bytes. */
  bufferedAmountAt(node: NetworkNode): number {
    return this.#at(node)?.stream.bufferedAt(node) ?? 0;
  }

  send(from: NetworkNode, payloadBytes: number, body: TextMessage): void {
    this.#at(from)?.send(from, payloadBytes, body);
  }

  /** The client opens a connection for this message alone, and closes it behind it. */
  sendAlone(payloadBytes: number, body: TextMessage): void {
    this.#errands.set(this.#dial(), { payloadBytes, body });
  }

  sendLastSeen(from: NetworkNode, seen: number): void {
    this.#at(from)?.sendLastSeen(from, seen);
  }

  sendResume(from: NetworkNode, body: SocketBody & { readonly part: 'resume' }): void {
    this.#at(from)?.sendResume(from, body);
  }

  violate(from: NetworkNode, code: number): void {
    this.#at(from)?.violate(from, code);
  }

  /** Begins the closing handshake at one end; null: a close frame without a code. */
  close(from: NetworkNode, code: number | null = NORMAL): void {
    this.#at(from)?.close(from, code);
  }

  /** One end gives up: 1006 there, and no close frame leaves. */
  terminate(from: NetworkNode): void {
    this.#at(from)?.terminate(from);
  }

  settingsChanged(): void {
    for (const life of this.#lives) life.settingsChanged();
  }

  /** The program at this end reads again. */
  readOn(at: NetworkNode): void {
    for (const life of [...this.#lives]) life.stream.readOn(at);
  }

  accepting(life: WebSocketLife): void {
    // A server that knows its client by name lets go of the end that a half-open connection left.
    const stale = this.#serverLife;
    this.#serverLife = life;
    if (this.#setup.scene.persistence === 'kept') stale?.terminate(this.server);
  }

  opened(life: WebSocketLife, at: NetworkNode): void {
    if (at === this.client) this.#tries = 0;
    const errand = this.#errands.get(life);
    if (errand === undefined || at === this.server) {
      this.#listener.opened(this, at);
      return;
    }
    this.#errands.delete(life);
    life.send(at, errand.payloadBytes, errand.body);
    life.close(at, NORMAL);
  }

  isReading(at: NetworkNode): boolean {
    return !at.stalled && this.#listener.isReading(at);
  }

  received(_life: WebSocketLife, transfer: Transfer<SocketBody>): void {
    this.#listener.received(this, transfer);
  }

  closedAt(life: WebSocketLife, at: NetworkNode, report: CloseReport): void {
    const errand = this.#errands.get(life);
    if (errand && at === this.client) {
      this.#errands.delete(life);
      this.lost(life, [{ from: at, body: errand.body, cause: 'not connected' }]);
    }
    this.#listener.closedAt(this, at, report);
    if (at === this.client && life === this.#clientLife) this.#clientClosed(life, report);
  }

  lost(_life: WebSocketLife, losses: readonly StreamLoss<SocketBody>[]): void {
    this.#listener.lost(this, losses);
  }

  unreachable(node: NetworkNode, crashed: boolean): void {
    if (crashed && node === this.client) this.#cancelTry();
    for (const life of [...this.#lives]) {
      // A crashed process leaves its kernel behind, which ends its connections.
      if (crashed) life.terminate(node);
      else life.abort();
    }
  }

  reachable(): void {
    const state = this.readyStateAt(this.client);
    if (this.#isWanted && state === 'closed' && this.#nextTry === null && this.#isPossible) {
      this.#tries = 0;
      this.#dial();
    }
  }

  resumed(node: NetworkNode): void {
    this.readOn(node);
  }

  linkCut(): void {
    for (const life of this.#lives) life.stream.linkCut();
  }

  linkRestored(): void {
    for (const life of [...this.#lives]) life.stream.linkRestored();
  }

  #clientClosed({ isForGood }: WebSocketLife, { code, wasClean }: CloseReport): void {
    if (isForGood || !comesBack(code, wasClean)) {
      this.#isWanted = false;
      return;
    }
    if (!this.#isWanted || !this.client.up) return;
    if (this.#setup.settings.reconnectDelay > 0) this.#planTry();
    else if (this.#isPossible) this.#dial();
  }

  #planTry(): void {
    const { context } = this.#environment;
    const fraction = context.random(`reconnect ${this.client.id}`).fraction();
    const delay = reconnectDelay(this.#setup.settings, this.#tries, fraction);
    this.#tries += 1;
    this.#nextTry = context.after(delay, this.#try, undefined);
  }

  readonly #try = (): void => {
    this.#nextTry = null;
    // Without a network of its own the client's system refuses at once.
    if (this.client.isReachable) this.#dial();
    else this.#planTry();
  };

  #cancelTry(): void {
    if (this.#nextTry !== null) this.#environment.context.cancel(this.#nextTry);
    this.#nextTry = null;
  }

  #dial(): WebSocketLife {
    const { persistence } = this.#setup.scene;
    const parts = { setup: this.#setup, listener: this };
    const life = new WebSocketLife(this.#environment, this.#route, parts);
    this.#lives = this.#lives.filter(({ stream }) => !stream.isOver);
    this.#lives.push(life);
    if (persistence === 'kept') this.#clientLife = life;
    life.dial();
    return life;
  }

  get #isPossible(): boolean {
    return this.client.isReachable && this.server.isReachable;
  }

  #at(node: NetworkNode): WebSocketLife | null {
    return node === this.client ? this.#clientLife : this.#serverLife;
  }
}
