// The kernel against the bare heap and simjs: the same delays, the same number of pops, in turns.

import { createRandomStream, instant, type SimDuration, Simulation } from '../../engine/index';
import {
  bareHeapSeconds,
  drawDelays,
  MEASURED,
  median,
  PENDING,
  ROUNDS,
  secondsOf,
  simjsSeconds,
  WARM_UP,
} from './baselines';

/** Simulated microseconds between two looks at the count. */
const SLICE = 1_000_000;

export interface KernelResult {
  readonly eventsPerSecond: number;
  /** Pops a second of the heap alone. */
  readonly bareHeap: number;
  readonly simjs: number;
  readonly ratioBareHeap: number;
  readonly ratioSimjs: number;
}

/** Seconds that the kernel needs for `MEASURED` events, each scheduling its successor. */
function kernelSeconds(delays: Float64Array): number {
  let drawn = 0;
  const next = (): SimDuration => {
    drawn += 1;
    return delays[drawn & 65_535] as SimDuration;
  };
  const simulation = new Simulation({
    seed: 7,
    start: instant(0),
    horizon: instant(Number.MAX_SAFE_INTEGER),
    eventLimit: Number.MAX_SAFE_INTEGER,
  });
  let left = 0;
  const tick = (entity: number): void => {
    left -= 1;
    simulation.after(next(), tick, entity);
  };
  for (let entity = 0; entity < PENDING; entity += 1) simulation.after(next(), tick, entity);
  const turns = (count: number) => {
    left = count;
    while (left > 0) simulation.runUntil(instant(simulation.now + SLICE));
  };
  turns(WARM_UP);
  const before = simulation.handled;
  const seconds = secondsOf(() => turns(MEASURED));
  return (seconds * MEASURED) / (simulation.handled - before);
}

function sharedDelays(): Float64Array {
  const random = createRandomStream(7, 'delays');
  return drawDelays(() => random.fraction());
}

/** Seconds that the bare heap needs for `MEASURED` pops. */
export function bareHeapMedian(): number {
  const delays = sharedDelays();
  return median(Array.from({ length: ROUNDS }, () => bareHeapSeconds(delays)));
}

export function benchKernel(): KernelResult {
  const delays = sharedDelays();
  const kernel: number[] = [];
  const heap: number[] = [];
  const simjs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    heap.push(bareHeapSeconds(delays));
    kernel.push(kernelSeconds(delays));
    simjs.push(simjsSeconds(delays));
  }
  const perSecond = (seconds: readonly number[]) => MEASURED / median(seconds);
  return {
    eventsPerSecond: perSecond(kernel),
    bareHeap: perSecond(heap),
    simjs: perSecond(simjs),
    ratioBareHeap: median(heap) / median(kernel),
    ratioSimjs: median(simjs) / median(kernel),
  };
}
