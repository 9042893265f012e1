// What no pass of the cleaner may ever take, over random logs and passes.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant, microseconds } from '../../kernel/simTime';
import { type CleanableRecord, cleanLog, dirtyRatio } from './logCleaner';

const settings = { seed: 20_260_912, numRuns: 300 } as const;

const drawnLogs = fc.record({
  records: fc.array(fc.record({ key: fc.nat(5), isTombstone: fc.boolean(), hole: fc.nat(2) }), {
    maxLength: 40,
    size: 'max',
  }),
  /** Each pass: how far it may clean, as a share of the log, and how long after the one before. */
  passes: fc.array(fc.record({ share: fc.nat(10), pause: fc.nat(30) }), { maxLength: 6 }),
  deleteRetention: fc.nat(40),
});

type Drawn = typeof drawnLogs extends fc.Arbitrary<infer One> ? One : never;

function written({ records }: Drawn): CleanableRecord[] {
  let offset = -1;
  return records.map(({ hole, ...record }) => {
    offset += 1 + hole;
    return { ...record, offset, sizeBytes: 1, deleteHorizon: null };
  });
}

/** The log after each pass, first dirty offsets rising as the cleaner's do. */
function afterEachPass(drawn: Drawn) {
  const original = written(drawn);
  const logEnd = (original.at(-1)?.offset ?? -1) + 1;
  const passes: { readonly cleanedTo: number; readonly records: CleanableRecord[] }[] = [];
  let records = original;
  let firstDirty = 0;
  let now = instant(0);
  for (const { share, pause } of drawn.passes) {
    const firstUncleanable = Math.max(firstDirty, Math.floor((logEnd * share) / 10));
    now = instant(now + pause);
    const deleteRetention = microseconds(drawn.deleteRetention);
    records = cleanLog({ records, firstDirty, firstUncleanable }, { now, deleteRetention });
    firstDirty = firstUncleanable;
    passes.push({ cleanedTo: firstDirty, records });
  }
  return { original, passes, logEnd };
}

const latestByKey = (records: readonly CleanableRecord[]) =>
  new Map(records.map((record) => [record.key, record]));

const offsetsOf = (records: readonly CleanableRecord[]) => records.map(({ offset }) => offset);

test('the newest record of every key survives, unless it is a tombstone whose time is over', () => {
  fc.assert(
    fc.property(drawnLogs, (drawn) => {
      const { original, passes } = afterEachPass(drawn);
      for (const { records } of passes) {
        const kept = new Set(offsetsOf(records));
        for (const newest of latestByKey(original).values()) {
          if (!newest.isTombstone) expect(kept).toContain(newest.offset);
        }
      }
    }),
    settings,
  );
});

test('offsets are a subset in the same order, and one is left of a key that was cleaned', () => {
  fc.assert(
    fc.property(drawnLogs, (drawn) => {
      const { original, passes } = afterEachPass(drawn);
      let before = original;
      for (const { records, cleanedTo } of passes) {
        const kept = new Set(offsetsOf(records));
        expect(offsetsOf(records)).toEqual(offsetsOf(before).filter((one) => kept.has(one)));
        const untouched = original.filter(({ offset }) => offset >= cleanedTo);
        expect(records.filter(({ offset }) => offset >= cleanedTo)).toEqual(untouched);
        const cleaned = records.filter(({ offset }) => offset < cleanedTo);
        expect(new Set(cleaned.map(({ key }) => key)).size).toBe(cleaned.length);
        before = records;
      }
    }),
    settings,
  );
});

test('whoever reads from any offset learns the latest value of every key written from there', () => {
  fc.assert(
    fc.property(drawnLogs, (drawn) => {
      const { original, passes, logEnd } = afterEachPass(drawn);
      for (const { records } of passes) {
        for (let from = 0; from < logEnd; from += 1) {
          const reads = latestByKey(records.filter(({ offset }) => offset >= from));
          const wrote = latestByKey(original.filter(({ offset }) => offset >= from));
          for (const [key, newest] of wrote) {
            const read = reads.get(key);
            if (read) expect(read.offset).toBe(newest.offset);
            else expect(newest.isTombstone).toBe(true);
          }
        }
      }
    }),
    settings,
  );
});

test('a pass over what is clean changes nothing while no tombstone expires', () => {
  fc.assert(
    fc.property(drawnLogs, (drawn) => {
      const records = written(drawn);
      const logEnd = (records.at(-1)?.offset ?? -1) + 1;
      const pass = { now: instant(7), deleteRetention: microseconds(drawn.deleteRetention + 1) };
      const once = cleanLog({ records, firstDirty: 0, firstUncleanable: logEnd }, pass);
      const clean = { records: once, firstDirty: logEnd, firstUncleanable: logEnd };
      expect(dirtyRatio(clean)).toBe(0);
      expect(cleanLog(clean, pass)).toEqual(once);
    }),
    settings,
  );
});
