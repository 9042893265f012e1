// A whole cluster at work: what an entry of its trace costs, in the bare heap's time, and how that
// grows from a thousand records to a hundred thousand.

import { GROUP_PROTOCOLS } from '../../engine/doors/groups';
import { indexTrace, instant, milliseconds, type Scene, simulate } from '../../engine/index';
import {
  atMs,
  clusterOf,
  comparison,
  everyoneSays,
  participant,
  workloadOf,
} from '../../scenarios/sceneParts';
import { settingsOf } from '../../scenarios/settingsOf';
import { MEASURED, median, ROUNDS, secondsOf } from './baselines';
import { bareHeapMedian } from './kernelBench';

export interface KafkaResult {
  readonly records: number;
  readonly entries: number;
  readonly entriesPerRecord: number;
  /** Time to simulate and index, an entry, in pops of the bare heap; at most 15 is wanted. */
  readonly ratioPerEntry: number;
  /**
   * How much the time grows from `FEW` to `MANY` records, as a share of what n log n would grow; at
   * most 1.3 is wanted.
   */
  readonly ratioNLogN: number;
}

const FEW = 1_000;
const MANY = 100_000;
/** The short run is over in milliseconds: so many of them are one measurement. */
const FEW_RUNS = 20;

const TOPIC = 'orders';
const BROKERS = 3;
const PARTITIONS = 6;
const MEMBERS = 6;
/** Two writers with a record a millisecond each. */
const WRITERS = 2;
const GAP = milliseconds(1);
const TAIL = milliseconds(500);
const KEYS = Array.from({ length: 60 }, (_, number) => `customer-${number + 1}`);

/** Everyone is there from the start; the group has dealt out its partitions when the first speaks. */
function clusterOfSix(records: number): Scene {
  const writers = Array.from({ length: WRITERS }, (_, place) =>
    participant(place, { reads: false, writesTo: TOPIC }),
  );
  const readers = Array.from({ length: MEMBERS }, (_, place) =>
    participant(WRITERS + place, { writes: false, readsFrom: [TOPIC], group: 'billing' }),
  );
  const first = atMs(1_000);
  const count = records / WRITERS;
  const wants = everyoneSays(writers, { count, first, gap: GAP }).map((want, place) => ({
    ...want,
    key: place % KEYS.length,
  }));
  const values = { brokers: BROKERS };
  return comparison(values, {
    stages: ['kafka'],
    participants: [...writers, ...readers],
    mode: 'threads',
    workload: workloadOf(wants),
    settings: settingsOf(values, {
      standingFetches: 1,
      initialRebalanceDelay: milliseconds(100),
    }),
    kafka: clusterOf(values, {
      topics: [{ id: TOPIC, partitions: PARTITIONS, firstBroker: 0 }],
      keys: KEYS,
      groups: GROUP_PROTOCOLS,
    }),
    horizon: instant(first + count * GAP + TAIL),
  });
}

const run = (scene: Scene) => indexTrace(simulate(scene, 7, []));

/** Heap and model in turns, so that a machine that is busy for a while is so for both. */
export function benchKafka(): KafkaResult {
  const few = clusterOfSix(FEW);
  const many = clusterOfSix(MANY);
  const runFew = () => {
    for (let count = 0; count < FEW_RUNS; count += 1) run(few);
  };
  // Both are warm when they are measured.
  runFew();
  const { entries } = run(many).trace;
  const seconds = { heap: [] as number[], few: [] as number[], many: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    seconds.heap.push(bareHeapMedian());
    seconds.few.push(secondsOf(runFew) / FEW_RUNS);
    seconds.many.push(secondsOf(() => run(many)));
  }
  const pop = median(seconds.heap) / MEASURED;
  const nLogN = (MANY * Math.log(MANY)) / (FEW * Math.log(FEW));
  return {
    records: MANY,
    entries: entries.count,
    entriesPerRecord: entries.count / MANY,
    ratioPerEntry: median(seconds.many) / entries.count / pop,
    ratioNLogN: median(seconds.many) / median(seconds.few) / nLogN,
  };
}
