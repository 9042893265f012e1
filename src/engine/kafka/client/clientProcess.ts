// The process that a participant's clients run in: what it does waits while it stalls, and is gone
// when it crashes. Does nothing of its own.

import type { EventId, Handler } from '../../kernel/eventQueue';
import type { SimDuration } from '../../kernel/simTime';
import type { Environment, NetworkNode, NodeListener } from '../../network/node';

interface Task {
  readonly process: ClientProcess;
  readonly life: number;
  readonly handler: Handler<unknown>;
  readonly payload: unknown;
}

/** Made before the connections of its node, so that it hears of a crash before they do. */
export class ClientProcess implements NodeListener {
  readonly node: NetworkNode;
  /** Crashes so far: what was begun in another life has no effect in this one. */
  life = 0;
  readonly #environment: Environment;
  #held: Task[] = [];

  constructor(environment: Environment, node: NetworkNode) {
    this.#environment = environment;
    this.node = node;
    node.listeners.push(this);
  }

  /** Does it now, or when the process goes on: then in the order in which it came. */
  run<Payload>(handler: Handler<Payload>, payload: Payload): void {
    if (!this.node.stalled) handler(payload);
    else this.#held.push(this.#task(handler, payload));
  }

  /** A timer of the process; `cancel` it by its number as any event. */
  after<Payload>(delay: SimDuration, handler: Handler<Payload>, payload: Payload): EventId {
    return this.#environment.context.after(delay, elapsed, this.#task(handler, payload));
  }

  /** A timer has run down. */
  elapsed(task: Task): void {
    if (task.life !== this.life) return;
    if (this.node.stalled) this.#held.push(task);
    else task.handler(task.payload);
  }

  unreachable(_node: NetworkNode, crashed: boolean): void {
    if (!crashed) return;
    this.life += 1;
    this.#held = [];
  }

  reachable(): void {
    // A path that came back changes nothing about the process itself.
  }

  resumed(): void {
    const held = this.#held;
    this.#held = [];
    const { context } = this.#environment;
    const { cause } = context;
    for (const task of held) {
      context.cause = cause;
      this.elapsed(task);
    }
  }

  #task<Payload>(handler: Handler<Payload>, payload: Payload): Task {
    return { process: this, life: this.life, handler: handler as Handler<unknown>, payload };
  }
}

const elapsed = (task: Task): void => task.process.elapsed(task);
