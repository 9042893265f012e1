// Whatever a reader asks for, a run obeys its own rules: order, causes, ends, forks.

import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { EntryKind, instant, TRANSFER_TYPES, traceHash } from '../engine/index';
import { runScenario } from './runScenario';
import { drawnRunSpec } from './testing/drawnRun';
import { columnsOf, rowsOf } from './testing/traceColumns';

// A machine that is busy with other work takes its time.
vi.setConfig({ testTimeout: 60_000 });

const numbers = fc.array(fc.nat(), { minLength: 1, maxLength: 36, size: 'max' });
const settings = { seed: 20_260_901, numRuns: 150 } as const;

test('the same specification gives the same columns and the same hash', () => {
  fc.assert(
    fc.property(numbers, (drawn) => {
      const one = runScenario(drawnRunSpec(drawn)).index.trace;
      const other = runScenario(drawnRunSpec(drawn)).index.trace;
      expect(columnsOf(other)).toEqual(columnsOf(one));
      expect(traceHash(other)).toBe(traceHash(one));
    }),
    { ...settings, numRuns: 60 },
  );
});

test('time never goes back, and every cause comes before its effect', () => {
  fc.assert(
    fc.property(numbers, (drawn) => {
      const { trace } = runScenario(drawnRunSpec(drawn)).index;
      let now = trace.start as number;
      for (const { seq, time, cause } of rowsOf(trace)) {
        expect(time).toBeGreaterThanOrEqual(now);
        expect(time).toBeLessThanOrEqual(trace.horizon);
        expect(cause).toBeLessThan(seq);
        now = time;
      }
    }),
    settings,
  );
});

test('every transfer ends once, delivered or dropped, or is in flight at the horizon', () => {
  fc.assert(
    fc.property(numbers, (drawn) => {
      const { trace } = runScenario(drawnRunSpec(drawn)).index;
      const { transfers } = trace;
      const ends = new Map<number, number[]>();
      for (const { seq, kind, transfer, time } of rowsOf(trace)) {
        if (kind === EntryKind.TransferStarted) {
          expect(transfers.startSeq[transfer]).toBe(seq);
          ends.set(transfer, []);
        }
        if (kind !== EntryKind.TransferArrived && kind !== EntryKind.TransferDropped) continue;
        ends.get(transfer)?.push(seq);
        const start = transfers.startSeq[transfer] as number;
        expect(time).toBeGreaterThanOrEqual(trace.entries.time[start] as number);
      }
      expect(ends.size).toBe(transfers.count);
      for (const [transfer, seqs] of ends) {
        const end = transfers.endSeq[transfer] as number;
        expect(seqs).toEqual(end < 0 ? [] : [end]);
      }
    }),
    settings,
  );
});

test('bytes of one direction of a TCP connection arrive in the order in which they left', () => {
  fc.assert(
    fc.property(numbers, (drawn) => {
      const { trace } = runScenario(drawnRunSpec(drawn)).index;
      const newest = new Map<string, number>();
      for (const { kind, transfer } of rowsOf(trace)) {
        if (kind !== EntryKind.TransferArrived) continue;
        const connection = trace.transfers.connection[transfer] as number;
        const way = `${connection} ${trace.transfers.from[transfer]}`;
        expect(transfer).toBeGreaterThan(newest.get(way) ?? -1);
        newest.set(way, transfer);
      }
    }),
    settings,
  );
});

test('an intervention at t leaves everything up to and including t as it was', () => {
  fc.assert(
    fc.property(numbers, fc.nat(), numbers, (drawn, place, other) => {
      const spec = drawnRunSpec(drawn);
      const before = runScenario(spec).index.trace;
      const times = before.entries.time;
      const at = instant(Math.max(0, times[place % times.length] as number));
      const [act] = drawnRunSpec([...drawn.slice(0, 1), 0, 0, 1, ...other]).interventions;
      if (!act) return;
      const interventions = [...spec.interventions, { ...act, at }];
      const after = runScenario({ ...spec, interventions }).index.trace;
      const prefix = times.filter((time) => time <= at).length;
      expect(columnsOf(after, prefix)).toEqual(columnsOf(before, prefix));
      const [next] = [...after.entries.kind].slice(prefix);
      expect(next).toBe(EntryKind.Intervened);
    }),
    settings,
  );
});

test('an intervention after the horizon changes nothing', () => {
  const spec = drawnRunSpec([1]);
  const calm = runScenario(spec);
  const at = instant(calm.horizon + 1);
  const late = { at, kind: 'disconnect', target: 'B' } as const;
  const run = runScenario({ ...spec, interventions: [late] });
  expect(traceHash(run.index.trace)).toBe(traceHash(calm.index.trace));
});

const TRAVELS: readonly number[] = [EntryKind.TransferStarted, EntryKind.TransferArrived];
const isSegment = (kind: number, type: number): boolean =>
  TRAVELS.includes(kind) && TRANSFER_TYPES[type] === 'tcp';

test('a node that is down sends nothing, gets nothing and writes nothing', () => {
  const silent: number[] = [
    EntryKind.TransferStarted,
    EntryKind.TransferArrived,
    EntryKind.Appended,
    EntryKind.Delivered,
    EntryKind.Sent,
    EntryKind.Committed,
    EntryKind.WatermarkMoved,
  ];
  fc.assert(
    fc.property(numbers, (drawn) => {
      const down = new Set<number>();
      const rows = rowsOf(runScenario(drawnRunSpec(drawn)).index.trace);
      for (const { kind, node, place, value } of rows) {
        if (kind === EntryKind.Crashed) down.add(node);
        if (kind === EntryKind.Restarted) down.delete(node);
        // A crashed process leaves a kernel behind, which ends its connections.
        if (place >= 0 && isSegment(kind, value)) continue;
        if (silent.includes(kind)) expect(down).not.toContain(node);
      }
    }),
    settings,
  );
});
