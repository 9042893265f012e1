// A cut that nobody notices, and one that a heartbeat does: what each costs, message by message.

import { describe, expect, test } from 'vitest';
import { instant, ledgerAt, missesAt, worldAt } from '../../engine/index';
import type { Run } from '../runScenario';
import { heardBy, nameOf, runOf, storyOf, transfersOf } from '../testing/runOf';

const SECOND = 1_000_000;
const WITHOUT = { pingInterval: 0 };

const endsAt = (run: Run, ms: number) => {
  const place = run.index.trace.legend.connections.findIndex(
    ({ purpose }) => purpose === 'websocket',
  );
  const { client, server } = worldAt(run.index, instant(ms * 1_000)).connections[place] ?? {};
  return [client, server];
};

const causesAt = (run: Run, ms: number): Record<string, number> => {
  const causes: Record<string, number> = {};
  for (const { cause } of missesAt(run.index, 'websocket', ms * 1_000, 100)) {
    causes[cause] = (causes[cause] ?? 0) + 1;
  }
  return causes;
};

const everything = (who: string): string[] =>
  Array.from({ length: 18 }, (_, number) => `${who}#${number}`);

describe('without a heartbeat', () => {
  const run = runOf('heartbeat', WITHOUT);

  test('both ends stay open through the whole cut, and no end closes', () => {
    for (const ms of [2_990, 3_010, 5_000, 7_990, 9_900]) {
      expect(endsAt(run, ms)).toEqual(['open', 'open']);
    }
    expect(storyOf(run, 'websocket').filter(({ what }) => what === 'closed')).toEqual([]);
  });

  test('everything sent meanwhile is in flight, and comes when the cable is whole again', () => {
    const during = ledgerAt(run.index, 'websocket', instant(7_900_000));
    // Both sent at 2.99, 3.49 … 7.49.
    expect([during.inFlight, during.missed]).toEqual([20, 0]);
    expect(heardBy(run, 'websocket', 'B')).toEqual(everything('A'));
    expect(heardBy(run, 'websocket', 'A')).toEqual(everything('B'));
    const arrivals = transfersOf(run, 'websocket', 'message').filter(({ endMs }) => endMs > 3_000);
    expect(Math.min(...arrivals.map(({ endMs }) => endMs))).toBe(8_020);
  });

  test('a cut that stays costs nothing yet: all of it is in flight for good', () => {
    const cut = runOf('heartbeat', WITHOUT, ['8000 cut A-B']);
    const { inFlight, missed } = ledgerAt(cut.index, 'websocket', cut.horizon);
    expect([inFlight, missed]).toEqual([26, 0]);
  });
});

describe('with a heartbeat', () => {
  const run = runOf('heartbeat');

  test('each end notices within an interval and a timeout of the cut', () => {
    const noticed = storyOf(run, 'websocket').filter(({ what }) => what === 'pongMissed');
    expect(noticed.map(({ who, ms }) => [who, ms])).toEqual([
      ['A', 3_980],
      ['B', 4_000],
    ]);
    const closed = storyOf(run, 'websocket').filter(({ what }) => what === 'closed');
    expect(closed.map(({ who, value, detail }) => [who, value, detail])).toEqual([
      ['A', 1006, 0],
      ['B', 1006, 0],
    ]);
  });

  test('the ends part: one gives up while the other is still open', () => {
    expect(endsAt(run, 3_979)).toEqual(['open', 'open']);
    expect(endsAt(run, 3_990)).toEqual(['open', 'closed']);
    expect(endsAt(run, 4_000)[1]).toBe('closed');
  });

  test.each([
    [500, 250],
    [1_000, 300],
    [2_000, 1_500],
  ])('a ping every %i ms and %i ms of patience bound the time', (interval, timeout) => {
    const parameters = { pingInterval: interval * 1_000, pongTimeout: timeout * 1_000 };
    const first = storyOf(runOf('heartbeat', parameters), 'websocket').find(
      ({ what }) => what === 'pongMissed',
    );
    expect(first?.ms).toBeGreaterThan(3_000);
    expect(first?.ms).toBeLessThanOrEqual(3_000 + interval + timeout);
  });

  test('the client is back as soon as the cable is, and says of each message what became of it', () => {
    const opened = storyOf(run, 'websocket').filter(({ what }) => what === 'opened');
    expect(opened.map(({ ms }) => ms)).toEqual([0, 8_080]);
    // At 2.99: on the line. At 3.49, and of B at 3.99: into the cut. Then until 7.99 none.
    expect(causesAt(run, 9_900)).toEqual({
      'cut on the way': 2,
      'sent into the cut': 3,
      'not connected': 17,
    });
    const misses = missesAt(run.index, 'websocket', run.horizon, 100);
    const cutOff = misses.filter(({ cause }) => cause === 'cut on the way');
    expect(cutOff.map(({ message }) => nameOf(run, message)).sort()).toEqual(['A#5', 'B#5']);
  });

  test('a buffer that one writes oneself brings everything after all, once', () => {
    const kept = runOf('heartbeat', { replayWindow: 60 * SECOND });
    expect(heardBy(kept, 'websocket', 'B')).toEqual(everything('A'));
    const { missed, duplicated } = ledgerAt(kept.index, 'websocket', kept.horizon);
    expect([missed, duplicated]).toEqual([0, 0]);
  });

  test('a pong answers its ping one way later', () => {
    const pings = transfersOf(run, 'websocket', 'ping').filter(({ endMs }) => endMs < 3_000);
    const pongs = transfersOf(run, 'websocket', 'pong');
    for (const { endMs, fromClient } of pings) {
      expect(pongs).toContainEqual(
        expect.objectContaining({ startMs: endMs, fromClient: !fromClient }),
      );
    }
  });
});

test('Kafka loses nothing either way', () => {
  for (const parameters of [{}, WITHOUT]) {
    const run = runOf('heartbeat', parameters);
    const { missed, delivered, sent } = ledgerAt(run.index, 'kafka', run.horizon);
    expect([missed, delivered]).toEqual([0, sent]);
  }
});
