// Event sourcing: who reads every event in order knows what is known to those who were there; who
// cannot read every event does not.

import { describe, expect, test } from 'vitest';
import { ledgerAt } from '../../../engine/index';
import type { ParameterValues } from '../../defineScenario';
import type { Run } from '../../runScenario';
import { runOf, storyOf } from '../../testing/runOf';

const SECOND = 1_000_000;

/**
 * Ana pays in, Ben adds interest, a quarter of what is there: the order of the events counts, and a
 * missing one changes what comes after it.
 */
function balances(run: Run, who: string): Record<string, number> {
  const { messages, legend } = run.index.trace;
  const accounts: Record<string, number> = {};
  for (const { what, who: reader, message } of storyOf(run, 'kafka')) {
    if (what !== 'delivered' || reader !== who) continue;
    const account = legend.keys[messages.key[message] as number] as string;
    const isPaidIn = legend.nodes[messages.from[message] as number]?.id === 'A';
    const balance = accounts[account] ?? 0;
    accounts[account] = balance + (isPaidIn ? 100 : Math.floor(balance / 4));
  }
  return accounts;
}

const usual = runOf('event-sourcing');

describe('a service that comes late', () => {
  test('knows the same balances, from the first event on', () => {
    expect(balances(usual, 'D')).toEqual(balances(usual, 'C'));
    expect(Object.keys(balances(usual, 'D'))).toHaveLength(3);
    expect(ledgerAt(usual.index, 'kafka', usual.horizon)).toMatchObject({
      delivered: 56,
      missed: 0,
      recovered: 24,
    });
  });

  test('disturbs nobody: the one who was there gets each event as fast as before', () => {
    const latencies = storyOf(usual, 'kafka')
      .filter(({ what, who }) => what === 'delivered' && who === 'C')
      .map(({ time, message }) => time - (usual.index.trace.messages.wantedAt[message] as number));
    expect(new Set(latencies)).toEqual(new Set([28_000]));
  });

  test.each<[string, ParameterValues]>([
    ['starts at latest', { 'auto.offset.reset': 'latest' }],
    ['finds only what retention has left', { 'retention.ms': 3 * SECOND }],
    ['finds only the newest event of each account', { 'cleanup.policy': 'compact' }],
  ])('knows something else if it %s', (_, parameters) => {
    const run = runOf('event-sourcing', parameters);
    expect(balances(run, 'C')).toEqual(balances(usual, 'C'));
    expect(balances(run, 'D')).not.toEqual(balances(run, 'C'));
  });
});

test('over WebSocket it has missed everything before it came', () => {
  expect(ledgerAt(usual.index, 'websocket', usual.horizon)).toMatchObject({
    delivered: 32,
    missed: 24,
  });
});
