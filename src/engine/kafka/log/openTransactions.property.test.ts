// How far committed readers may go and what they leave out, against looking through the whole log.

import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { OpenTransactions, type TransactionOutcome } from './openTransactions';

// A machine that is busy with other work takes its time.
vi.setConfig({ testTimeout: 60_000 });

const settings = { seed: 20_261_122, numRuns: 300 } as const;

const producers = fc.nat(3);
const writes = fc.oneof(
  { weight: 3, arbitrary: fc.record({ producerId: producers }) },
  {
    weight: 1,
    arbitrary: fc.record({
      producerId: producers,
      outcome: fc.constantFrom<TransactionOutcome>('commit', 'abort'),
    }),
  },
);
/** A record of a transaction, or the marker of one, at each offset. */
type Write = { readonly producerId: number; readonly outcome?: TransactionOutcome };
const logs: fc.Arbitrary<Write[]> = fc.array(writes, { maxLength: 60, size: 'max' });

function write(log: OpenTransactions, { producerId, outcome }: Write, offset: number): void {
  if (outcome === undefined) log.begin(producerId, offset);
  else log.end(producerId, offset, outcome);
}

function replay(written: readonly Write[]): OpenTransactions {
  const log = new OpenTransactions();
  written.forEach((each, offset) => {
    write(log, each, offset);
  });
  return log;
}

/** Where the marker is that decides a record; undefined if nobody has. */
function markerOf(written: readonly Write[], offset: number): number | undefined {
  const { producerId } = written[offset] as Write;
  const marker = written.findIndex(
    (each, at) => at > offset && each.producerId === producerId && each.outcome !== undefined,
  );
  return marker < 0 ? undefined : marker;
}

/** Offset of the first record below the watermark that is undecided in what is replicated. */
function firstUndecided(written: readonly Write[], highWatermark: number): number {
  const replicated = written.slice(0, highWatermark);
  const undecided = replicated.findIndex(
    ({ outcome }, offset) => outcome === undefined && markerOf(replicated, offset) === undefined,
  );
  return undecided < 0 ? highWatermark : undecided;
}

test('committed readers stop at the first undecided record, and never have to go back', () => {
  let heldBack = 0;
  fc.assert(
    fc.property(logs, fc.array(fc.nat(3), { maxLength: 60, size: 'max' }), (written, lags) => {
      const log = new OpenTransactions();
      let [highWatermark, stable] = [0, 0];
      written.forEach((each, offset) => {
        write(log, each, offset);
        highWatermark = Math.max(highWatermark, offset + 1 - (lags[offset] ?? 0));
        const before = stable;
        stable = log.lastStableOffset(highWatermark);
        expect(stable).toBe(firstUndecided(written, highWatermark));
        expect(stable).toBeGreaterThanOrEqual(before);
        expect(stable).toBeLessThanOrEqual(highWatermark);
        if (stable < highWatermark) heldBack += 1;
      });
    }),
    settings,
  );
  expect(heldBack).toBeGreaterThan(1_000);
});

test('below the last stable offset the aborted ranges hold the aborted records and no other', () => {
  let aborted = 0;
  fc.assert(
    fc.property(logs, fc.nat(60), (written, position) => {
      const log = replay(written);
      const stable = log.lastStableOffset(written.length);
      const from = Math.min(position, stable);
      const ranges = log.abortedIn(from, stable);
      for (let offset = from; offset < stable; offset += 1) {
        const { producerId, outcome } = written[offset] as Write;
        if (outcome !== undefined) continue;
        const isLeftOut = ranges.some(
          (range) =>
            range.producerId === producerId &&
            range.firstOffset <= offset &&
            offset < range.markerOffset,
        );
        expect(isLeftOut).toBe(written[markerOf(written, offset) as number]?.outcome === 'abort');
        if (isLeftOut) aborted += 1;
      }
      // The watermark has passed, so what is told of is decided and in part above `from`.
      for (const range of ranges) expect(range.markerOffset).toBeGreaterThanOrEqual(from);
    }),
    settings,
  );
  expect(aborted).toBeGreaterThan(200);
});

test('a log that was cut is like one that never had more, also when it grows again', () => {
  fc.assert(
    fc.property(logs, logs, fc.nat(60), fc.nat(60), (written, after, end, asked) => {
      const log = replay(written);
      // Somebody read before the cut, up to everything that there was.
      log.lastStableOffset(Math.min(asked, written.length));
      log.truncateTo(end);
      const kept = written.slice(0, end);
      after.forEach((each, index) => {
        write(log, each, kept.length + index);
      });
      const whole = [...kept, ...after];
      const fresh = replay(whole);
      for (let highWatermark = 0; highWatermark <= whole.length; highWatermark += 1) {
        expect(log.lastStableOffset(highWatermark)).toBe(fresh.lastStableOffset(highWatermark));
      }
      expect(log.abortedIn(0, whole.length)).toEqual(fresh.abortedIn(0, whole.length));
    }),
    settings,
  );
});
