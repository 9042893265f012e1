// What Kafka does in the scenes: acks, batches, long polls, commits, retention, retries.

import { describe, expect, test } from 'vitest';
import { ledgerAt, measuresAt, missesAt } from '../engine/index';
import type { Run } from './runScenario';
import { heardBy, type NamedRow, nameOf, runOf, storyOf, transfersOf } from './testing/runOf';

const SECOND = 1_000_000;
const names = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, place) => `A#${from + place}`);

function rows(run: Run, ...kinds: string[]): NamedRow[] {
  return storyOf(run, 'kafka').filter(({ what }) => kinds.includes(what));
}

const times = (run: Run, kind: string) => rows(run, kind).map(({ ms }) => ms);
const atEnd = (run: Run) => ledgerAt(run.index, 'kafka', run.horizon);

describe('acks', () => {
  // Linger 5, ten to the broker: written at 15, copied by 18.
  test.each([
    { acks: '0', answers: [], acknowledged: [] },
    { acks: '1', answers: [15], acknowledged: [25] },
    { acks: 'all', answers: [18], acknowledged: [28] },
  ])('$acks is answered at $answers ms', ({ acks, answers, acknowledged }) => {
    const run = runOf('one-message', { acks, mode: 'threads' });
    expect(transfersOf(run, 'kafka', 'ack').map(({ startMs }) => startMs)).toEqual(answers);
    expect(times(run, 'acknowledged')).toEqual(acknowledged);
    expect(times(run, 'appended')).toEqual([15]);
    // No acks make a record readable before it is copied.
    expect([times(run, 'watermarkMoved'), times(run, 'delivered')]).toEqual([[18], [28]]);
  });

  test('0 loses what was on the line, 1 what was not copied, all nothing', () => {
    const crash = (acks: string, ms: number) => {
      const run = runOf('tunnel', { acks, brokerDistance: 20_000 }, [`${ms} crash broker-1`]);
      const misses = missesAt(run.index, 'kafka', run.horizon, 10);
      expect(atEnd(run).delivered).toBe(30 - misses.length);
      return misses.map(({ message, cause }) => `${nameOf(run, message)} ${cause}`);
    };
    // A#2 leaves at 2505, is written at 2515, acknowledged to A (acks 1) at 2525, copied at 2535;
    // nine seconds later another broker leads, and the producer's waiting sends go there.
    expect(crash('0', 2_510)).toEqual(['A#2 cut on the way']);
    expect(crash('1', 2_510)).toEqual([]);
    expect(crash('1', 2_530)).toEqual(['A#2 not copied in time']);
    expect(crash('all', 2_530)).toEqual([]);
  });

  test('stay those under which a batch left, even for its retry', () => {
    const acts = ['10 disconnect A', '12 set acks 0', '30 reconnect A'];
    const run = runOf('both-talk', {}, acts);
    expect(atEnd(run).delivered).toBe(12);
  });
});

test('a retry after a crash of the broker writes nothing twice', () => {
  const acts = ['530 crash broker-1', '900 restart broker-1'];
  // Copied, and the answer lost on its way: the producer asks again.
  const run = runOf('tunnel', {}, ['520 disconnect A', '900 reconnect A']);
  expect(transfersOf(run, 'kafka', 'produce')[1]?.said).toEqual(['A#0']);
  expect(rows(run, 'appended').filter(({ said }) => said === 'A#0')).toHaveLength(1);
  expect(heardBy(run, 'kafka', 'B')).toEqual(names(0, 30));
  // Not copied, and so cut off: it is written a second time, and stands there once.
  const cut = runOf('tunnel', { brokerDistance: 20_000 }, acts);
  expect(rows(cut, 'truncated').map(({ value }) => value)).toEqual([0]);
  expect(rows(cut, 'appended').filter(({ said }) => said === 'A#0')).toHaveLength(2);
  expect(heardBy(cut, 'kafka', 'B')).toEqual(names(0, 30));
});

describe('batches', () => {
  test('gather for linger.ms and leave together', () => {
    const run = runOf('many-talk', { messagesPerSecond: 1_000, messages: 40 });
    const batches = transfersOf(run, 'kafka', 'produce').filter(({ said }) => said[0]?.[0] === 'A');
    expect(batches[0]).toMatchObject({ startMs: 5, said: names(0, 6) });
    expect(batches[1]).toMatchObject({ startMs: 11, said: names(6, 12) });
    expect(batches.flatMap(({ said }) => said)).toEqual(names(0, 40));
  });

  test('leave at once without linger', () => {
    const run = runOf('many-talk', { messagesPerSecond: 100, messages: 5, 'linger.ms': 0 });
    const batches = transfersOf(run, 'kafka', 'produce').filter(({ said }) => said[0]?.[0] === 'A');
    expect(batches.map(({ startMs, said }) => [startMs, said.length])).toEqual(
      [0, 10, 20, 30, 40].map((ms) => [ms, 1]),
    );
  });

  test('leave before their time when they are full, and never grow past batch.size', () => {
    const many = { messagesPerSecond: 10_000, messages: 2_000, 'linger.ms': SECOND };
    const calm = runOf('many-talk', many);
    const away = runOf('many-talk', many, ['20 disconnect A', '150 reconnect A']);
    for (const run of [calm, away]) {
      const batches = transfersOf(run, 'kafka', 'produce');
      expect(batches[0]?.startMs).toBeLessThan(100);
      // The request's own header comes on top of the batch.
      const sizes = batches.map(({ bytes }) => bytes - 46);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(16_384);
      expect(Math.max(...sizes)).toBeGreaterThan(16_200);
    }
  });

  test('of a connection are five at most without an answer', () => {
    const slow = { brokerDistance: SECOND / 2, 'linger.ms': 0, mode: 'threads' };
    const sends = transfersOf(runOf('both-talk', slow), 'kafka', 'produce');
    const mine = sends.filter(({ said }) => said[0]?.[0] === 'A');
    expect(mine.map(({ said }) => said)).toEqual(names(0, 5).map((name) => [name]));
  });
});

describe('a fetch', () => {
  test('waits at the broker for data, 500 ms at most, and is answered empty then', () => {
    const run = runOf('pull-and-push');
    const polls = transfersOf(run, 'kafka', 'poll').slice(0, 3);
    expect(polls.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 10],
      [520, 530],
      [1_040, 1_050],
    ]);
    const empty = transfersOf(run, 'kafka', 'emptyAnswer').slice(0, 2);
    expect(empty.map(({ startMs }) => startMs)).toEqual([510, 1_030]);
    // The third has waited 217 ms when the first record may be read.
    const [watermark] = times(run, 'watermarkMoved');
    expect([watermark, transfersOf(run, 'kafka', 'records')[0]?.startMs]).toEqual([1_267, 1_267]);
  });

  test('is answered at once when there is something, and takes all of it in order', () => {
    const run = runOf('tunnel');
    const caughtUp = transfersOf(run, 'kafka', 'records').find(({ startMs }) => startMs > 20_000);
    expect(caughtUp?.said).toEqual(names(10, 20));
  });

  test('stands while Ben reads on: from his program comes nothing but requests', () => {
    const run = runOf('anatomy', { mode: 'threads' });
    const answers = transfersOf(run, 'kafka', 'emptyAnswer');
    expect(answers.length).toBeGreaterThan(0);
    expect(answers.every(({ fromClient }) => !fromClient)).toBe(true);
    expect(transfersOf(run, 'kafka', 'poll').every(({ fromClient }) => fromClient)).toBe(true);
  });
});

describe('commits and positions', () => {
  test('a loop commits inside poll, five seconds apart, what earlier polls have given', () => {
    const run = runOf('tunnel', { mode: 'loop' });
    const asked = transfersOf(run, 'kafka', 'commit').map(({ startMs }) => startMs);
    // The first waits for its connection to the coordinator, two round trips of 20.
    const gaps = asked.map((ms, place) => ms - (asked[place - 1] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(4_960);
    const committed = rows(run, 'committed');
    expect(committed.map(({ value }) => value)).toEqual([5, 10, 25, 30]);
  });

  test('a reader that crashes comes back where it had committed, and gets the rest again', () => {
    const run = runOf('tunnel', { mode: 'loop' }, ['8000 crash B', '8100 restart B']);
    const committed = rows(run, 'committed')[0];
    const reset = rows(run, 'positionReset')[0];
    expect([committed?.value, reset?.value]).toEqual([5, 5]);
    expect(heardBy(run, 'kafka', 'B')).toEqual([...names(0, 8), ...names(5, 30)]);
    expect(atEnd(run)).toMatchObject({ missed: 0, duplicated: 3 });
  });

  test.each([
    { reset: 'earliest', heard: [...names(0, 2), ...names(0, 30)] },
    { reset: 'latest', heard: [...names(0, 2), ...names(4, 30)] },
  ])('a reader that had committed nothing comes back at the $reset', ({ reset, heard }) => {
    const parameters = { mode: 'loop', 'auto.offset.reset': reset };
    const run = runOf('tunnel', parameters, ['2000 crash B', '4000 restart B']);
    expect(heardBy(run, 'kafka', 'B')).toEqual(heard);
  });

  test('a disconnect keeps the position: nothing is missed and nothing comes twice', () => {
    expect(atEnd(runOf('tunnel'))).toMatchObject({ delivered: 30, missed: 0, duplicated: 0 });
  });
});

describe('retention', () => {
  test('lets a segment go at the first look after its newest record is older than that', () => {
    const run = runOf('tunnel', { 'retention.ms': 3 * SECOND });
    expect(times(run, 'appended')[0]).toBe(515);
    // The scene looks ten times a second.
    expect(times(run, 'logStartMoved')[0]).toBe(3_600);
  });

  test.each([
    { reset: 'earliest', position: 17, heard: [...names(0, 10), ...names(17, 30)] },
    { reset: 'latest', position: 20, heard: [...names(0, 10), ...names(20, 30)] },
  ])('past a reader’s position sends it to the $reset', ({ reset, position, heard }) => {
    const run = runOf('tunnel', { 'retention.ms': 3 * SECOND, 'auto.offset.reset': reset });
    expect(rows(run, 'positionReset').map(({ value }) => value)).toEqual([position]);
    expect(heardBy(run, 'kafka', 'B')).toEqual(heard);
    expect(atEnd(run)).toMatchObject({ missed: 30 - heard.length, waiting: 0 });
  });

  test('made longer in time saves what would have gone', () => {
    const acts = ['12000 set retention.ms 60000000'];
    const run = runOf('tunnel', { 'retention.ms': 3 * SECOND }, acts);
    expect(atEnd(run).missed).toBe(0);
  });
});

test('readers of several logs get nothing twice when one log sends them on', () => {
  const parameters = { participants: 3, 'retention.ms': 1_000, messages: 60 };
  const run = runOf('many-talk', parameters, ['200 disconnect B', '230 reconnect B']);
  expect(rows(run, 'positionReset').length).toBeGreaterThan(0);
  expect(atEnd(run).duplicated).toBe(0);
});

test('what a client has fetched is in flight until its program takes it, and dies with it', () => {
  const parameters = { durability: 'off', prefetch: 'on' };
  // B#0 is with Ana's client from 23 on, while her program waits for an ack.
  const run = runOf('both-talk', parameters, ['30 crash A']);
  expect(ledgerAt(run.index, 'kafka', 29_999)).toMatchObject({ inFlight: 4, missed: 0 });
  const misses = missesAt(run.index, 'kafka', 30_000, 10);
  const words = misses.map(({ message, cause }) => `${nameOf(run, message)} ${cause}`);
  expect(words.sort()).toEqual(['A#1 lost in the crash', 'B#0 lost in the crash']);
});

test('a record that a crash cut off is not the one that stands at its offset later', () => {
  const acts = ['530 crash broker-1', '600 restart broker-1'];
  const run = runOf('durability', { acks: '1', brokerDistance: 20_000 }, acts);
  // A#1 was acknowledged and not yet copied; Cy, who comes late, cannot get it either.
  const misses = missesAt(run.index, 'kafka', run.horizon, 10);
  expect(misses.map(({ message }) => nameOf(run, message))).toEqual(['A#1', 'A#1']);
  expect(atEnd(run)).toMatchObject({ waiting: 0, missed: 2 });
});

test('lag is what the readers have not had yet, and none when all have caught up', () => {
  const run = runOf('tunnel');
  const lag = (seconds: number) => measuresAt(run.index, 'kafka', seconds * SECOND).lag;
  expect([lag(9.9), lag(15), lag(19.9), lag(21)]).toEqual([0, 5, 10, 0]);
});
