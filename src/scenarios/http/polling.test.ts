// The same six messages four ways: what each takes, costs, keeps and loses.

import { describe, expect, test } from 'vitest';
import { HTTP_RAISERS } from '../../engine/doors/http';
import { indexTrace, ledgerAt, measuresAt, milliseconds, simulate } from '../../engine/index';
import { atMs, comparison, PLAIN, talkers, workloadOf } from '../sceneParts';
import { heardBy, runOf, storyOf, transfersOf } from '../testing/runOf';

const run = runOf('polling');
const HTTP = ['polling', 'long-polling', 'sse'] as const;
const STAGES = [...HTTP, 'websocket'] as const;
const at = (stage: (typeof STAGES)[number], of = run) => measuresAt(of.index, stage, of.horizon);

/** When each message arrived, by its name. */
const arrivals = (stage: (typeof STAGES)[number], of = run): Record<string, number> =>
  Object.fromEntries(
    storyOf(of, stage)
      .filter(({ what }) => what === 'delivered')
      .map(({ said, ms }) => [said, ms]),
  );

describe('nobody away', () => {
  test('WebSocket and one open request bring a message as soon as it can be there', () => {
    expect(arrivals('websocket')).toEqual({
      ...{ 'A#0': 50, 'B#0': 150, 'A#1': 270, 'A#2': 275, 'B#1': 540, 'A#3': 660 },
    });
    // On an HTTP connection a second request waits for the first one's answer.
    for (const stage of ['long-polling', 'sse'] as const) {
      expect(arrivals(stage)).toEqual({ ...arrivals('websocket'), 'A#2': 290 });
    }
  });

  test('polling brings it with the answer to the next question', () => {
    // They ask at 0, 200, 400 and so on; a question is at the server 10 ms later, its answer in 20.
    expect(arrivals('polling')).toEqual({
      ...{ 'A#0': 220, 'B#0': 220, 'A#1': 420, 'A#2': 420, 'B#1': 620, 'A#3': 820 },
    });
  });

  test('only what is pushed comes unasked', () => {
    expect(STAGES.map((stage) => at(stage).unsolicited)).toEqual([0, 0, 6, 6]);
  });

  test('asking in turn takes one connection, waiting for an answer a second one', () => {
    expect(STAGES.map((stage) => at(stage).connections / 2)).toEqual([1, 2, 2, 1]);
    expect(STAGES.map((stage) => at(stage).handshakes)).toEqual([null, null, null, 2]);
  });

  test('every message goes over the server, and no connection carries two ways at once', () => {
    for (const stage of STAGES) expect(at(stage)).toMatchObject({ hops: 2, missed: 0 });
    for (const stage of HTTP) expect(at(stage).overlapConnection).toBe(0);
  });

  test('most polls come back with nothing, and a held one only when its time is over', () => {
    const answers = (stage: 'polling' | 'long-polling') => [
      transfersOf(run, stage, 'get').length,
      transfersOf(run, stage, 'answer').length,
      transfersOf(run, stage, 'emptyAnswer').length,
    ];
    // At 0, 200 … 1000 each; the last ones are still on their way at the end.
    expect(answers('polling')).toEqual([12, 5, 5]);
    const [asked = 0, brought, empty = 0] = answers('long-polling');
    expect(brought).toBe(6);
    expect(empty).toBeGreaterThan(0);
    expect(asked).toBe(6 + empty + 2);
    const patient = runOf('polling', { longPollTimeout: 30_000_000 });
    expect(transfersOf(patient, 'long-polling', 'emptyAnswer')).toEqual([]);
  });

  test('headers cost more than frames: twenty times and more', () => {
    const [polling = 0, longPolling = 0, events = 0, webSocket = 0] = STAGES.map(
      (stage) => at(stage).overheadBytesPerMessage ?? 0,
    );
    expect(webSocket).toBe(8);
    expect(Math.min(polling, longPolling)).toBeGreaterThan(20 * webSocket);
    expect(events).toBeGreaterThan(10 * webSocket);
    // Asking twice as often costs nearly twice as much, and brings nothing more.
    const often = runOf('polling', { pollInterval: 100_000 });
    const control = (of: typeof run) => at('polling', of).controlBytesPerMessage ?? 0;
    expect(control(often) / control(run)).toBeGreaterThan(1.6);
  });
});

describe('Ben away from 200 to 700 ms', () => {
  const away = ['200 disconnect B', '700 reconnect B'];
  const without = runOf('polling', {}, away);

  test('who asks finds everything that was kept; who is told misses it', () => {
    for (const stage of ['polling', 'long-polling'] as const) {
      expect(heardBy(without, stage, 'B')).toEqual(['A#0', 'A#1', 'A#2', 'A#3']);
    }
    expect(heardBy(without, 'sse', 'B')).toEqual(['A#0']);
    expect(heardBy(without, 'websocket', 'B')).toEqual(['A#0']);
  });

  test('what he wants to say himself goes nowhere, whatever the technique', () => {
    for (const stage of STAGES) expect(heardBy(without, stage, 'A')).toEqual(['B#0']);
  });

  test('with Last-Event-ID and a window the server sends what he missed', () => {
    const kept = runOf('polling', { eventWindow: 1_000_000 }, away);
    expect(heardBy(kept, 'sse', 'B')).toEqual(['A#0', 'A#1', 'A#2', 'A#3']);
    expect(transfersOf(kept, 'sse', 'gap')).toEqual([]);
    expect(at('sse', kept)).toMatchObject({ recovered: 3, duplicated: 0, coupled: 0 });
  });

  test('outside the window he is told that something is gone', () => {
    const short = runOf('polling', { eventWindow: 100_000 }, away);
    expect(heardBy(short, 'sse', 'B')).toEqual(['A#0', 'A#3']);
    expect(transfersOf(short, 'sse', 'gap')).toHaveLength(1);
  });
});

describe('the server crashes at 300 ms', () => {
  const crash = runOf('polling', { eventWindow: 1_000_000 }, ['300 crash server']);

  test('what waited there for a question is lost with it', () => {
    const lost = storyOf(crash, 'polling').filter(({ what, ms }) => what === 'letGo' && ms === 300);
    expect(lost.map(({ said }) => said)).toEqual(['A#1', 'A#2']);
    expect(ledgerAt(crash.index, 'polling', crash.horizon)).toMatchObject({ missed: 4 });
  });

  test('another life of the server knows nothing of the old ids, and says so', () => {
    const back = runOf('polling', { eventWindow: 1_000_000 }, [
      '300 crash server',
      '400 restart server',
    ]);
    expect(transfersOf(back, 'sse', 'gap')).toHaveLength(2);
    expect(heardBy(back, 'sse', 'A')).toEqual(['B#0', 'B#1']);
  });
});

test('a link that is cut and heals loses nothing, and polls wait with the messages', () => {
  const cut = runOf('polling', {}, ['205 cut B-server', '500 restore B-server']);
  for (const stage of HTTP) {
    expect(ledgerAt(cut.index, stage, cut.horizon)).toMatchObject({ missed: 0, delivered: 6 });
  }
});

test('an event that just missed the long poll takes up to three ways more (RFC 6202 §2.2)', () => {
  const people = talkers(3);
  const says = (from: string, ms: number) => ({ from, at: atMs(ms), replyTo: -1, ...PLAIN });
  const base = comparison(
    { distance: milliseconds(20) },
    {
      stages: ['long-polling'],
      participants: people,
      mode: 'threads',
      // The answer with Ana's leaves the server for Ben at 110, and Cy's comes right after it.
      workload: workloadOf([says('A', 100), says('C', 101)]),
      horizon: atMs(300),
    },
  );
  const trace = simulate({ ...base, raisers: HTTP_RAISERS }, 7, []);
  const heard = storyOf({ ...run, index: indexTrace(trace) }, 'long-polling').filter(
    ({ what, who }) => what === 'delivered' && who === 'B',
  );
  // 111 at the server; the next poll is there at 130, and its answer at 140.
  expect(heard.map(({ said, ms }) => [said, ms])).toEqual([
    ['A#0', 120],
    ['C#0', 140],
  ]);
});
