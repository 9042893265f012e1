// Each way to go, and what each end reports of it.

import { describe, expect, test } from 'vitest';
import { instant, ledgerAt, measuresAt, worldAt } from '../../engine/index';
import type { Run } from '../runScenario';
import { runOf, storyOf, transfersOf } from '../testing/runOf';

const run = runOf('close-codes');

/** What the ends of somebody's first connection report: code, and 1 for clean. */
function reportsOf(of: Run, who: string): Record<string, readonly number[]> {
  const { connections, nodes } = of.index.trace.legend;
  const place = connections.findIndex(({ client }) => nodes[client]?.id === who);
  const closed = storyOf(of, 'websocket').filter(
    (row) => row.what === 'closed' && row.place === place,
  );
  const first = (id: string) => closed.find((row) => row.who === id);
  const report = (id: string) => [first(id)?.value ?? 0, first(id)?.detail ?? -1];
  return { client: report(who), server: report('relay') };
}

describe('what each end reports', () => {
  test.each([
    ['A', 'closes with 1000', [1000, 1], [1000, 1]],
    ['B', 'is closed by the server with 1001', [1001, 1], [1001, 1]],
    ['C', 'closes with a code of their own', [4000, 1], [4000, 1]],
    ['D', 'closes without a code', [1005, 1], [1005, 1]],
    ['E', 'gives up without a word', [1006, 0], [1006, 0]],
    ['F', 'crashes', [1006, 0], [1006, 0]],
    ['G', 'sends a masking fault', [1002, 1], [1006, 0]],
    ['H', 'sends text that is no UTF-8', [1007, 1], [1006, 0]],
    ['I', 'closes as the server does', [1008, 1], [1000, 1]],
  ])('%s %s', (who, _how, client, server) => {
    expect(reportsOf(run, who)).toEqual({ client, server });
  });
});

test('codes that no end may send are on no close frame', () => {
  const closing = storyOf(run, 'websocket').filter(({ what }) => what === 'closing');
  for (const { value } of closing) expect([1006, 1015]).not.toContain(value);
  const frames = transfersOf(run, 'websocket', 'close');
  expect(frames).toHaveLength(closing.length);
  // 1005 stands for a frame without a code: two bytes less.
  const bare = frames.filter(({ bytes, fromClient }) => bytes === (fromClient ? 6 : 2));
  expect(bare).toHaveLength(closing.filter(({ value }) => value === 1005).length);
});

test('the server closes TCP first, so that the client’s end is over one way before its own', () => {
  const closed = storyOf(run, 'websocket').filter(({ what, detail }) => {
    return what === 'closed' && detail === 1;
  });
  const at = (who: string, after: number) =>
    closed.find((row) => row.who === who && row.ms >= after)?.ms ?? 0;
  expect(at('A', 0)).toBe(520);
  expect(at('relay', 0)).toBe(530);
});

test('an end that closes is closing until TCP is closed', () => {
  const place = run.index.trace.legend.connections.findIndex(({ id }) => id.startsWith('A-'));
  const ends = (ms: number) => {
    const { client, server } = worldAt(run.index, instant(ms * 1_000)).connections[place] ?? {};
    return `${client} ${server}`;
  };
  expect([499, 505, 515, 525, 530].map(ends)).toEqual([
    'open open',
    'closing open',
    'closing closing',
    'closed closing',
    'closed closed',
  ]);
});

test('whoever goes for good stays away; who was sent away or broke off comes back', () => {
  const opened = storyOf(run, 'websocket').filter(({ what, ms }) => what === 'opened' && ms > 0);
  expect(new Set(opened.map(({ who }) => who))).toEqual(new Set(['B', 'E']));
  expect(measuresAt(run.index, 'websocket', run.horizon).connections).toBe(3);
});

test('what J says on is missed by those who are gone, each with a reason', () => {
  const { sent, delivered, missed } = ledgerAt(run.index, 'websocket', run.horizon);
  expect(delivered + missed).toBe(sent);
  expect(missed).toBeGreaterThan(0);
});
