// The simulation's bounds: horizon, event limit, no past; and the chain of causes.

import { expect, test } from 'vitest';
import { formatDuration, parseDuration } from './durationText';
import { instant, microseconds } from './simTime';
import { EventLimitError, Simulation } from './simulation';

function simulation(differing: { horizon?: number; eventLimit?: number } = {}): Simulation {
  const { horizon = 100, eventLimit = 1_000 } = differing;
  return new Simulation({ seed: 7, start: instant(-10), horizon: instant(horizon), eventLimit });
}

test('an event at the horizon happens, one after it does not', () => {
  const run = simulation({ horizon: 100 });
  const ran: number[] = [];
  for (const at of [101, 100, -10, 0]) {
    run.schedule(instant(at), (time) => ran.push(time), at);
  }
  run.runUntil(instant(1_000));
  expect(ran).toEqual([-10, 0, 100]);
  expect(run.now).toBe(100);
});

test('running in parts gives what running at once gives', () => {
  const ran: number[][] = [[], []];
  [[100], [-10, 0, 0, 37, 100]].forEach((stops, which) => {
    const run = simulation();
    const again = (time: number) => {
      ran[which]?.push(time);
      if (time < 90) run.after(microseconds(9), again, time + 9);
    };
    run.schedule(instant(-10), again, -10);
    for (const stop of stops) run.runUntil(instant(stop));
  });
  expect(ran[1]).toEqual(ran[0]);
  expect(ran[0]).toHaveLength(13);
});

test('more events than the limit end the run with a sentence that says what to do', () => {
  const run = simulation({ eventLimit: 3 });
  for (const at of [1, 2, 3, 4]) run.schedule(instant(at), () => undefined, undefined);
  expect(() => run.runUntil(instant(100))).toThrow(EventLimitError);
  const again = simulation({ eventLimit: 3 });
  for (const at of [1, 2, 3, 4]) again.schedule(instant(at), () => undefined, undefined);
  expect(() => again.runUntil(instant(100))).toThrow(
    'The run stopped at 4 µs after 3 events, its limit. Ask for fewer messages or a shorter time.',
  );
});

test('as many events as the limit are fine', () => {
  const run = simulation({ eventLimit: 3 });
  for (const at of [1, 2, 3]) run.schedule(instant(at), () => undefined, undefined);
  run.runUntil(instant(100));
  expect(run.handled).toBe(3);
});

test.each([-11, 4, 0.5, Number.NaN, Number.POSITIVE_INFINITY])(
  'scheduling at %d when it is 5 µs is a fault of the engine',
  (at) => {
    const run = simulation();
    run.runUntil(instant(5));
    expect(() => run.schedule(instant(at), () => undefined, undefined)).toThrow('Engine fault');
  },
);

test('an event follows from the entry that was the cause when it was scheduled', () => {
  const run = simulation();
  const causes: number[] = [];
  const note = () => causes.push(run.cause);
  run.schedule(instant(1), note, undefined);
  run.schedule(
    instant(2),
    () => {
      run.cause = 41;
      run.schedule(instant(9), note, undefined);
      run.cause = 42;
      run.schedule(instant(8), note, undefined);
    },
    undefined,
  );
  run.runUntil(instant(100));
  expect(causes).toEqual([-1, 42, 41]);
  expect(run.cause).toBe(-1);
});

test('a cancelled event does not happen, and cancelling it twice says so', () => {
  const run = simulation();
  const ran: string[] = [];
  const event = run.schedule(instant(3), () => ran.push('cancelled'), undefined);
  run.schedule(instant(3), () => ran.push('kept'), undefined);
  expect([run.cancel(event), run.cancel(event)]).toEqual([true, false]);
  run.runUntil(instant(100));
  expect(ran).toEqual(['kept']);
});

test.each([
  ['0s', 0],
  ['40us', 40],
  ['250ms', 250_000],
  ['1500ms', 1_500_000],
  ['12s', 12_000_000],
])('the duration %s is %d µs', (text, count) => {
  expect(parseDuration(text)).toBe(count);
  expect(parseDuration(formatDuration(count))).toBe(count);
});

test.each(['', '12', '1.5s', '-3s', '3m', ' 3s', '3s ', '3 s', '1e3us', '9999999999999999s'])(
  'the text "%s" is no duration',
  (text) => {
    expect(parseDuration(text)).toBeNull();
  },
);

test('a duration is written in the largest unit that keeps it whole', () => {
  const written = [0, 1, 999, 1_000, 1_001, 20_000, 1_000_000, 1_000_001].map(formatDuration);
  expect(written).toEqual(['0s', '1us', '999us', '1ms', '1001us', '20ms', '1s', '1000001us']);
});
