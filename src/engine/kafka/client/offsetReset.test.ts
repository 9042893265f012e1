// Positions, commits and resets: the documented cases, each through the functions that decide it.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { instant, milliseconds, type SimTime, seconds } from '../../kernel/simTime';
import {
  committedAfter,
  effectOfRestart,
  firstOffsetSince,
  firstPresent,
  isAutoCommitDue,
  isOutOfRange,
  type NoPosition,
  type OffsetRange,
  type OffsetReset,
  offsetToCommit,
  type PartitionView,
  type Position,
  parseOffsetReset,
  positionAfterOutOfRange,
  readableEnd,
  startPosition,
} from './offsetReset';

interface Case {
  readonly id: string;
  readonly state: Readonly<Record<string, unknown>>;
  readonly event: string;
  readonly expected: Readonly<Record<string, unknown>>;
}

const path = new URL('../../vectors/consumer-offsets.json', import.meta.url);
const file = JSON.parse(readFileSync(path, 'utf8')) as { readonly vectors: readonly Case[] };

/** A case's state; what nobody asks for is a promise that nobody keeps. */
interface State {
  number(field: string): number;
  has(field: string, value: unknown): boolean;
  list<T>(field: string): readonly T[];
}

type Proof = (state: State, event: string) => Readonly<Record<string, unknown>>;

/** A partition as told to a consumer; what a case does not say is a log of 50 records. */
function view(rest: Partial<PartitionView> & { readonly hw?: number } = {}): PartitionView {
  const { hw = 50, ...told } = rest;
  return {
    now: instant(0),
    logStart: 0,
    readableEnd: hw,
    logEnd: hw,
    offsetSince: () => null,
    ...told,
  };
}

function resetIn(event: string): OffsetReset {
  const text = event.split(/[ ,=]/).find((word) => parseOffsetReset(word) !== null);
  return parseOffsetReset(text ?? '') ?? 'none';
}

const hasPosition = (found: Position | NoPosition): found is Position => 'position' in found;

function positionOf(found: Position | NoPosition): Position {
  if (!hasPosition(found)) throw new Error(`The consumer gets ${found.throws}.`);
  return found;
}

/** As the cases write offsets that follow each other. */
const spanned = ({ from, to }: OffsetRange) => `${from}..${to - 1}`;
const listed = ({ from, to }: OffsetRange) =>
  Array.from({ length: to - from }, (_, index) => from + index);

/** A committed offset that the log no longer has: the first fetch fails, and the policy decides. */
function startOutOfRange(state: State, event: string, logStart: number): Position {
  const partition = view({ logStart, hw: state.number('hw') });
  const start = positionOf(startPosition(state.number('committed'), resetIn(event), partition));
  expect(start.position).toBe(state.number('committed'));
  expect(isOutOfRange(start.position, partition)).toBe(true);
  return positionOf(positionAfterOutOfRange(start.position, resetIn(event), partition));
}

const lostOutOfRange: Proof = (state, event) => {
  const { position, skipped } = startOutOfRange(state, event, state.number('logStart'));
  return { error: 'OFFSET_OUT_OF_RANGE(1)', position, lost: spanned(skipped) };
};

const startsWithout: Proof = (state, event) => {
  expect(state.has('committed', null)).toBe(true);
  const partition = view({ logStart: state.number('logStart'), hw: state.number('hw') });
  const { position, skipped } = positionOf(startPosition(null, resetIn(event), partition));
  return skipped.from === skipped.to ? { position } : { position, skipped: spanned(skipped) };
};

const resumes: Proof = (state, event) => {
  const partition = view({ logStart: state.number('logStart'), hw: state.number('hw') });
  const committed = state.number('committed');
  const { position, skipped } = positionOf(startPosition(committed, resetIn(event), partition));
  expect(isOutOfRange(position, partition)).toBe(false);
  expect(listed(skipped)).toEqual([]);
  return { position };
};

const WEEK = seconds(10_080 * 60);
const MINUTE_MS = 60_000;

const proofs: Readonly<Record<string, Proof>> = {
  'committed-is-next': (state) => ({ committed: offsetToCommit(state.number('processedThrough')) }),
  'restart-resumes': resumes,
  'reset-ignored-when-committed': resumes,
  'restart-uncommitted': (state, event) => {
    const committed = state.number('committed');
    const { position } = positionOf(startPosition(committed, resetIn(event), view()));
    const { reprocessed, lost } = effectOfRestart(committed, state.number('position'));
    expect(listed(lost)).toEqual([]);
    return { position, reprocessed: listed(reprocessed) };
  },
  'commit-before-process': (state, event) => {
    const committed = state.number('committed');
    const { position } = positionOf(startPosition(committed, resetIn(event), view()));
    const nextToProcess = offsetToCommit(state.number('processedThrough'));
    const { reprocessed, lost } = effectOfRestart(committed, nextToProcess);
    expect(listed(reprocessed)).toEqual([]);
    return { position, lostToApp: listed(lost) };
  },
  'auto-commit-crash': (state, event) => {
    const committed = state.number('lastCommit');
    const lastCommit = seconds(Number(/(\d+) s after/.exec(event)?.[1]));
    const interval = milliseconds(state.number('autoCommitEveryMs'));
    expect(isAutoCommitDue('poll', { lastCommit, interval })).toBe(false);
    const { position } = positionOf(startPosition(committed, 'latest', view({ hw: 200 })));
    const { reprocessed } = effectOfRestart(committed, state.number('position'));
    return { position, reprocessed: spanned(reprocessed) };
  },
  'auto-commit-clean-close': (state) => {
    const since = { lastCommit: seconds(0), interval: seconds(5) };
    const position = state.number('position');
    return { committed: isAutoCommitDue('close', since) ? position : null };
  },
  'no-committed-latest': startsWithout,
  'no-committed-earliest': startsWithout,
  'no-committed-none': (state, event) => {
    expect(state.has('committed', null)).toBe(true);
    return { ...startPosition(null, resetIn(event), view()) };
  },
  'by-duration': (state, event) => {
    expect(state.has('committed', null)).toBe(true);
    const records = state
      .list<{ readonly offset: number; readonly ts: number }>('records')
      .map(({ offset, ts }) => ({ offset, timestamp: instant(milliseconds(ts)) }));
    const partition = view({
      now: instant(milliseconds(state.number('now'))),
      offsetSince: (time) => firstOffsetSince(records, time),
    });
    return { position: positionOf(startPosition(null, resetIn(event), partition)).position };
  },
  'committed-expired-by-retention': lostOutOfRange,
  'committed-expired-latest': lostOutOfRange,
  'committed-above-leo': (state, event) => {
    const { position, skipped } = startOutOfRange(state, event, state.number('logStart'));
    expect(listed(skipped)).toEqual([]);
    return { error: 'OFFSET_OUT_OF_RANGE(1) or truncation detected', position };
  },
  'new-group-id': (state, event) => {
    const partition = view({ logStart: state.number('logStart'), hw: state.number('hw') });
    const committed = new Map([['other', state.number('committedByOtherGroup')]]);
    const start = (group: string) =>
      positionOf(startPosition(committed.get(group) ?? null, resetIn(event), partition));
    expect(start('other').position).toBe(state.number('committedByOtherGroup'));
    return { position: start('new').position };
  },
  'group-empty-8-days': (state, event) => {
    const emptyFor = milliseconds(state.number('groupEmptyForMinutes') * MINUTE_MS);
    const committed = committedAfter(state.number('committed'), { emptyFor, retention: WEEK });
    const partition = view();
    const { position } = positionOf(startPosition(committed, resetIn(event), partition));
    return { committed, position: position === partition.readableEnd ? 'end' : position };
  },
  'group-active-long': (state) => {
    expect(state.has('groupActive', true)).toBe(true);
    expect(state.number('lastCommitAgeMinutes') * MINUTE_MS * 1_000).toBeGreaterThan(WEEK);
    const group = { emptyFor: null, retention: WEEK };
    return { committed: committedAfter(state.number('committed'), group) };
  },
  'new-partition-latest': (state, event) => {
    expect(state.number('partitionsAfter')).toBeGreaterThan(state.number('partitionsBefore'));
    const partition = view({ hw: state.number('recordsWrittenToNewBeforeDiscovery') });
    const { skipped } = positionOf(startPosition(null, resetIn(event), partition));
    return { missed: listed(skipped).length };
  },
  'read-committed': (state) => {
    const log = { highWatermark: state.number('hw'), lastStable: state.number('lso') };
    return { readableThrough: readableEnd(log, 'read_committed') - 1 };
  },
  'read-uncommitted': (state) => {
    const log = { highWatermark: state.number('hw'), lastStable: state.number('lso') };
    const end = readableEnd(log, 'read_uncommitted');
    expect(end).toBeLessThan(state.number('leo'));
    return { readableThrough: end - 1 };
  },
  'offset-hole': (state) => ({
    firstReturned: firstPresent(state.list('present'), state.number('fetchOffset')),
  }),
};

/** Cases of other parts of the engine, and the tests that prove them. */
const elsewhere: readonly { readonly id: string; readonly test: string }[] = [
  { id: 'long-poll-data-at-120ms', test: 'cluster/fetchPurgatory.test.ts' },
  { id: 'long-poll-empty', test: 'cluster/fetchPurgatory.test.ts' },
  { id: 'stale-generation-commit', test: 'group/groupCoordinator.test.ts' },
  { id: 'static-member-restart', test: 'group/groupCoordinator.test.ts' },
  { id: 'session-timeout', test: 'group/groupCoordinator.test.ts' },
  { id: 'max-poll-interval', test: 'group/groupCoordinator.test.ts' },
  { id: 'more-consumers-than-partitions', test: 'assignors/assignors.test.ts' },
  { id: 'consume-does-not-delete', test: 'client/consumer.test.ts' },
  { id: 'two-groups', test: 'client/consumer.test.ts' },
];

test('every case of the file is proved once, here or elsewhere, and none but those', () => {
  expect(file.vectors).not.toHaveLength(0);
  const known = [...Object.keys(proofs), ...elsewhere.map(({ id }) => id)];
  const given = file.vectors.map(({ id }) => id);
  expect(known.sort()).toEqual(given.sort());
  expect(new Set(given).size).toBe(given.length);
});

test.each(file.vectors)('$id has the fields that a case has and no other', (one) => {
  expect(Object.keys(one)).toEqual(['id', 'state', 'event', 'expected', 'note', 'source']);
});

test.each(file.vectors.filter(({ id }) => id in proofs))('$id', ({ id, ...one }) => {
  const asked = new Set<string>();
  const take = (field: string) => {
    asked.add(field);
    return one.state[field];
  };
  const state: State = {
    number(field) {
      const value = take(field);
      if (typeof value !== 'number') throw new Error(`${id} has no number "${field}".`);
      return value;
    },
    has: (field, value) => field in one.state && take(field) === value,
    list<T>(field: string) {
      const value = take(field);
      if (!Array.isArray(value)) throw new Error(`${id} has no list "${field}".`);
      return value as readonly T[];
    },
  };
  expect(proofs[id]?.(state, one.event)).toEqual(one.expected);
  expect([...asked].sort()).toEqual(Object.keys(one.state).sort());
});

test.each<[string, OffsetReset | null]>([
  ['earliest', 'earliest'],
  ['latest', 'latest'],
  ['none', 'none'],
  ['by_duration:PT5M', { byDuration: seconds(300) }],
  ['by_duration:P1DT2H3M4.5S', { byDuration: milliseconds(93_784_500) }],
  ['by_duration:PT0.000001S', { byDuration: seconds(0.000_001) }],
  ['by_duration:PT0S', { byDuration: seconds(0) }],
  ...['', 'Latest', 'by_duration', 'by_duration:P', 'by_duration:PT', 'by_duration:P1DT'].map(
    (text): [string, null] => [text, null],
  ),
  ...['by_duration:-PT5M', 'by_duration:PT-5M', 'by_duration:5M', 'by_duration:PT1..5S'].map(
    (text): [string, null] => [text, null],
  ),
])('auto.offset.reset may say %j or not', (text, reset) => {
  expect(parseOffsetReset(text)).toEqual(reset);
});

test('a fetch is out of range below the log start and above the log end, not in between', () => {
  const log = { logStart: 20, logEnd: 50 };
  const answers = [19, 20, 50, 51].map((position) => isOutOfRange(position, log));
  expect(answers).toEqual([true, false, false, true]);
});

test('with none, an offset out of range is the application’s to decide', () => {
  expect(positionAfterOutOfRange(7, 'none', view({ logStart: 20 }))).toEqual({
    throws: 'OffsetOutOfRangeException',
  });
});

test('latest is where this reader’s isolation ends, and so is a duration that finds nothing', () => {
  const asked: SimTime[] = [];
  const offsetSince = (time: SimTime) => {
    asked.push(time);
    return null;
  };
  const partition = view({ now: instant(9_000_000), readableEnd: 40, offsetSince });
  expect(startPosition(null, 'latest', partition)).toMatchObject({ position: 40 });
  const byDuration = { byDuration: seconds(2) };
  expect(startPosition(null, byDuration, partition)).toMatchObject({ position: 40 });
  expect(asked).toEqual([7_000_000]);
});

test('the first record that is young enough counts, though an older one comes after it', () => {
  const records = [1, 9, 4, 9].map((time, offset) => ({ offset, timestamp: instant(time) }));
  expect([5, 9, 10].map((time) => firstOffsetSince(records, instant(time)))).toEqual([1, 1, null]);
  expect([0, 36, 40].map((position) => firstPresent([35, 38], position))).toEqual([35, 38, null]);
});

test('auto commit waits for its interval inside poll, and for nothing else', () => {
  const after = (lastCommit: number, moment: 'poll' | 'close' | 'rebalance') =>
    isAutoCommitDue(moment, { lastCommit: seconds(lastCommit), interval: seconds(5) });
  expect([after(4, 'poll'), after(5, 'poll')]).toEqual([false, true]);
  expect([after(0, 'rebalance'), after(0, 'close')]).toEqual([true, true]);
});

test('offsets go at the end of their retention, not before', () => {
  const minutes = (count: number) => milliseconds(count * MINUTE_MS);
  const left = (count: number) =>
    committedAfter(7, { emptyFor: minutes(count), retention: minutes(10_080) });
  expect([left(10_079), left(10_080)]).toEqual([7, null]);
});
