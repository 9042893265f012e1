// When segments begin and go: Kafka's own cases, then what these leave open.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { instant, microseconds, milliseconds, seconds } from '../../kernel/simTime';
import { type AppendedBatch, LogSegments, type RetentionSettings } from './segments';

interface Vector {
  readonly id: string;
  readonly segments: readonly {
    readonly base: number;
    readonly n: number;
    readonly bytes: number;
    readonly maxTs: number;
  }[];
  readonly config: {
    readonly policy?: RetentionSettings['cleanupPolicy'];
    readonly 'retention.bytes'?: number;
    readonly 'retention.ms'?: number;
    readonly now?: number;
    readonly hw?: number;
  };
  readonly expected: {
    readonly deletedSegments: readonly number[];
    readonly remainingSegments: readonly (number | string)[];
    readonly logStartOffset: number;
  };
}

const path = new URL('../../vectors/retention.json', import.meta.url);
const file = JSON.parse(readFileSync(path, 'utf8')) as { readonly vectors: readonly Vector[] };

const FIELDS = ['config', 'expected', 'id', 'note', 'segments', 'source'];
const SEGMENT_FIELDS = ['base', 'bytes', 'maxTs', 'n'];
const CONFIG_FIELDS = ['policy', 'retention.bytes', 'retention.ms', 'now', 'hw'];
const EXPECTED_FIELDS = ['deletedSegments', 'logStartOffset', 'remainingSegments'];

test('the file holds vectors, each with the fields that are used and no other', () => {
  expect(file.vectors).not.toHaveLength(0);
  for (const vector of file.vectors) {
    expect(Object.keys(vector).sort(), vector.id).toEqual(FIELDS);
    expect(Object.keys(vector.expected).sort(), vector.id).toEqual(EXPECTED_FIELDS);
    expect(CONFIG_FIELDS, vector.id).toEqual(expect.arrayContaining(Object.keys(vector.config)));
    expect(vector.segments, vector.id).not.toHaveLength(0);
    for (const segment of vector.segments) {
      expect(Object.keys(segment).sort(), vector.id).toEqual(SEGMENT_FIELDS);
    }
  }
});

/** A log that has just these segments: each is one batch, too large to share a segment. */
function logOf(segments: Vector['segments']): LogSegments {
  const log = new LogSegments({ segmentBytes: 1, segmentTime: seconds(1) });
  for (const { base, n, bytes, maxTs } of segments) {
    log.append({
      baseOffset: base,
      lastOffset: base + n - 1,
      sizeBytes: bytes,
      newestTimestamp: instant(milliseconds(maxTs)),
    });
  }
  return log;
}

const bases = (log: LogSegments) => log.all.map(({ baseOffset }) => baseOffset);

test.each(file.vectors)('$id', ({ segments, config, expected }) => {
  const log = logOf(segments);
  expect(bases(log)).toEqual(segments.map(({ base }) => base));
  const deletion = log.deleteOldSegments(
    {
      cleanupPolicy: config.policy ?? 'delete',
      retention: milliseconds(config['retention.ms'] ?? -1),
      retentionBytes: config['retention.bytes'] ?? -1,
    },
    {
      now: instant(milliseconds(config.now ?? 0)),
      logStart: 0,
      highWatermark: config.hw ?? log.logEnd,
    },
  );
  expect(deletion.removedBaseOffsets).toEqual(expected.deletedSegments);
  expect(deletion.logStart).toBe(expected.logStartOffset);
  const remaining = log.all.map(({ baseOffset, sizeBytes }) =>
    sizeBytes === 0 ? `new empty segment @${baseOffset}` : baseOffset,
  );
  expect(remaining).toEqual(expected.remainingSegments);
});

/** One record at an offset; 100 bytes unless told. */
function recordAt(offset: number, rest: Partial<AppendedBatch> = {}): AppendedBatch {
  return {
    baseOffset: offset,
    lastOffset: offset,
    sizeBytes: 100,
    newestTimestamp: instant(0),
    ...rest,
  };
}

const LARGE = { segmentBytes: 1_000_000, segmentTime: seconds(60) };
const KEEP_ALL: RetentionSettings = {
  cleanupPolicy: 'delete',
  retention: microseconds(-1),
  retentionBytes: -1,
};

test('a segment is filled up to segment.bytes and not beyond', () => {
  const log = new LogSegments({ ...LARGE, segmentBytes: 300 });
  const rolled = [0, 1, 2, 3, 4].map((offset) => log.append(recordAt(offset)));
  expect(rolled).toEqual([false, false, false, true, false]);
  expect(log.all).toMatchObject([
    { baseOffset: 0, sizeBytes: 300 },
    { baseOffset: 3, sizeBytes: 200 },
  ]);
});

test('a batch larger than segment.bytes does not leave an empty segment behind', () => {
  const log = new LogSegments({ ...LARGE, segmentBytes: 50 });
  expect(log.append(recordAt(0))).toBe(false);
  expect(bases(log)).toEqual([0]);
});

test('segment.ms counts from the first batch, by timestamps, and must be exceeded', () => {
  const log = new LogSegments({ ...LARGE, segmentTime: seconds(10) });
  const times = [5_000_000, 1_000_000, 15_000_000, 15_000_001];
  const rolled = times.map((time, offset) =>
    log.append(recordAt(offset, { newestTimestamp: instant(time) })),
  );
  expect(rolled).toEqual([false, false, false, true]);
  expect(log.all.map(({ newestTimestamp }) => newestTimestamp)).toEqual([15_000_000, 15_000_001]);
});

test('a change of segment.bytes holds from the next batch on', () => {
  const settings = { ...LARGE };
  const log = new LogSegments(settings);
  log.append(recordAt(0));
  settings.segmentBytes = 150;
  expect(log.append(recordAt(1))).toBe(true);
});

test('a follower of a log with holes begins its segment where the batch does', () => {
  const log = new LogSegments({ ...LARGE, segmentBytes: 100 });
  log.append(recordAt(3));
  log.append(recordAt(8, { lastOffset: 9 }));
  expect(bases(log)).toEqual([0, 8]);
  expect(log.logEnd).toBe(10);
});

test('DeleteRecords frees the segments that lie wholly below the log start', () => {
  const log = new LogSegments({ ...LARGE, segmentBytes: 200 });
  for (let offset = 0; offset < 6; offset += 1) log.append(recordAt(offset));
  const at = (logStart: number) =>
    log.deleteOldSegments(KEEP_ALL, { now: instant(0), logStart, highWatermark: 6 });
  expect(at(1)).toEqual({ removedBaseOffsets: [], logStart: 1 });
  expect(at(3)).toEqual({ removedBaseOffsets: [0], logStart: 3 });
  expect(at(6)).toEqual({ removedBaseOffsets: [2], logStart: 6 });
  expect(bases(log)).toEqual([4]);
});

test('a log that retention has emptied goes on at its end, and nothing empty is deleted', () => {
  const log = new LogSegments(LARGE);
  log.append(recordAt(0));
  const settings = { ...KEEP_ALL, retention: seconds(1) };
  const state = { now: instant(2_000_000), logStart: 0, highWatermark: 1 };
  expect(log.deleteOldSegments(settings, state)).toEqual({ removedBaseOffsets: [0], logStart: 1 });
  const again = log.deleteOldSegments(settings, { ...state, logStart: 1 });
  expect(again).toEqual({ removedBaseOffsets: [], logStart: 1 });
  log.append(recordAt(1, { newestTimestamp: instant(2_000_000) }));
  expect(log.all).toMatchObject([{ baseOffset: 1, sizeBytes: 100, newestTimestamp: 2_000_000 }]);
});

test('the active segment stays while some of it lies above the high watermark', () => {
  const log = new LogSegments(LARGE);
  log.append(recordAt(0));
  log.append(recordAt(1));
  const settings = { ...KEEP_ALL, retention: seconds(1) };
  const state = { now: instant(9_000_000), logStart: 0, highWatermark: 1 };
  expect(log.deleteOldSegments(settings, state).removedBaseOffsets).toEqual([]);
  const later = { ...state, highWatermark: 2 };
  expect(log.deleteOldSegments(settings, later).removedBaseOffsets).toEqual([0]);
});

/** What a log of 100-byte records, one a second, would answer. */
const contents = (from: number, to: number) => ({
  sizeBytes: 100 * (to - from),
  newestTimestamp: instant(to > from ? (to - 1) * 1_000_000 : Number.NEGATIVE_INFINITY),
});

function recordsEachSecond(count: number): LogSegments {
  const log = new LogSegments({ ...LARGE, segmentBytes: 300 });
  for (let offset = 0; offset < count; offset += 1) {
    log.append(recordAt(offset, { newestTimestamp: instant(offset * 1_000_000) }));
  }
  return log;
}

test('truncation cuts the segment that holds the new end, and forgets the later ones', () => {
  const log = recordsEachSecond(8);
  log.truncateTo(4, contents);
  expect(log.logEnd).toBe(4);
  expect(log.all).toMatchObject([
    { baseOffset: 0, sizeBytes: 300, newestTimestamp: 2_000_000 },
    { baseOffset: 3, sizeBytes: 100, newestTimestamp: 3_000_000 },
  ]);
  log.truncateTo(9, contents);
  expect(log.logEnd).toBe(4);
});

test('a segment that truncation has emptied counts its time from the next batch', () => {
  const log = recordsEachSecond(5);
  log.truncateTo(3, contents);
  expect(log.all.at(-1)).toMatchObject({ baseOffset: 3, sizeBytes: 0 });
  const late = { newestTimestamp: instant(900_000_000) };
  expect([3, 4].map((offset) => log.append(recordAt(offset, late)))).toEqual([false, false]);
});

test('truncation below the first segment begins anew there', () => {
  const log = new LogSegments(LARGE, 10);
  log.append(recordAt(10));
  log.truncateTo(7, contents);
  expect([log.logEnd, bases(log)]).toEqual([7, [7]]);
});
