// Six cases, three ways each: what each way comes to, and which one the case's needs choose.

import { describe, expect, test } from 'vitest';
import { choiceOf, outcomeOf } from '../checks/together/choice';
import { runOf } from '../testing/runOf';
import { USE_CASES } from './useCases';

/** By case: the choice, and on WebSocket, on Kafka and on both whether that would do. */
const EXPECTED: Readonly<Record<string, readonly [string, boolean, boolean, boolean]>> = {
  chat: ['websocket', true, false, true],
  game: ['websocket', true, false, false],
  'log-aggregation': ['kafka', false, true, true],
  'event-sourcing': ['kafka', false, true, true],
  notifications: ['together', false, false, true],
  'data-integration': ['kafka', false, true, true],
};

test('the six cases of the documents are there', () => {
  expect(USE_CASES.map(({ id }) => id)).toEqual(Object.keys(EXPECTED));
});

describe.each(Object.entries(EXPECTED))('%s', (id, [choice, ...fits]) => {
  test.each([7, 1, 20_261])('run as chosen, for seed %i', (seed) => {
    const run = runOf('choose', { case: id }, [], seed);
    expect(choiceOf(run)).toBe(choice);
    expect(run.scenario.stages.map((stage) => outcomeOf(run, stage).fits)).toEqual(fits);
  });
});

test('neither of the two does for all six, and both together are too slow for one', () => {
  const fitting = (place: 1 | 2 | 3) => Object.values(EXPECTED).filter((row) => row[place]).length;
  expect([fitting(1), fitting(2), fitting(3)]).toEqual([2, 3, 5]);
});

test('it is for one reason each: missed, out of reach of a screen, or too late', () => {
  const of = (id: string, stage: 'websocket' | 'kafka' | 'together') =>
    outcomeOf(runOf('choose', { case: id }), stage);
  expect(of('notifications', 'websocket')).toMatchObject({ reachesScreens: true, missed: 4 });
  expect(of('notifications', 'kafka')).toMatchObject({ reachesScreens: false, missed: 0 });
  expect(of('event-sourcing', 'websocket').missed).toBe(12);
  expect(of('game', 'websocket').p50).toBe(20);
  expect(of('game', 'together').p50).toBeGreaterThan(50);
});

test('what one changes about the tool changes the choice', () => {
  // A buffer that one writes oneself: the offline page of the shop gets what it missed.
  const buffered = runOf('choose', { case: 'notifications', replayWindow: 10_000_000 });
  expect(choiceOf(buffered)).toBe('websocket');
  const forgetful = runOf('choose', { case: 'notifications', resume: 'off' });
  expect(choiceOf(forgetful)).toBeNull();
});
