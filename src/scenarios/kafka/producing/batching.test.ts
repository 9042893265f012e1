// What batches save and cost, measured against the same words on WebSocket.

import { describe, expect, test } from 'vitest';
import { type Measures, measuresAt, type StageId } from '../../../engine/index';
import type { ParameterValues } from '../../defineScenario';
import { runOf, transfersOf } from '../../testing/runOf';

function measured(parameters: ParameterValues = {}, stage: StageId = 'kafka'): Measures {
  const run = runOf('batching', parameters);
  return measuresAt(run.index, stage, run.horizon);
}

const overhead = (parameters: ParameterValues): number =>
  measured(parameters).overheadBytesPerMessage ?? Number.NaN;
const median = (parameters: ParameterValues, stage: StageId = 'kafka'): number =>
  measured(parameters, stage).latencyMs.p50 ?? Number.NaN;
const MS = 1_000;

test('what Ana says at once leaves as one batch, what Ben says alone leaves alone', () => {
  const sizes = transfersOf(runOf('batching'), 'kafka', 'produce').map(({ said }) => said.length);
  expect(sizes.toSorted((one, other) => one - other)).toEqual([
    ...Array.from({ length: 10 }, () => 1),
    ...Array.from({ length: 10 }, () => 5),
  ]);
});

describe('bytes', () => {
  test('a hundred at once need a tenth of the overhead of one at a time', () => {
    const perMessage = [1, 10, 100].map((burst) => overhead({ burst }));
    expect(perMessage).toEqual(perMessage.toSorted((one, other) => other - one));
    expect((perMessage[0] as number) / (perMessage[2] as number)).toBeGreaterThan(10);
  });

  test('a longer wait gathers more, and every message waits longer', () => {
    const lingers = [5, 200, 1_000].map((ms) => ({ burst: 1, 'linger.ms': ms * MS }));
    const bytes = lingers.map(overhead);
    const latencies = lingers.map((one) => median(one));
    expect(bytes).toEqual(bytes.toSorted((one, other) => other - one));
    expect(latencies).toEqual(latencies.toSorted((one, other) => one - other));
    expect(new Set(bytes).size).toBe(3);
    expect(new Set(latencies).size).toBe(3);
  });

  test('WebSocket adds as much to each message, however many there are', () => {
    expect(measured({ burst: 100 }, 'websocket').overheadBytesPerMessage).toBeLessThan(6);
    expect(measured({ burst: 1 }, 'websocket').overheadBytesPerMessage).toBeLessThan(6);
  });
});

describe('throughput', () => {
  test('batches bring through what records one at a time cannot: five in flight for 23 ms', () => {
    const together = measured({ burst: 100 });
    const alone = measured({ burst: 100, 'batch.size': 1 });
    expect(together.throughputPerSecond).toBeGreaterThan(1_000);
    expect(alone.throughputPerSecond).toBeLessThan(300);
    expect(together.delivered).toBe(1_010);
    expect(alone.delivered).toBeLessThan(together.delivered);
  });

  test('five requests at once stand in line at the broker; waiting for company is quicker', () => {
    expect(median({ 'linger.ms': 0 })).toBeGreaterThan(median({ 'linger.ms': 5 * MS }));
  });
});

describe('latency', () => {
  test('without a wait and without copies a message takes as long as on WebSocket', () => {
    const bare = { 'linger.ms': 0, 'default.replication.factor': 1 };
    for (const burst of [1, 5]) {
      const gap = median({ ...bare, burst }) - median({ burst }, 'websocket');
      expect(gap).toBeLessThan(1);
      expect(gap).toBeGreaterThanOrEqual(0);
    }
  });

  test('the wait and the copying are the whole difference otherwise', () => {
    expect(median({ burst: 1 }) - median({ burst: 1 }, 'websocket')).toBeCloseTo(5 + 3, 6);
    const noCopies = { burst: 1, 'default.replication.factor': 1 };
    expect(median(noCopies) - median(noCopies, 'websocket')).toBeCloseTo(5, 6);
  });
});
