// The model at full load: what an entry and a message cost, in the bare heap's time, and what they
// keep.

import {
  indexTrace,
  instant,
  measuresAt,
  simulate,
  type TraceIndex,
  worldAt,
} from '../../engine/index';
import { findScenario } from '../../scenarios/registry';
import { sceneInputs } from '../../scenarios/run';
import { MEASURED, median, ROUNDS, secondsOf } from './baselines';

export interface ModelResult {
  readonly messages: number;
  readonly entries: number;
  readonly entriesPerMessage: number;
  /** Time to simulate and index, an entry, in pops of the bare heap. */
  readonly ratioPerEntry: number;
  readonly ratioPerMessage: number;
  /** Bytes that a message keeps after a forced collection. */
  readonly retainedBytesPerMessage: number;
}

export interface SeekResult {
  readonly seeks: number;
  readonly entries: readonly [number, number];
  /**
   * Microseconds of one seek, first read of every field included, for the short and the long trace.
   */
  readonly medianUs: readonly [number, number];
  readonly p99Us: readonly [number, number];
  readonly ratioMedian: number;
  readonly ratioP99: number;
}

const SEEK_ROUNDS = 3;
const SEEKS = 10_000;

/** `many-talk` with so many messages of each of two people, run and indexed. */
export function manyTalk(messagesEach: number): TraceIndex {
  const scenario = findScenario('many-talk');
  if (!scenario) throw new Error('The scene many-talk is gone.');
  const parameters = { messages: messagesEach };
  const spec = { scenarioId: scenario.id, parameters, seed: 7, interventions: [] };
  return indexTrace(simulate(scenario.scene(sceneInputs(scenario, spec)), spec.seed, []));
}

function heapBytes(): number {
  if (!globalThis.gc) throw new Error('Run this with --expose-gc, as npm run bench does.');
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/**
 * `bareHeapSeconds`: what the heap alone needs for `MEASURED` pops, in this process. Both are warm
 * when they are measured; memory comes last, for a forced collection throws away what V8 has
 * learnt.
 */
export function benchModel(bareHeapSeconds: number): ModelResult {
  const messages = 100_000;
  manyTalk(messages / 2);
  const seconds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    seconds.push(secondsOf(() => manyTalk(messages / 2)));
  }
  const before = heapBytes();
  const index = manyTalk(messages / 2);
  const retained = heapBytes() - before;
  const entries = index.trace.entries.count;
  const pop = bareHeapSeconds / MEASURED;
  return {
    messages,
    entries,
    entriesPerMessage: entries / messages,
    ratioPerEntry: median(seconds) / entries / pop,
    ratioPerMessage: median(seconds) / messages / pop,
    retainedBytesPerMessage: retained / messages,
  };
}

/** Nanoseconds of each of `SEEKS` seeks to instants spread over the run, in a scattered order. */
function seekTimes(index: TraceIndex): number[] {
  const { horizon, legend } = index.trace;
  const times: number[] = [];
  for (let seek = 0; seek < SEEKS; seek += 1) {
    const time = instant(Math.floor(((seek * 7_919) % SEEKS) * (horizon / SEEKS)));
    const start = process.hrtime.bigint();
    const world = worldAt(index, time);
    let read = world.transfers.length + world.nodes.length;
    for (const stage of legend.stages) read += measuresAt(index, stage, time).delivered;
    times.push(read < 0 ? 0 : Number(process.hrtime.bigint() - start));
  }
  return times.sort((one, other) => one - other);
}

export function benchSeek(): SeekResult {
  const short = manyTalk(260);
  const long = manyTalk(27_500);
  seekTimes(short);
  seekTimes(long);
  const shortTimes: number[][] = [];
  const longTimes: number[][] = [];
  for (let round = 0; round < SEEK_ROUNDS; round += 1) {
    shortTimes.push(seekTimes(short));
    longTimes.push(seekTimes(long));
  }
  const at = (rounds: readonly number[][], share: number) =>
    median(rounds.map((times) => times[Math.floor(share * SEEKS)] ?? Number.NaN)) / 1_000;
  const medianUs = [at(shortTimes, 0.5), at(longTimes, 0.5)] as const;
  const p99Us = [at(shortTimes, 0.99), at(longTimes, 0.99)] as const;
  return {
    seeks: SEEKS,
    entries: [short.trace.entries.count, long.trace.entries.count],
    medianUs,
    p99Us,
    ratioMedian: medianUs[1] / medianUs[0],
    ratioP99: p99Us[1] / p99Us[0],
  };
}
