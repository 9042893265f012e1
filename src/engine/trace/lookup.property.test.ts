// What finds an instant quickly, against what looks through everything.

import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { instant } from '../kernel/simTime';
import { EntryKind } from './entryKinds';
import { TraceRecorder } from './recordTrace';
import { openAt, openSpans } from './series/openSpans';
import { PrefixQuantiles } from './series/quantiles';
import { StepSeries } from './series/stepSeries';
import { indexTrace, lastSeqAt } from './traceIndex';

// A machine that is busy with other work takes its time.
vi.setConfig({ testTimeout: 60_000 });

const settings = { seed: 20_260_908, numRuns: 200 } as const;

test('the percentile of the first so many values is the one that sorting them gives', () => {
  const values = fc.array(fc.oneof(fc.nat(6), fc.integer()), { maxLength: 300, size: 'max' });
  fc.assert(
    fc.property(values, fc.constantFrom(0, 0.01, 0.5, 0.9, 0.99, 1), (list, share) => {
      const quantiles = new PrefixQuantiles(Float64Array.from(list));
      for (let count = 0; count <= list.length; count += 1) {
        const sorted = list.slice(0, count).sort((a, b) => a - b);
        const expected = sorted[Math.max(1, Math.ceil(share * count)) - 1] ?? null;
        expect(quantiles.at(share, count)).toBe(expected);
      }
    }),
    { ...settings, numRuns: 60 },
  );
});

interface Change {
  readonly gap: number;
  readonly pause: number;
  readonly column: 0 | 1;
  readonly amount: number;
  readonly isSet: boolean;
}

const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.record({
    gap: fc.oneof(fc.nat(2), fc.nat(900)),
    pause: fc.nat(2),
    column: fc.constantFrom(0, 1),
    amount: fc.integer({ min: -5, max: 5 }),
    isSet: fc.boolean(),
  }),
  { maxLength: 80, size: 'max' },
);

test('a series gives at each instant what adding up all changes until then gives', () => {
  fc.assert(
    fc.property(changes, (list) => {
      const entryCount = list.reduce((count, { gap }) => count + gap + 1, 1);
      const series = new StepSeries(2, entryCount);
      const now = [0, 0];
      const ends: { seq: number; values: number[] }[] = [];
      let seq = 0;
      let time = 0;
      for (const { gap, pause, column, amount, isSet } of list) {
        seq += gap + 1;
        time += pause;
        series.at(seq, time);
        if (isSet) series.set(column, amount);
        else series.add(column, amount);
        now[column] = isSet ? amount : (now[column] as number) + amount;
        // Entries of one instant count as one: only its last one is asked about.
        if (pause === 0 && ends.length > 0) ends.pop();
        ends.push({ seq, values: [...now] });
      }
      series.seal();
      expect([series.valueAt(-1, 0), series.valueAt(-1, 1)]).toEqual([0, 0]);
      for (const { seq: end, values } of ends) {
        expect([series.valueAt(end, 0), series.valueAt(end, 1)]).toEqual(values);
      }
    }),
    settings,
  );
});

test('the row of an entry is the last that began by then', () => {
  const seqs = fc.uniqueArray(fc.nat(3_000), { maxLength: 60, size: 'max' });
  fc.assert(
    fc.property(seqs, (drawn) => {
      const begins = [...drawn].sort((a, b) => a - b);
      const series = new StepSeries(1, 3_100);
      for (const [row, seq] of begins.entries()) {
        series.at(seq, row);
        series.add(0, 1);
      }
      series.seal();
      for (let seq = 0; seq < 3_100; seq += 7) {
        expect(series.rowAt(seq)).toBe(begins.filter((begin) => begin <= seq).length - 1);
      }
    }),
    settings,
  );
});

test('the spans open after an entry are those that have begun and not ended', () => {
  const spans = fc.array(fc.record({ gap: fc.nat(4), length: fc.option(fc.nat(40)) }), {
    maxLength: 60,
    size: 'max',
  });
  fc.assert(
    fc.property(spans, (drawn) => {
      let begin = 0;
      const rows = drawn.map(({ gap, length }) => {
        begin += gap + 1;
        return { begin, end: length === null ? -1 : begin + length };
      });
      const found = openSpans(
        Int32Array.from(rows, (row) => row.begin),
        Int32Array.from(rows, (row) => row.end),
      );
      for (let seq = -1; seq < begin + 50; seq += 1) {
        const open = rows.flatMap((row, span) => {
          const isOpen = row.begin <= seq && (row.end < 0 || row.end > seq);
          return isOpen ? [span] : [];
        });
        expect(openAt(found, seq)).toEqual(open);
      }
    }),
    settings,
  );
});

const EMPTY_LEGEND = {
  stages: [],
  nodes: [],
  links: [],
  connections: [],
  partitions: [],
  parameters: [],
  keys: [],
};

test('the last entry of an instant is the one that looking through all finds', () => {
  const pauses = fc.array(fc.nat(3), { minLength: 1, maxLength: 1_200, size: 'max' });
  fc.assert(
    fc.property(pauses, fc.array(fc.integer({ min: -20, max: 2_000 })), (gaps, asked) => {
      const clock = { now: instant(-5), cause: -1, progress: 0, seed: 0 };
      const recorder = new TraceRecorder(clock);
      for (const gap of gaps) {
        clock.now = instant(clock.now + gap);
        recorder.entry(EntryKind.Intervened, { node: -1 });
      }
      const index = indexTrace(recorder.finish(EMPTY_LEGEND, instant(-5), clock.now));
      const times = [...index.trace.entries.time];
      for (const time of [...asked, -6, -5, ...times.slice(0, 20), clock.now]) {
        expect(lastSeqAt(index, time)).toBe(times.findLastIndex((at) => at <= time));
      }
    }),
    { ...settings, numRuns: 60 },
  );
});
