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
}

export class NetworkNode {
  readonly index: NodeIndex;
  readonly id: string;
  up = true;
  away = false;
  /** False for a participant whose scene has it come later. */
  joined = true;
  readonly listeners: NodeListener[] = [];
  readonly #environment: Environment;

  constructor(environment: Environment, index: NodeIndex, id: string) {
    this.#environment = environment;
    this.index = index;
    this.id = id;
  }

  get isReachable(): boolean {
    return this.up && !this.away && this.joined;
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
    this.#environment.recorder.entry(EntryKind.Crashed, { node: this.index });
    for (const listener of this.listeners) listener.unreachable(this, true);
  }

  restart(): void {
    if (this.up) return;
    this.up = true;
    this.#environment.recorder.entry(EntryKind.Restarted, { node: this.index });
    this.#announce();
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
