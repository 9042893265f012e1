// Services joined each to each or through a hub: how many lines that is, and what cuts off whom.

import { describe, expect, test } from 'vitest';
import { ledgerAt, type StageId } from '../../../engine/index';
import type { Run } from '../../runScenario';
import { heardBy, runOf, storyOf, transfersOf } from '../../testing/runOf';

const MESSAGES = 5;

/** Links that end at a service. */
function lines(run: Run, stage: StageId): number {
  const { links, nodes } = run.index.trace.legend;
  return links.filter(
    (link) => link.stage === stage && link.ends.some((end) => nodes[end]?.role === 'participant'),
  ).length;
}

const everythingBut = (who: string, among: string): string[] =>
  [...among]
    .filter((name) => name !== who)
    .flatMap((name) => Array.from({ length: MESSAGES }, (_, number) => `${name}#${number}`));

describe.each([2, 3, 4, 6, 10])('%i services', (count) => {
  const run = runOf('hub', { participants: count });
  const names = 'ABCDEFGHIJ'.slice(0, count);

  test('have a line for each two of them, or one each to the hub', () => {
    expect(lines(run, 'websocket')).toBe((count * (count - 1)) / 2);
    expect(lines(run, 'kafka')).toBe(count);
  });

  test('hear everything that the others say, either way', () => {
    for (const who of names) {
      for (const stage of ['websocket', 'kafka'] as const) {
        expect([...heardBy(run, stage, who)].sort()).toEqual(everythingBut(who, names));
      }
    }
  });

  test('send each message to each other one, or once to the hub', () => {
    expect(transfersOf(run, 'websocket', 'message')).toHaveLength(count * MESSAGES * (count - 1));
    const produced = transfersOf(run, 'kafka', 'produce').flatMap(({ said }) => said);
    expect(produced).toHaveLength(count * MESSAGES);
  });
});

test('a hub of three brokers has a line from each service to each, and still no pairs', () => {
  expect(lines(runOf('hub', { brokers: 3 }), 'kafka')).toBe(6 * 3);
});

test('everyone depends on the hub, and only its neighbours on a service', () => {
  const down = runOf('hub', {}, ['250 crash broker-1', '250 crash C']);
  const at = (run: Run, stage: StageId) =>
    storyOf(run, stage).filter(({ what, ms }) => what === 'delivered' && ms > 300).length;
  expect(at(down, 'kafka')).toBe(0);
  expect(at(down, 'websocket')).toBeGreaterThan(0);
  expect(heardBy(down, 'websocket', 'D')).toContain('A#4');
});

test('a hub that comes back has kept what it had, and gets what was said meanwhile', () => {
  const run = runOf('hub', {}, ['250 disconnect broker-1', '350 reconnect broker-1']);
  const { missed, delivered, sent } = ledgerAt(run.index, 'kafka', run.horizon);
  expect([missed, delivered]).toEqual([0, sent]);
});

test('a cut line between two keeps only those two apart', () => {
  const run = runOf('hub', {}, ['150 cut A-B']);
  expect(heardBy(run, 'websocket', 'B')).not.toContain('A#4');
  expect(heardBy(run, 'websocket', 'C')).toEqual(heardBy(runOf('hub'), 'websocket', 'C'));
});
