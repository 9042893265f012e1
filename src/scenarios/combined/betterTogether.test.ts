// What the log and the lines do for each other: nothing is missed across a cut and a crash; and
// what is missed without either of the two habits that this rests on.

import { describe, expect, test } from 'vitest';
import { instant, measuresAt, missesAt } from '../../engine/index';
import type { ParameterValues } from '../defineScenario';
import type { Run } from '../runScenario';
import { runOf } from '../testing/runOf';

const STAGE = 'together';
const EVERY_MISS = 100_000;

const measuresOf = ({ index, horizon }: Run) => measuresAt(index, STAGE, horizon);

/** "Ben: reader away" → how often, at an instant. */
function missesOf({ index, horizon }: Run, ms = horizon / 1_000): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { reader, cause } of missesAt(index, STAGE, instant(ms * 1_000), EVERY_MISS)) {
    const key = `${index.trace.legend.nodes[reader]?.name}: ${cause}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

test('across a cut and a crash nothing is missed, nothing comes twice, and half is there in 60 ms', () => {
  for (const seed of [1, 7, 23]) {
    const { sent, delivered, missed, duplicated, reordered, recovered, latencyMs } = measuresOf(
      runOf('better-together', {}, [], seed),
    );
    expect({ missed, duplicated, reordered }).toEqual({ missed: 0, duplicated: 0, reordered: 0 });
    expect(delivered).toBe(sent);
    expect(recovered).toBe(8);
    expect(latencyMs.p50).toBe(38);
  }
});

test('each hop takes its time: 10, 5 of linger, 10, 3 of copying, 10, 10', () => {
  const p50 = (values: ParameterValues) =>
    measuresOf(runOf('better-together', values)).latencyMs.p50;
  expect(p50({ 'linger.ms': 0 })).toBe(33);
  expect(p50({ 'linger.ms': 0, 'default.replication.factor': 1 })).toBe(30);
  expect(p50({ 'linger.ms': 50_000 })).toBeGreaterThan(60);
});

describe('counter-examples', () => {
  test('without resuming, what was said meanwhile is missed, and what was said into the crash', () => {
    const run = runOf('better-together', { resume: 'off' });
    expect(missesOf(run)).toEqual({
      'Ben: reader away': 8,
      'prices: sender away': 1,
      'orders: sender away': 1,
      'prices: server gone': 1,
      'orders: server gone': 1,
    });
    const { sent, delivered, missed, coupled } = measuresOf(run);
    expect(delivered + missed).toBe(sent);
    // Services reach those alone who are there; what pages say waits in the log as before.
    expect(coupled).toBeGreaterThan(0.5);
    expect(measuresOf(runOf('better-together')).coupled).toBe(0);
  });

  test('in one group each message comes to one gateway: half of the browsers never get it', () => {
    const run = runOf('better-together', { gatewayGroups: 'one' });
    expect(missesOf(run, 2_200)).toEqual({
      'Ben: not read by its gateway': 11,
      'Dee: not read by its gateway': 11,
      'Fay: not read by its gateway': 11,
    });
    const own = runOf('better-together');
    expect(missesOf(own, 2_200)).toEqual({});
    // And nobody takes over from the one that read until its session is over (45 s).
    const { delivered, sent } = measuresOf(run);
    expect(delivered / sent).toBeLessThan(0.6);
  });

  test('with one gateway its crash leaves all without; with resuming they wait and miss nothing', () => {
    const alone = { gateways: 1 };
    expect(measuresOf(runOf('better-together', alone)).missed).toBe(0);
    const meanwhile = runOf('better-together', alone).index;
    const { waiting, inFlight, missed } = measuresAt(meanwhile, STAGE, instant(5_200_000));
    // Three prices for six in the log, six orders for two services still with their pages.
    expect([waiting, inFlight, missed]).toEqual([18, 12, 0]);
    expect(measuresOf(runOf('better-together', { ...alone, resume: 'off' })).missed).toBe(46);
  });

  test('what is sent again may come twice: the gateway died before it could say that it is safe', () => {
    const run = runOf('better-together', {}, ['1130 crash gateway-1']);
    const { missed, duplicated } = measuresOf(run);
    expect([missed, duplicated]).toEqual([0, 2]);
  });

  test('the log forgets as well, if it is told to', () => {
    const run = runOf('better-together', { 'retention.ms': 400_000 });
    expect(Object.keys(missesOf(run))).toContain('Ben: retention passed');
  });
});
