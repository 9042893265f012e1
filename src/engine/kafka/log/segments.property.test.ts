// Retention against the plainest reading of its rules, over random logs.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant, microseconds } from '../../kernel/simTime';
import { LogSegments } from './segments';

const settings = { seed: 20_260_911, numRuns: 300 } as const;

const logs = fc.record({
  segmentBytes: fc.integer({ min: 1, max: 40 }),
  segmentTime: fc.nat(60),
  batches: fc.array(
    fc.record({ records: fc.integer({ min: 1, max: 3 }), bytes: fc.nat(20), time: fc.nat(100) }),
    { maxLength: 30, size: 'max' },
  ),
  retention: fc.integer({ min: -1, max: 80 }),
  retentionBytes: fc.integer({ min: -1, max: 200 }),
  now: fc.nat(160),
  unreplicated: fc.nat(20),
});

type Drawn = typeof logs extends fc.Arbitrary<infer One> ? One : never;

function build({ segmentBytes, segmentTime, batches }: Drawn): LogSegments {
  const log = new LogSegments({ segmentBytes, segmentTime: microseconds(segmentTime) });
  for (const { records, bytes, time } of batches) {
    log.append({
      baseOffset: log.logEnd,
      lastOffset: log.logEnd + records - 1,
      sizeBytes: bytes + 1,
      newestTimestamp: instant(time),
    });
  }
  return log;
}

test('segments cover the log without gap and hold every byte', () => {
  fc.assert(
    fc.property(logs, (drawn) => {
      const log = build(drawn);
      const bases = log.all.map(({ baseOffset }) => baseOffset);
      expect(bases[0]).toBe(0);
      expect(bases).toEqual([...new Set(bases)].sort((a, b) => a - b));
      const bytes = log.all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      expect(bytes).toBe(drawn.batches.reduce((sum, batch) => sum + batch.bytes + 1, 0));
      expect(log.logEnd).toBe(drawn.batches.reduce((sum, { records }) => sum + records, 0));
    }),
    settings,
  );
});

test('retention keeps what is young, what is small and what is not replicated, and no more', () => {
  fc.assert(
    fc.property(logs, (drawn) => {
      const log = build(drawn);
      const before = log.all.map((segment, index, all) => {
        return { ...segment, end: all[index + 1]?.baseOffset ?? log.logEnd };
      });
      const highWatermark = Math.max(0, log.logEnd - drawn.unreplicated);
      const { removedBaseOffsets, logStart } = log.deleteOldSegments(
        {
          cleanupPolicy: 'delete',
          retention: microseconds(drawn.retention),
          retentionBytes: drawn.retentionBytes,
        },
        { now: instant(drawn.now), logStart: 0, highWatermark },
      );

      // Naively: look at the oldest segment again and again, until no rule takes it.
      const left = [...before];
      const mayGo = (bySize: boolean) => {
        const [oldest] = left;
        if (!oldest || oldest.sizeBytes === 0 || oldest.end > highWatermark) return false;
        const rest = left.slice(1).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
        if (bySize) return drawn.retentionBytes >= 0 && rest >= drawn.retentionBytes;
        return drawn.retention >= 0 && drawn.now - oldest.newestTimestamp > drawn.retention;
      };
      while (mayGo(true)) left.shift();
      while (mayGo(false)) left.shift();

      expect(removedBaseOffsets.length).toBe(before.length - left.length);
      expect(logStart).toBe(left[0]?.baseOffset ?? log.logEnd);
      expect(logStart).toBeLessThanOrEqual(highWatermark);
    }),
    settings,
  );
});
