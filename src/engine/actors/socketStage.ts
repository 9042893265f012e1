// People on WebSocket connections whose ends live apart: each loss has a cause of its own, a slow
// reader leaves bytes unread, and whoever comes back is told whether anything is missing.

import type { Environment, NetworkNode } from '../network/node';
import type { StreamLoss } from '../network/tcpStream';
import type { Transfer } from '../network/transfer';
import { EntryKind, type LossCause } from '../trace/entryKinds';
import type { MessageIndex } from '../trace/trace';
import type { WebSocketBody } from '../websocket/connection';
import type { LiveConnection, LiveListener } from '../websocket/life/liveConnection';
import { RESUME_OUTCOMES, type ResumeOutcome, type SocketBody } from '../websocket/life/socketBody';
import type { SocketAct, SocketScene } from '../websocket/socketScene';
import type { Person, Workload } from './talk';
import {
  type Way,
  type WebSocketCast,
  type WebSocketSettings,
  WebSocketStage,
} from './websocketStage';

export interface SocketStageParts {
  readonly settings: WebSocketSettings;
  readonly sockets: SocketScene;
  readonly workload: Workload;
}

export class SocketStage extends WebSocketStage implements LiveListener {
  readonly connections: LiveConnection[] = [];
  readonly #scene: SocketScene;
  /** Programs that work on a message and read nothing meanwhile. */
  readonly #busy = new Set<NetworkNode>();

  constructor(
    environment: Environment,
    { settings, sockets, workload }: SocketStageParts,
    cast: WebSocketCast,
  ) {
    super(environment, settings, workload, cast);
    this.#scene = sockets;
  }

  /** Takes a connection into the scene, and what its programs will do to it. */
  take(connection: LiveConnection): void {
    this.connections.push(connection);
    this.join(connection, connection);
    for (const act of this.#scene.acts) {
      const isHere = [connection.client.id, connection.server.id];
      if (!isHere.includes(act.by) || !isHere.includes(act.peer)) continue;
      this.environment.context.schedule(act.at, doToConnection, { connection, act });
    }
  }

  isReading(at: NetworkNode): boolean {
    return !this.#busy.has(at);
  }

  override received(connection: LiveConnection, transfer: Transfer<SocketBody>): void {
    const { body } = transfer.parcel;
    if (body.part !== 'resume') {
      super.received(connection, transfer as Transfer<WebSocketBody>);
      return;
    }
    this.environment.recorder.entry(EntryKind.ResumeAnswered, {
      node: transfer.route.to.index,
      place: transfer.route.connection,
      value: body.count,
      detail: RESUME_OUTCOMES.indexOf(body.outcome),
    });
  }

  closedAt(): void {
    // Who comes back, and when, is the connection's business; what is lost, it says apart.
  }

  lost(connection: LiveConnection, losses: readonly StreamLoss<SocketBody>[]): void {
    for (const { from, body, cause } of losses) {
      if (body.part !== 'message') continue;
      const way = this.way(connection, from);
      this.lose(way, body.message, cause);
      if (!way.buffer.holds(body.message)) continue;
      // It can be sent again, but what was on its way of it is gone.
      const { message } = body;
      this.environment.recorder.entry(EntryKind.Queued, { node: way.to.index, message });
    }
  }

  override settingsChanged(): void {
    super.settingsChanged();
    for (const connection of this.connections) connection.settingsChanged();
  }

  override unreachable(node: NetworkNode, crashed: boolean): void {
    super.unreachable(node, crashed);
    if (!crashed) return;
    this.#busy.delete(node);
    this.personAt(node)?.loseMemory();
  }

  protected override pass(way: Way, message: MessageIndex): void {
    const connection = way.connection as LiveConnection;
    if (this.#scene.persistence !== 'each' || way.from !== connection.client) {
      super.pass(way, message);
      return;
    }
    const place = way.sent;
    way.sent += 1;
    const body = { part: 'message', message, place, fromStorage: false } as const;
    if (way.from.isReachable) connection.sendAlone(this.payloads[message] ?? 0, body);
    else this.lose(way, message, 'sender away');
  }

  protected override whyClosed(way: Way): LossCause {
    const connection = way.connection as LiveConnection;
    if (!way.from.isReachable || !way.to.isReachable) return super.whyClosed(way);
    return connection.readyStateAt(way.from) === 'closing' ? 'sent after close' : 'not connected';
  }

  /** Says what comes of the reader's question before anything is sent again. */
  protected override replay(way: Way, seen: number): void {
    // Whoever closes answers nothing any more.
    if (way.caughtUp || !way.connection.isOpenAt(way.from)) return;
    const held = way.buffer.after(seen);
    const isComplete = held.length === way.sent - seen;
    const outcome: ResumeOutcome = !isComplete
      ? 'cannot replay'
      : held.length > 0
        ? 'replayed'
        : 'nothing missed';
    const connection = way.connection as LiveConnection;
    connection.sendResume(way.from, { part: 'resume', outcome, count: held.length });
    super.replay(way, seen);
  }

  /** Whoever works reads nothing meanwhile: what comes stays in the kernel. */
  protected override handOver(person: Person, message: MessageIndex): void {
    if (person.processing === 0 || !person.isConcerned(message)) {
      super.handOver(person, message);
      return;
    }
    const { node } = person;
    this.#busy.add(node);
    person.work(message, () => {
      this.#busy.delete(node);
      for (const connection of this.connections) {
        if (connection.client === node || connection.server === node) connection.readOn(node);
      }
    });
  }
}

interface PlannedAct {
  readonly connection: LiveConnection;
  readonly act: SocketAct;
}

function doToConnection({ connection, act: { by, act, code } }: PlannedAct): void {
  const node = connection.client.id === by ? connection.client : connection.server;
  if (!node.up) return;
  if (act === 'close') connection.close(node, code);
  else if (act === 'terminate') connection.terminate(node);
  else connection.violate(node, code ?? 0);
}
