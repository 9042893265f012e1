// A machine or program on the network: up or down, and within reach or away.

import type { Context } from '../kernel/simulation';
import { EntryKind } from '../trace/entryKinds';
import type { TraceRecorder } from '../trace/recordTrace';
import type { NodeIndex } from '../trace/trace';

/** What every part of the model is built with: the clock and the pen. */
export interface Environment {
  readonly context: Context;
  readonly recorder: TraceRecorder;
}

/**
 * Hears of a node's changes; connections die and reopen by it, programs lose their memory by it.
 */
export interface NodeListener {
  /** The node can no longer be reached: it went away or crashed. */
  unreachable(node: NetworkNode, crashed: boolean): void;
  /** The node can be reached again. */
  reachable(node: NetworkNode): void;
  /** A stalled process goes on. */
  resumed?(node: NetworkNode): void;
}

export class NetworkNode {
  readonly index: NodeIndex;
  readonly id: string;
  up = true;
  away = false;
  /** False for a participant whose scene has it come later. */
  joined = true;
  listeners: NodeListener[] = [];
  /** A stalled process does nothing until it goes on; its connections stay open. */
  stalled = false;
  #isolatedFromBrokers = false;
  #isolatedFromClients = false;
  readonly #environment: Environment;

  constructor(environment: Environment, index: NodeIndex, id: string) {
    this.#environment = environment;
    this.index = index;
    this.id = id;
  }

  /** Whether clients can reach it. */
  get isReachable(): boolean {
    return this.up && !this.away && this.joined && !this.#isolatedFromClients;
  }

  /** Whether other brokers and the controller can reach it. */
  get hasBrokerPath(): boolean {
    return this.up && !this.away && !this.#isolatedFromBrokers;
  }

  /** Disconnect: the network path goes away, the process and its memory stay. */
  goAway(): void {
    if (this.away) return;
    this.away = true;
    this.#environment.recorder.entry(EntryKind.WentAway, { node: this.index });
    for (const listener of this.listeners) listener.unreachable(this, false);
  }

  comeBack(): void {
    if (!this.away) return;
    this.away = false;
    this.#environment.recorder.entry(EntryKind.CameBack, { node: this.index });
    this.#announce();
  }

  /** The process dies; what it held in memory is gone. */
  crash(): void {
    if (!this.up) return;
    this.up = false;
    this.stalled = false;
    this.#environment.recorder.entry(EntryKind.Crashed, { node: this.index });
    for (const listener of this.listeners) listener.unreachable(this, true);
  }

  restart(): void {
    if (this.up) return;
    this.up = true;
    this.#environment.recorder.entry(EntryKind.Restarted, { node: this.index });
    this.#announce();
  }

  /** A broker loses its path to the other brokers and the controller, or to the clients. */
  isolate(from: 'brokers' | 'clients'): void {
    const wasReachable = this.isReachable;
    if (from === 'brokers') this.#isolatedFromBrokers = true;
    else this.#isolatedFromClients = true;
    const value = from === 'brokers' ? 1 : 2;
    this.#environment.recorder.entry(EntryKind.Isolated, { node: this.index, value });
    if (wasReachable && !this.isReachable) {
      for (const listener of this.listeners) listener.unreachable(this, false);
    }
  }

  /** Ends every isolation. */
  rejoin(): void {
    if (!this.#isolatedFromBrokers && !this.#isolatedFromClients) return;
    const wasReachable = this.isReachable;
    this.#isolatedFromBrokers = false;
    this.#isolatedFromClients = false;
    this.#environment.recorder.entry(EntryKind.Rejoined, { node: this.index });
    if (!wasReachable) this.#announce();
  }

  /** The process stops without dying: a long pause of its runtime, a debugger, a slow disk. */
  stall(): void {
    if (this.stalled || !this.up) return;
    this.stalled = true;
    this.#environment.recorder.entry(EntryKind.Stalled, { node: this.index });
  }

  resume(): void {
    if (!this.stalled) return;
    this.stalled = false;
    this.#environment.recorder.entry(EntryKind.Resumed, { node: this.index });
    for (const listener of this.listeners) listener.resumed?.(this);
  }

  /** A participant enters the scene. */
  join(): void {
    if (this.joined) return;
    this.joined = true;
    this.#environment.recorder.entry(EntryKind.Joined, { node: this.index });
    this.#announce();
  }

  #announce(): void {
    if (!this.isReachable) return;
    for (const listener of this.listeners) listener.reachable(this);
  }
}
