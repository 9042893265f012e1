// What compaction keeps, record by record.

import { expect, test } from 'vitest';
import { instant, seconds } from '../../kernel/simTime';
import {
  type CleanableRecord,
  cleanLog,
  dirtyRatio,
  firstUncleanableOffset,
  isWorthCleaning,
  type LogToClean,
} from './logCleaner';
import { LogSegments } from './segments';

/** Letters are keys, capitals tombstones, a dot a record without key; offsets count from 0. */
function recordsOf(text: string): CleanableRecord[] {
  return [...text].map((letter, offset) => ({
    offset,
    key: letter === '.' ? -1 : letter.toLowerCase().charCodeAt(0),
    isTombstone: letter >= 'A' && letter <= 'Z',
    sizeBytes: 100,
    deleteHorizon: null,
  }));
}

const dirtyLog = (text: string, rest: Partial<LogToClean> = {}): LogToClean => ({
  records: recordsOf(text),
  firstDirty: 0,
  firstUncleanable: text.length,
  ...rest,
});

const DAY = seconds(86_400);
const pass = (day: number) => ({ now: instant(day * DAY), deleteRetention: DAY });
const offsets = (records: readonly CleanableRecord[]) => records.map(({ offset }) => offset);

test('each key keeps its newest record, at the offset that it had', () => {
  expect(offsets(cleanLog(dirtyLog('abacab'), pass(0)))).toEqual([3, 4, 5]);
});

test('the active segment is untouched, and its records take nothing away below', () => {
  const log = dirtyLog('aabbaa', { firstUncleanable: 4 });
  expect(offsets(cleanLog(log, pass(0)))).toEqual([1, 3, 4, 5]);
});

test('a later pass cleans what was clean before, where a key has been written again', () => {
  const log = dirtyLog('abcab', { firstDirty: 3 });
  expect(offsets(cleanLog(log, pass(0)))).toEqual([2, 3, 4]);
});

test('records without a key do not outlive a pass', () => {
  expect(offsets(cleanLog(dirtyLog('a.b.'), pass(0)))).toEqual([0, 2]);
});

test('a tombstone takes its key away at once and stays itself for delete.retention.ms', () => {
  const first = cleanLog(dirtyLog('abA'), pass(5));
  expect(first).toMatchObject([{ offset: 1 }, { offset: 2, deleteHorizon: pass(6).now }]);
  const clean: LogToClean = { records: first, firstDirty: 3, firstUncleanable: 3 };
  const justBefore = { ...pass(6), now: instant(pass(6).now - 1) };
  expect(cleanLog(clean, justBefore)).toEqual(first);
  expect(offsets(cleanLog(clean, pass(6)))).toEqual([1]);
});

test('its time counts from the first pass that met it, however old it was by then', () => {
  const active = dirtyLog('aA', { firstUncleanable: 1 });
  expect(cleanLog(active, pass(0))).toMatchObject([{ offset: 0 }, { deleteHorizon: null }]);
  const [tombstone] = cleanLog(dirtyLog('aA'), pass(90));
  expect(tombstone).toMatchObject({ offset: 1, deleteHorizon: pass(91).now });
});

test('a key that is written after its tombstone lives on', () => {
  expect(offsets(cleanLog(dirtyLog('aAa'), pass(0)))).toEqual([2]);
});

test('the dirty ratio is measured in bytes below the active segment', () => {
  const ratio = (firstDirty: number, firstUncleanable: number) =>
    dirtyRatio(dirtyLog('abcdefgh', { firstDirty, firstUncleanable }));
  expect([ratio(0, 8), ratio(3, 4), ratio(4, 4), ratio(0, 0)]).toEqual([1, 0.25, 0, 0]);
  const records = recordsOf('ab').map((record, index) => ({ ...record, sizeBytes: 100 + index }));
  expect(dirtyRatio({ records, firstDirty: 1, firstUncleanable: 2 })).toBe(101 / 201);
});

test('a pass needs more than min.cleanable.dirty.ratio', () => {
  const half = dirtyLog('abcd', { firstDirty: 2 });
  expect([isWorthCleaning(half, 0.5), isWorthCleaning(half, 0.49)]).toEqual([false, true]);
  expect(isWorthCleaning(dirtyLog('abcd', { firstDirty: 4 }), 0)).toBe(false);
});

test('cleaning ends at the active segment, or at the segment with an undecided transaction', () => {
  const segments = new LogSegments({ segmentBytes: 200, segmentTime: seconds(60) });
  for (let offset = 0; offset < 5; offset += 1) {
    const batch = { baseOffset: offset, lastOffset: offset, newestTimestamp: instant(0) };
    segments.append({ ...batch, sizeBytes: 100 });
  }
  const at = (lastStableOffset: number) => firstUncleanableOffset(segments.all, lastStableOffset);
  expect([at(5), at(4), at(3), at(2), at(1), at(0)]).toEqual([4, 4, 2, 2, 0, 0]);
});
