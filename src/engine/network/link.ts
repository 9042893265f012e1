// The path between two nodes: its latency, its data rate, its losses, and whether it is cut.

import { assert } from '../assert';
import type { SimDuration, SimTime } from '../kernel/simTime';
import { EntryKind } from '../trace/entryKinds';
import type { LinkIndex } from '../trace/trace';
import { type Direction, type DuplexMode, Medium, type Occupation } from './duplex';
import type { Environment, NetworkNode } from './node';

export interface LinkOptions {
  readonly index: LinkIndex;
  readonly id: string;
  readonly ends: readonly [NetworkNode, NetworkNode];
  readonly latency: SimDuration;
  /** Infinity: a message leaves in no time. */
  readonly rateBytesPerSecond: number;
  /** Share of transfers that the line loses, 0–1. */
  readonly loss: number;
  readonly duplex: DuplexMode;
  /** Time that a half-duplex link needs to change its direction. */
  readonly turnaround: SimDuration;
}

/** Hears when a link is cut and when it is whole again. */
export interface LinkListener {
  linkCut(link: Link): void;
  linkRestored(link: Link): void;
}

export class Link {
  readonly options: LinkOptions;
  listeners: LinkListener[] = [];
  cut = false;
  readonly #environment: Environment;
  // Of ten thousand links each is used now and then, so what every use asks for stands here.
  readonly #first: NetworkNode;
  readonly #latency: SimDuration;
  readonly #loss: number;
  /** Nothing ever waits for its turn: what leaves, leaves at once, both ways. */
  readonly #isUnbounded: boolean;
  /** Null until somebody has to wait for a turn. */
  #medium: Medium | null = null;
  #dropNext = 0;

  constructor(environment: Environment, options: LinkOptions) {
    this.#environment = environment;
    this.options = options;
    this.#first = options.ends[0];
    this.#latency = options.latency;
    this.#loss = options.loss;
    this.#isUnbounded =
      options.rateBytesPerSecond === Number.POSITIVE_INFINITY && options.duplex !== 'half-duplex';
  }

  directionFrom(node: NetworkNode): Direction {
    if (node === this.#first) return 0;
    assert(node === this.options.ends[1], 'a link is used only by its ends');
    return 1;
  }

  carries(direction: Direction): boolean {
    return this.#shared.carries(direction);
  }

  /**
   * Gives the next free time for so many bytes; transmission is rounded up to whole microseconds.
   */
  reserve(direction: Direction, now: SimTime, bytes: number): Occupation {
    const latency = this.#latency;
    if (this.#isUnbounded) return { start: now, arrival: now + latency };
    const { rateBytesPerSecond } = this.options;
    const transmission = Math.ceil((bytes / rateBytesPerSecond) * 1_000_000);
    return this.#shared.reserve(direction, now, transmission, latency);
  }

  /** Nothing is on the line any more, and nobody waits for it. */
  freeMedium(): void {
    this.#medium = null;
  }

  /** The next transfer on this link will be lost once. */
  dropNext(): void {
    this.#dropNext += 1;
  }

  /** True when the line swallows the transfer that leaves now. */
  losesNext(): boolean {
    if (this.#dropNext > 0) {
      this.#dropNext -= 1;
      return true;
    }
    if (this.#loss === 0) return false;
    const { loss, id } = this.options;
    return this.#environment.context.random(`loss ${id}`).fraction() <= loss;
  }

  cutOff(): void {
    if (this.cut) return;
    this.cut = true;
    this.#record(EntryKind.LinkCut);
    for (const listener of this.listeners) listener.linkCut(this);
  }

  restore(): void {
    if (!this.cut) return;
    this.cut = false;
    this.#record(EntryKind.LinkRestored);
    for (const listener of this.listeners) listener.linkRestored(this);
  }

  get #shared(): Medium {
    this.#medium ??= newMedium(this.options);
    return this.#medium;
  }

  #record(kind: EntryKind): void {
    const { ends, index } = this.options;
    this.#environment.recorder.entry(kind, { node: ends[0].index, place: index });
  }
}

const newMedium = ({ duplex, turnaround }: LinkOptions): Medium =>
  new Medium({ mode: duplex, turnaround });
