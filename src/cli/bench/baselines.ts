// What the kernel is measured against: a bare heap, and a simulator that others use.

import { createRequire } from 'node:module';
import FlatQueue from 'flatqueue';

/** Pending events at any time. */
export const PENDING = 1_024;
/** Pops before the measurement begins. */
export const WARM_UP = 100_000;
/** Pops that are measured. */
export const MEASURED = 1_000_000;
/** Times that each is measured, in turns; the median counts. */
export const ROUNDS = 5;

/** Delays of up to a simulated second, drawn before anything is measured, the same for all. */
export function drawDelays(next: () => number): Float64Array {
  return Float64Array.from({ length: 65_536 }, () => 1 + Math.floor(next() * 1_000_000));
}

/** Wall-clock seconds of `work`. */
export function secondsOf(work: () => void): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

export const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[values.length >> 1] ?? Number.NaN;

/** Seconds that a heap of numbers needs for `MEASURED` times pop and push. */
export function bareHeapSeconds(delays: Float64Array): number {
  const queue = new FlatQueue<number>();
  let drawn = 0;
  const next = () => {
    drawn += 1;
    return delays[drawn & 65_535] as number;
  };
  for (let id = 0; id < PENDING; id += 1) queue.push(id, next());
  const turn = () => {
    const time = queue.peekValue() as number;
    const id = queue.pop() as number;
    queue.push(id, time + next());
  };
  for (let pop = 0; pop < WARM_UP; pop += 1) turn();
  return secondsOf(() => {
    for (let pop = 0; pop < MEASURED; pop += 1) turn();
  });
}

/** Seconds that simjs needs for as many timers, each set again by the entity that it calls. */
export function simjsSeconds(delays: Float64Array): number {
  let drawn = 0;
  class Ticker extends simjs.Entity {
    start(): void {
      this.tick();
    }
    tick(): void {
      drawn += 1;
      this.setTimer(delays[drawn & 65_535] as number).done(this.tick);
    }
  }
  const sim = new simjs.Sim();
  for (let entity = 0; entity < PENDING; entity += 1) sim.addEntity(Ticker);
  sim.simulate(Number.MAX_SAFE_INTEGER, WARM_UP);
  return secondsOf(() => sim.simulate(Number.MAX_SAFE_INTEGER, MEASURED));
}

interface SimjsRequest {
  /** Calls `callback` as a method of the entity. */
  done(callback: () => void): SimjsRequest;
}
declare class SimjsEntity {
  setTimer(duration: number): SimjsRequest;
}
declare class SimjsSim {
  addEntity(entity: new (...words: never[]) => SimjsEntity): SimjsEntity;
  /** Goes on until the end or for so many events, whichever comes first. */
  simulate(endTime: number, events: number): boolean;
}
interface Simjs {
  readonly Entity: typeof SimjsEntity;
  readonly Sim: typeof SimjsSim;
}

const simjs = simjsLibrary();

/** simjs 2 is made for a page: it exports nothing and puts itself on `window`. */
function simjsLibrary(): Simjs {
  const page: { Sim?: Simjs } = {};
  Object.assign(globalThis, { window: page });
  createRequire(import.meta.url)('simjs');
  Reflect.deleteProperty(globalThis, 'window');
  if (!page.Sim) throw new Error('simjs did not load as version 2 does.');
  return page.Sim;
}
