// Three absences and their three outcomes: nothing missed, replayed, and what cannot be replayed.

import { expect, test } from 'vitest';
import { ledgerAt, missesAt } from '../../engine/index';
import { heardBy, nameOf, runOf, storyOf } from '../testing/runOf';

const SECOND = 1_000_000;
const answersOf = (parameters = {}, acts: readonly string[] = []) =>
  storyOf(runOf('resume', parameters, acts), 'websocket')
    .filter(({ what, who, ms }) => what === 'resumeAnswered' && who === 'B' && ms > 1_000)
    .map(({ detail, value }) => [detail, value]);

test('an absence between two messages, one inside the window, one beyond it', () => {
  // At 3.5 to 5.0: four. At 7.5 to 13.0: twelve, of which the last eight are young enough.
  expect(answersOf()).toEqual([
    [0, 0],
    [1, 4],
    [2, 8],
  ]);
});

test('inside the window nothing is missed and nothing comes twice', () => {
  const run = runOf('resume', { replayWindow: 60 * SECOND });
  expect(heardBy(run, 'websocket', 'B')).toEqual(
    Array.from({ length: 30 }, (_, number) => `A#${number}`),
  );
  expect(answersOf({ replayWindow: 60 * SECOND }).map(([outcome]) => outcome)).toEqual([0, 1, 1]);
});

test('beyond it exactly what was too old is missed, and the client is told so', () => {
  const run = runOf('resume');
  const misses = missesAt(run.index, 'websocket', run.horizon, 100);
  expect(misses.map(({ message }) => nameOf(run, message)).sort()).toEqual([
    ...['A#14', 'A#15', 'A#16', 'A#17'],
  ]);
  expect(new Set(misses.map(({ cause }) => cause))).toEqual(new Set(['replay window passed']));
});

test('without a buffer nobody answers, and everything sent meanwhile is missed', () => {
  expect(answersOf({ replayWindow: 0 })).toEqual([]);
  const run = runOf('resume', { replayWindow: 0 });
  // Four, and twelve; what is sent before the server has the GET as well.
  expect(ledgerAt(run.index, 'websocket', run.horizon).missed).toBe(16);
});

test('a sender that crashed has nothing to send again, and says so', () => {
  const acts = ['3600 crash A', '3700 restart A'];
  expect(answersOf({ replayWindow: 60 * SECOND }, acts)[1]).toEqual([2, 3]);
});

test('Kafka’s reader asks for nothing special and misses nothing', () => {
  const run = runOf('resume');
  expect(ledgerAt(run.index, 'kafka', run.horizon)).toMatchObject({ missed: 0, delivered: 30 });
});
