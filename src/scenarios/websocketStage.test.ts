// What WebSocket does in the scenes: its handshake, its frames, its end, and what is not built in.

import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { ledgerAt, measuresAt, missesAt } from '../engine/index';
import { SCENARIOS } from './registry';
import { runScenario } from './runScenario';
import { drawnRunSpec } from './testing/drawnRun';
import { heardBy, nameOf, runOf, storyOf, transfersOf } from './testing/runOf';

// A machine that is busy with other work takes its time.
vi.setConfig({ testTimeout: 60_000 });

const SECOND = 1_000_000;
const webSocketScenes = SCENARIOS.filter(({ stages }) => stages.includes('websocket'));
const scenesWithBuffer = webSocketScenes.filter(({ parameters }) =>
  parameters.some(({ name }) => name === 'replayWindow'),
);
const names = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, place) => `A#${from + place}`);

describe('the opening handshake', () => {
  test.each(webSocketScenes.map(({ id }) => id))(
    'in %s is one GET and one 101, done at 0',
    (id) => {
      const run = runOf(id);
      const { connections } = run.index.trace.legend;
      const late = storyOf(run, 'websocket').filter(({ what }) => what === 'joined');
      const handshakes = transfersOf(run, 'websocket', 'handshake').filter(
        ({ endMs }) => endMs <= 0,
      );
      connections.forEach(({ stage, client }, connection) => {
        if (stage !== 'websocket') return;
        const mine = handshakes.filter((transfer) => transfer.connection === connection);
        const opens = storyOf(run, 'websocket').filter(
          ({ what, place, time }) => what === 'opened' && place === connection && time <= 0,
        );
        const isThere = late.every(({ node }) => node !== client);
        expect(mine.map(({ fromClient }) => fromClient)).toEqual(isThere ? [true, false] : []);
        expect(opens.map(({ ms }) => ms)).toEqual(isThere ? [0] : []);
        if (isThere) expect(mine.at(-1)?.endMs).toBe(0);
      });
      const open = connections.filter(({ stage }) => stage === 'websocket').length;
      expect(measuresAt(run.index, 'websocket', 0).handshakes).toBe(open - late.length);
    },
  );

  test('nothing but it is on the connection before it is over', () => {
    const run = runOf('tunnel');
    const opened = storyOf(run, 'websocket').filter(({ what }) => what === 'opened');
    expect(opened.map(({ ms }) => ms)).toEqual([0, 20_080]);
    for (const { startMs } of transfersOf(run, 'websocket', 'message')) {
      const isBefore = startMs < 0 || (startMs >= 10_000 && startMs < 20_060);
      expect(isBefore).toBe(false);
    }
  });
});

test('frames of the client are masked, four bytes more than those of the server', () => {
  const frames = transfersOf(runOf('both-talk'), 'websocket', 'message');
  const headers = (isClient: boolean) => {
    const mine = frames.filter(({ fromClient }) => fromClient === isClient);
    return new Set(mine.map(({ bytes, payloadBytes }) => bytes - payloadBytes));
  };
  expect(headers(false)).toEqual(new Set([2]));
  expect(headers(true)).toEqual(new Set([6]));
});

test('both people send at the same moment, and the messages pass each other', () => {
  const [first, second] = transfersOf(runOf('both-talk'), 'websocket', 'message');
  expect([first?.startMs, second?.startMs]).toEqual([0, 0]);
  expect([first?.fromClient, second?.fromClient].sort()).toEqual([false, true]);
  expect([first?.endMs, second?.endMs]).toEqual([20, 20]);
});

describe('an abnormal end', () => {
  test('is 1006 at once, takes what is on the line with it, and is not replayed', () => {
    const run = runOf('both-talk', {}, ['50 disconnect B', '60 reconnect B']);
    const closed = storyOf(run, 'websocket').filter(({ what }) => what === 'closed');
    expect(closed.map(({ ms, value }) => [ms, value])).toEqual([[50, 1006]]);
    // Sent at 0 and 20: arrived. At 40: on the line. At 60 to 100: no connection until 140.
    expect(heardBy(run, 'websocket', 'B')).toEqual(['A#0', 'A#1']);
    const causes = missesAt(run.index, 'websocket', run.horizon, 100)
      .filter(({ message }) => nameOf(run, message).startsWith('A'))
      .map(({ message, cause }) => `${nameOf(run, message)} ${cause}`);
    expect(causes.sort()).toEqual([
      'A#2 cut on the way',
      ...['A#3 reader away', 'A#4 reader away', 'A#5 reader away'],
    ]);
  });

  test('is followed by a new connection, opened in two round trips', () => {
    const run = runOf('tunnel');
    const opens = storyOf(run, 'websocket').filter(({ what }) => what === 'opened');
    expect(opens.map(({ ms }) => ms)).toEqual([0, 20_000 + 4 * 20]);
    expect(measuresAt(run.index, 'websocket', run.horizon).handshakes).toBe(2);
    expect(measuresAt(run.index, 'websocket', run.horizon).connections).toBe(1);
  });
});

describe('the buffer that one writes oneself', () => {
  test('replays what was missed, once and in order', () => {
    const run = runOf('tunnel', { replayWindow: 60 * SECOND });
    expect(heardBy(run, 'websocket', 'B')).toEqual(names(0, 30));
    const { recovered, duplicated, reordered } = ledgerAt(run.index, 'websocket', run.horizon);
    expect([recovered, duplicated, reordered]).toEqual([10, 0, 0]);
  });

  test('loses what is older than its window, and says so', () => {
    const run = runOf('tunnel', { replayWindow: 5 * SECOND });
    // Wanted at 10.5 to 14.5: too old at 20.12, when A hears how far Ben has come.
    expect(heardBy(run, 'websocket', 'B')).toEqual([...names(0, 10), ...names(15, 30)]);
    const misses = missesAt(run.index, 'websocket', run.horizon, 100);
    expect(misses.map(({ message }) => nameOf(run, message)).sort()).toEqual(names(10, 15));
    expect(new Set(misses.map(({ cause }) => cause))).toEqual(new Set(['replay window passed']));
    expect(misses.map(({ time }) => time / SECOND).sort()).toEqual([15.5, 16.5, 17.5, 18.5, 19.5]);
  });

  test('forgets at once when it is switched off', () => {
    const acts = ['15000 set replayWindow 0'];
    const run = runOf('tunnel', { replayWindow: 60 * SECOND }, acts);
    expect(ledgerAt(run.index, 'websocket', 15 * SECOND - 1).waiting).toBe(5);
    expect(ledgerAt(run.index, 'websocket', 15 * SECOND).stored).toBe(0);
    expect(ledgerAt(run.index, 'websocket', run.horizon).missed).toBe(10);
  });

  test('sends nothing twice when it is switched on while a connection opens', () => {
    // A may send once the GET is there at 80, sends at 100, and hears at 120 how far Ben has come.
    const acts = ['10 disconnect B', '20 reconnect B', '85 set replayWindow 60000000'];
    expect(heardBy(runOf('both-talk', {}, acts), 'websocket', 'B')).toEqual(['A#5']);
  });

  test('is lost with the process that held it', () => {
    const acts = ['15000 crash A', '16000 restart A'];
    const run = runOf('tunnel', { replayWindow: 60 * SECOND }, acts);
    const lost = missesAt(run.index, 'websocket', run.horizon, 100);
    const crashed = lost.filter(({ cause }) => cause === 'lost in the crash');
    expect(crashed.map(({ message }) => nameOf(run, message)).sort()).toEqual(names(10, 15));
  });

  test('never duplicates and never reorders, whatever happens', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(), { minLength: 1, maxLength: 36, size: 'max' }),
        fc.constantFrom(1, 5, 60),
        (numbers, window) => {
          const drawn = drawnRunSpec(numbers, scenesWithBuffer);
          const parameters = { ...drawn.parameters, replayWindow: window * SECOND };
          const run = runScenario({ ...drawn, parameters });
          const { duplicated, reordered } = ledgerAt(run.index, 'websocket', run.horizon);
          expect([duplicated, reordered]).toEqual([0, 0]);
        },
      ),
      { seed: 20_260_909, numRuns: 150 },
    );
  });
});
