// Where records without a key go, against the vectors and over many draws.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createRandomStream } from '../../kernel/random';
import { toPositive } from './murmur2';
import {
  BuiltInPartitioner,
  isTimeToSwitch,
  loadTable,
  type PartitionQueue,
  uniformPartition,
  weighedPartition,
} from './partitioner';

interface Vector {
  readonly id: string;
  readonly kind: keyof typeof kinds;
}

interface PositiveVector extends Vector {
  readonly in: number;
  readonly out: number;
}

interface TableVector extends Vector {
  readonly queueSizes: readonly number[];
  readonly partitionIds: readonly number[];
  /** null: all partitions are equally likely. */
  readonly cft: readonly number[] | null;
  readonly weights?: readonly number[] | null;
  /** Draw → partition. */
  readonly pickFor?: Readonly<Record<string, number>> | null;
}

interface SwitchVector extends Vector {
  readonly batchSize: number;
  readonly producedBytesSinceSwitch: number;
  readonly enableSwitch: boolean;
  readonly switches: boolean;
}

interface AvailabilityVector extends Vector {
  readonly partitions: number;
  readonly leaderless: readonly number[];
  readonly allowed: readonly number[];
}

interface Kind {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly check: (vector: never) => void;
}

/** What each kind gives and expects; another field would be a promise that nobody keeps. */
const kinds = {
  toPositive: { required: ['in', 'out'], optional: [], check: checkPositive },
  adaptiveCFT: {
    required: ['queueSizes', 'partitionIds', 'cft'],
    optional: ['weights', 'pickFor'],
    check: checkTable,
  },
  stickySwitch: {
    required: ['batchSize', 'producedBytesSinceSwitch', 'enableSwitch', 'switches'],
    optional: [],
    check: checkSwitch,
  },
  availability: {
    required: ['partitions', 'leaderless', 'allowed'],
    optional: [],
    check: checkAvailability,
  },
} as const satisfies Record<string, Kind>;

const path = new URL('../../vectors/partitioner-sticky-adaptive.json', import.meta.url);
const file = JSON.parse(readFileSync(path, 'utf8')) as { readonly vectors: readonly Vector[] };

test('the file holds vectors of every kind, and no kind or field that nobody measures', () => {
  expect(new Set(file.vectors.map(({ kind }) => kind))).toEqual(new Set(Object.keys(kinds)));
  for (const vector of file.vectors) {
    const { required, optional } = kinds[vector.kind];
    const fields = Object.keys(vector);
    expect(fields, vector.id).toEqual(expect.arrayContaining(['id', 'kind', ...required]));
    const known = ['id', 'kind', 'source', 'note', ...required, ...optional];
    expect(known, vector.id).toEqual(expect.arrayContaining(fields));
  }
});

test.each(file.vectors)('$kind $id', (vector) => {
  expect.hasAssertions();
  kinds[vector.kind].check(vector as never);
});

function checkPositive(vector: PositiveVector): void {
  expect(toPositive(vector.in)).toBe(vector.out);
}

function checkTable({ queueSizes, partitionIds, cft, weights, pickFor }: TableVector): void {
  const queues = queueSizes.map((batches, index) => ({
    partition: partitionIds[index] as number,
    batches,
  }));
  const table = loadTable(queues, queues.length);
  expect(table?.cumulative ?? null).toEqual(cft);
  if (table === undefined) {
    expect([weights ?? null, pickFor ?? null]).toEqual([null, null]);
    return;
  }
  const sums = [0, ...table.cumulative];
  const gaps = table.cumulative.map((sum, index) => sum - (sums[index] as number));
  expect(gaps).toEqual(weights);
  const draws = Object.keys(pickFor ?? {}).map(Number);
  expect(draws).toHaveLength(table.cumulative.at(-1) as number);
  for (const draw of draws) expect(weighedPartition(table, draw), `${draw}`).toBe(pickFor?.[draw]);
}

function checkSwitch(vector: SwitchVector): void {
  const { batchSize: batchSizeBytes, producedBytesSinceSwitch, enableSwitch } = vector;
  const stickiness = { producedBytes: producedBytesSinceSwitch, batchSizeBytes, enableSwitch };
  expect(isTimeToSwitch(stickiness)).toBe(vector.switches);
}

function checkAvailability({ partitions, leaderless, allowed }: AvailabilityVector): void {
  const all = Array.from({ length: partitions }, (_, partition) => partition);
  const available = all.filter((partition) => !leaderless.includes(partition));
  const topic = { count: partitions, available };
  expect(new Set(chosen({ topic, times: 200 }))).toEqual(new Set(allowed));
}

interface Choosing {
  readonly topic: { readonly count: number; readonly available: readonly number[] };
  readonly times: number;
  readonly queues?: readonly PartitionQueue[];
}

/** The partitions that a producer goes through whose records fill a batch each. */
function chosen({ topic, times, queues }: Choosing): number[] {
  const partitioner = new BuiltInPartitioner(createRandomStream(7, 'partitioner'), 100);
  if (queues !== undefined) partitioner.updateLoad(queues, topic.count);
  return Array.from({ length: times }, () => {
    const partition = partitioner.partition(topic);
    partitioner.appended(100, true, topic);
    return partition;
  });
}

const four = { count: 4, available: [0, 1, 2, 3] };

function share(partitions: readonly number[], partition: number): number {
  return partitions.filter((each) => each === partition).length / partitions.length;
}

test('a partition gets records until batch.size bytes are in it, and not one record each', () => {
  const partitioner = new BuiltInPartitioner(createRandomStream(7, 'partitioner'), 100);
  const runs: number[][] = [];
  for (let record = 0; record < 400; record += 1) {
    const partition = partitioner.partition(four);
    if (record % 5 === 0) runs.push([]);
    runs.at(-1)?.push(partition);
    partitioner.appended(20, true, four);
  }
  expect(runs.every((run) => new Set(run).size === 1)).toBe(true);
  expect(new Set(runs.flat())).toEqual(new Set(four.available));
});

test('a batch that waits for more keeps its partition, and one that is sent gives it up', () => {
  const draws = [2, 1];
  const random = { ...createRandomStream(1, 'x'), integer: () => draws.shift() as number };
  const partitioner = new BuiltInPartitioner(random, 100);
  partitioner.appended(150, false, four);
  expect([partitioner.partition(four), partitioner.partition(four)]).toEqual([2, 2]);
  partitioner.appended(0, true, four);
  expect(partitioner.partition(four)).toBe(1);
  expect(draws).toEqual([]);
});

test('what was sent before a switch does not count after it', () => {
  const draws = [0, 1];
  const random = { ...createRandomStream(1, 'x'), integer: () => draws.shift() as number };
  const partitioner = new BuiltInPartitioner(random, 100);
  partitioner.partition(four);
  partitioner.appended(199, false, four);
  partitioner.appended(1, false, four);
  expect(partitioner.partition(four)).toBe(1);
  partitioner.appended(99, true, four);
  expect(partitioner.partition(four)).toBe(1);
});

test('without queues every partition gets as much as another', () => {
  const partitions = chosen({ topic: four, times: 4_000 });
  for (const partition of four.available) expect(share(partitions, partition)).toBeCloseTo(0.25, 1);
});

test('a partition with a long queue gets less, in proportion to the others', () => {
  const queues = [0, 0, 0, 9].map((batches, partition) => ({ partition, batches }));
  const partitions = chosen({ topic: four, times: 4_000, queues });
  expect(share(partitions, 3)).toBeCloseTo(1 / 31, 2);
  expect(share(partitions, 0)).toBeCloseTo(10 / 31, 1);
});

test('equal queues leave out the partitions that were left out of the list', () => {
  const queues = [0, 2].map((partition) => ({ partition, batches: 5 }));
  expect(loadTable(queues, 3)).toEqual({ partitions: [0, 2], cumulative: [1, 2] });
  expect(new Set(chosen({ topic: four, times: 200, queues }))).toEqual(new Set([0, 2]));
});

test('nothing to weigh: no queue, or a topic of one partition', () => {
  expect(loadTable([], 3)).toBeUndefined();
  expect(loadTable([{ partition: 0, batches: 4 }], 1)).toBeUndefined();
});

test('a draw counts through the partitions that have a leader', () => {
  const draws = [0, 1, 2, 3].map((draw) =>
    uniformPartition({ count: 5, available: [1, 3, 4] }, draw),
  );
  expect(draws).toEqual([1, 3, 4, 1]);
});
