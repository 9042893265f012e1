// How long a message takes: WebSocket below Kafka, Kafka below polling, and polling by its formula.

import { describe, expect, test } from 'vitest';
import { measuresAt, type StageId } from '../../engine/index';
import type { ParameterValues } from '../defineScenario';
import type { Run } from '../runScenario';
import { runOf, storyOf } from '../testing/runOf';

const SEEDS = Array.from({ length: 24 }, (_, at) => at + 1);
const MS = 1_000;

const median = (run: Run, stage: StageId): number =>
  measuresAt(run.index, stage, run.horizon).latencyMs.p50 ?? Number.NaN;

const runWith = (seed: number, parameters: ParameterValues = {}): Run =>
  runOf('latency', parameters, [], seed);

/** From wish to arrival, of each message, in milliseconds. */
function latenciesOf(run: Run, stage: StageId): number[] {
  const { wantedAt } = run.index.trace.messages;
  return storyOf(run, stage)
    .filter(({ what }) => what === 'delivered')
    .map(({ ms, message }) => ms - (wantedAt[message] as number) / MS);
}

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

test.each(SEEDS)('seed %i: WebSocket below Kafka, polling above both', (seed) => {
  const run = runWith(seed);
  expect(median(run, 'websocket')).toBe(20);
  expect(median(run, 'kafka')).toBe(28);
  expect(median(run, 'polling')).toBeGreaterThan(40);
  expect(median(run, 'long-polling')).toBeLessThan(30);
  expect(median(run, 'long-polling')).toBeGreaterThanOrEqual(20);
});

test.each(SEEDS)('seed %i: without batching and copying Kafka is as quick', (seed) => {
  const run = runWith(seed, { 'linger.ms': 0, 'default.replication.factor': 1 });
  expect(Math.abs(median(run, 'kafka') - median(run, 'websocket'))).toBeLessThan(1);
});

test('what makes Kafka slower is the batch and the copies, each by its own time', () => {
  expect(median(runWith(7, { 'linger.ms': 0 }), 'kafka')).toBe(23);
  expect(median(runWith(7, { 'default.replication.factor': 1 }), 'kafka')).toBe(25);
});

describe.each([100, 200, 500])('polling every %i ms', (interval) => {
  // So few messages that hardly any waits for its turn on the connection.
  const run = runWith(7, {
    pollInterval: interval * MS,
    messages: 400,
    messagesPerSecond: 1,
  });
  const latencies = latenciesOf(run, 'polling');
  const way = 20;

  test('takes half the interval and the way on average', () => {
    const expected = interval / 2 + way;
    const threeDeviations = (3 * interval) / Math.sqrt(12 * latencies.length);
    // A message and a poll that meet on the connection: one waits up to a round trip for the other.
    const turns = (way * way) / (2 * interval) + (way * way) / 1_000;
    expect(mean(latencies)).toBeGreaterThan(expected - threeDeviations);
    expect(mean(latencies)).toBeLessThan(expected + threeDeviations + turns);
  });

  test('takes the way at least, and at most the interval more, but for turns on the line', () => {
    expect(Math.min(...latencies)).toBeGreaterThanOrEqual(way);
    expect(Math.max(...latencies)).toBeLessThanOrEqual(way + interval + 3 * way);
    expect(Math.max(...latencies)).toBeGreaterThan(way + 0.9 * interval);
  });

  test('does not touch the others', () => {
    expect(mean(latenciesOf(run, 'websocket'))).toBeCloseTo(way, 6);
    expect(mean(latenciesOf(run, 'long-polling'))).toBeLessThan(way + 2);
  });
});

test('asked all the time, a server is polled once a round trip and no oftener', () => {
  const run = runWith(7, { pollInterval: MS, messages: 100, messagesPerSecond: 1 });
  // One request at a time: half a round trip of 20 ms on average, and the way.
  expect(mean(latenciesOf(run, 'polling'))).toBeGreaterThan(27);
  expect(mean(latenciesOf(run, 'polling'))).toBeLessThan(42);
});

test('twice the distance doubles the way and leaves the wait as it is', () => {
  const run = runWith(7, { distance: 40 * MS });
  expect(median(run, 'websocket')).toBe(40);
  expect(median(run, 'kafka')).toBe(48);
});
