// The bytes before the first message, what refuses them, and what a connection for each costs.

import { describe, expect, test } from 'vitest';
import { ledgerAt, measuresAt, missesAt } from '../../engine/index';
import type { Run } from '../runScenario';
import { runOf, storyOf, transfersOf } from '../testing/runOf';

const p50 = (run: Run, stage: 'websocket' | 'kafka') =>
  measuresAt(run.index, stage, run.horizon).latencyMs.p50 ?? 0;

const closedBy = (run: Run) =>
  storyOf(run, 'websocket')
    .filter(({ what }) => what === 'closed')
    .map(({ who, value, detail }) => [who, value, detail]);

test('one request and one answer come before the first message, and nothing of HTTP after them', () => {
  const handshakes = transfersOf(runOf('handshake'), 'websocket', 'handshake');
  expect(handshakes.map(({ startMs, fromClient }) => [startMs, fromClient])).toEqual([
    [140, true],
    [160, false],
  ]);
  expect(handshakes.every(({ bytes }) => bytes > 100)).toBe(true);
});

test('a new connection for each message makes it wait for four ways more', () => {
  const kept = runOf('handshake');
  const each = runOf('handshake', { persistence: 'each' });
  expect(p50(kept, 'websocket')).toBe(20);
  expect(p50(each, 'websocket')).toBe(100);
  expect(p50(each, 'websocket') / p50(kept, 'websocket')).toBeGreaterThanOrEqual(3);
  expect(p50(each, 'kafka')).toBe(p50(kept, 'kafka'));
  const { handshakes, missed, controlBytesPerMessage } = measuresAt(
    each.index,
    'websocket',
    each.horizon,
  );
  expect([handshakes, missed]).toEqual([5, 0]);
  const before = measuresAt(kept.index, 'websocket', kept.horizon).controlBytesPerMessage ?? 0;
  expect(controlBytesPerMessage).toBeGreaterThan(4 * before);
});

test('each of those connections ends clean at both ends, the server closing TCP first', () => {
  const run = runOf('handshake', { persistence: 'each' });
  expect(closedBy(run)).toEqual(
    Array.from({ length: 5 }, () => [
      ['B', 1000, 1],
      ['A', 1000, 1],
    ]).flat(),
  );
});

describe.each([
  [{ proxy: 'dropsUpgrade' }, 426],
  [{ version: '8' }, 426],
])('with %o', (parameters, status) => {
  const run = runOf('handshake', parameters);

  test(`the answer is ${status}, and the client reports 1006 as for any failure`, () => {
    const refused = storyOf(run, 'websocket').filter(({ what }) => what === 'upgradeRefused');
    expect(refused.map(({ value }) => value)).toEqual([status]);
    expect(closedBy(run)).toEqual([['B', 1006, 2]]);
  });

  test('nothing gets through, and each message says why', () => {
    const { missed, sent } = ledgerAt(run.index, 'websocket', run.horizon);
    expect(missed).toBe(sent);
    const causes = missesAt(run.index, 'websocket', run.horizon, 10).map(({ cause }) => cause);
    expect(new Set(causes)).toEqual(new Set(['not connected']));
    expect(ledgerAt(run.index, 'kafka', run.horizon).missed).toBe(0);
  });
});

test('a subprotocol that both know opens the connection; one that the server does not know, not', () => {
  const spoken = runOf('handshake', { subprotocol: 'spoken' });
  expect(ledgerAt(spoken.index, 'websocket', spoken.horizon).missed).toBe(0);
  const bytes = (run: Run) => transfersOf(run, 'websocket', 'handshake').map((one) => one.bytes);
  const [asked = 0] = bytes(spoken);
  expect(asked).toBeGreaterThan(bytes(runOf('handshake'))[0] ?? 0);
  const unknown = runOf('handshake', { subprotocol: 'unknown' });
  expect(closedBy(unknown).slice(0, 1)).toEqual([['B', 1006, 2]]);
});
