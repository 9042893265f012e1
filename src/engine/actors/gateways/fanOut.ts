// What gateways read from the log, and to whom they send it: from where each browser stands, and
// what becomes of copies that no gateway will send.

import type { TakenRecord } from '../../kafka/client/fetching/fetchBuffer';
import type { Cluster } from '../../kafka/cluster/cluster';
import type { Offset } from '../../kafka/wire/requests';
import type { Environment, NetworkNode } from '../../network/node';
import { EntryKind, type LossCause, lossCauseCode } from '../../trace/entryKinds';
import type { MessageIndex, NodeIndex, PartitionIndex } from '../../trace/trace';
import type { Browser } from './browser';
import type { Gateway, Session } from './gateway';
import { UnservedCopies } from './unservedCopies';

/** How gateways serve. */
export interface GatewayHabits {
  /** One: they share what is in the log; own: each reads all of it. */
  readonly groups: 'one' | 'own';
  /** Whether a browser says where it stands, and again what was not confirmed. */
  readonly resume: boolean;
}

/** The log that gateways read. */
export interface ReadLog {
  readonly cluster: Cluster;
  readonly partition: PartitionIndex;
}

export interface FanOutParts {
  readonly habits: GatewayHabits;
  readonly gateways: readonly Gateway[];
  readonly browsers: readonly Browser[];
  readonly isFor: (message: MessageIndex, browser: NodeIndex) => boolean;
  readonly payloadBytes: number;
  readonly whyGone: (browser: NetworkNode) => LossCause;
  readonly log: ReadLog;
}

export class FanOut {
  readonly #environment: Environment;
  readonly #parts: FanOutParts;
  readonly #copies = new UnservedCopies();

  constructor(environment: Environment, parts: FanOutParts) {
    this.#environment = environment;
    this.#parts = parts;
  }

  /** A gateway has taken a record. */
  read(gateway: Gateway, { message, offset }: TakenRecord): void {
    const { context } = this.#environment;
    const { cause } = context;
    this.#copies.stands(offset, message);
    for (const session of gateway.sessions.values()) {
      // Each copy follows from the record, not from the copy before it.
      context.cause = cause;
      this.#offer(gateway, session, { message, offset });
    }
    gateway.reached = Math.max(gateway.reached, offset + 1);
    context.cause = cause;
    this.settle();
  }

  /** A browser waits for what stands from there on; null: for what its gateway reads next. */
  begin(gateway: Gateway, session: Session, from: Offset | null): void {
    const position = this.#positionOf(gateway);
    session.storedBelow = this.#end;
    session.next = from ?? (position === null ? null : gateway.reached);
    this.position(gateway);
    if (from === null || position !== null || this.#parts.habits.groups === 'own') return;
    // Others read the log, and this gateway has nothing of it.
    for (const message of this.#copies.between(from, this.#copies.settledBelow)) {
      this.#lose(session.browser.node, message, NOT_READ);
    }
  }

  /** Goes back to the first offset that somebody waits for; a new program begins at the end. */
  position(gateway: Gateway): void {
    const position = this.#positionOf(gateway);
    if (position === null) return;
    let start = position;
    // seekToEnd(): what came before is for those who ask for it.
    if (gateway.isFresh && this.#parts.habits.groups === 'own') {
      start = this.#end;
      this.#passOver(gateway.reached, start);
    }
    gateway.isFresh = false;
    gateway.reached = Math.max(gateway.reached, start);
    for (const session of gateway.sessions.values()) {
      if (session.next === null && !this.#parts.habits.resume) session.next = gateway.reached;
    }
    const to = Math.min(start, gateway.firstWanted);
    if (to !== position) gateway.seek(this.#parts.log.partition, to);
    this.settle();
  }

  /** What no gateway will come to any more is lost for those to whom none has sent it. */
  settle(): void {
    const { context } = this.#environment;
    const { cause } = context;
    for (const message of this.#copies.settle(this.#passedByAll)) {
      for (const { node } of this.#parts.browsers) {
        const isServed = this.#copies.isServed(message, node.index);
        if (isServed || !node.joined || !this.#parts.isFor(message, node.index)) continue;
        const why = this.#whyUnserved(node);
        context.cause = cause;
        if (why !== null) this.#lose(node, message, why);
      }
    }
  }

  get #end(): Offset {
    const { cluster, partition } = this.#parts.log;
    return cluster.ends(partition).highWatermark;
  }

  /** Below it, every gateway that reads has read all, or the group as a whole has. */
  get #passedByAll(): Offset {
    const { gateways, habits } = this.#parts;
    if (habits.groups === 'one') return Math.max(0, ...gateways.map(({ reached }) => reached));
    const reading = gateways.filter((one) => one.node.up && this.#positionOf(one) !== null);
    if (reading.length === 0) return 0;
    return Math.min(...reading.map(({ reached }) => reached));
  }

  /** Null: it can still ask for it. */
  #whyUnserved(browser: NetworkNode): LossCause | null {
    const { gateways, habits, whyGone } = this.#parts;
    const home = gateways.find(({ sessions }) => sessions.has(browser.index));
    const isShared = habits.groups === 'one' && home !== undefined;
    if (isShared && this.#positionOf(home) === null) return NOT_READ;
    return habits.resume ? null : whyGone(browser);
  }

  #positionOf(gateway: Gateway): Offset | null {
    return gateway.positionIn(this.#parts.log.partition);
  }

  #offer(
    { node }: Gateway,
    session: Session,
    { message, offset }: { readonly message: MessageIndex; readonly offset: Offset },
  ): void {
    const { next, browser, connection, storedBelow } = session;
    if (next === null || offset < next) return;
    session.next = offset + 1;
    const { isFor, payloadBytes } = this.#parts;
    if (!isFor(message, browser.node.index)) return;
    this.#copies.served(message, browser.node.index);
    const fromStorage = offset < storedBelow;
    const body = { part: 'message', message, place: offset, fromStorage } as const;
    connection.send(node, payloadBytes, body);
  }

  /** Nobody reads what a gateway that begins at the end leaves out. */
  #passOver(from: Offset, to: Offset): void {
    const { cluster, partition } = this.#parts.log;
    const log = cluster.leadingReplica(partition)?.log;
    for (let offset = Math.max(from, log?.logStart ?? 0); offset < to; offset += 1) {
      const message = log?.records.messageAt(offset);
      if (message !== undefined && message >= 0) this.#copies.stands(offset, message);
    }
  }

  #lose(browser: NetworkNode, message: MessageIndex, cause: LossCause): void {
    if (!browser.joined || !this.#parts.isFor(message, browser.index)) return;
    const fields = { node: browser.index, message, value: lossCauseCode(cause) };
    this.#environment.recorder.entry(EntryKind.Lost, fields);
  }
}

const NOT_READ: LossCause = 'not read by its gateway';
