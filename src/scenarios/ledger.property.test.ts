// The ledger balances at every instant, and says of each copy what a slow reader of the trace says.

import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import {
  EntryKind,
  LOSS_CAUSES,
  ledgerAt,
  type Miss,
  missesAt,
  stepInstants,
  type Trace,
} from '../engine/index';
import { type Run, runScenario } from './runScenario';
import { drawnRunSpec } from './testing/drawnRun';
import { naiveCopies } from './testing/naiveLedger';
import { carriedBy, type Row, rowsOf } from './testing/traceColumns';

// A machine that is busy with other work takes its time.
vi.setConfig({ testTimeout: 60_000 });

const numbers = fc.array(fc.nat(), { minLength: 1, maxLength: 36, size: 'max' });
const settings = { seed: 20_260_902, numRuns: 200 } as const;
const EVERY_MISS = 1_000_000;

function instantsOf(run: Run): number[] {
  return [...stepInstants(run.index), run.horizon];
}

test('sent = delivered + waiting + in flight + missed at every step and at the horizon', () => {
  fc.assert(
    fc.property(numbers, (drawn) => {
      const run = runScenario(drawnRunSpec(drawn));
      for (const stage of run.scenario.stages) {
        for (const time of instantsOf(run)) {
          const { sent, delivered, waiting, inFlight, missed } = ledgerAt(run.index, stage, time);
          expect(delivered + waiting + inFlight + missed).toBe(sent);
          expect(Math.min(delivered, waiting, inFlight, missed)).toBeGreaterThanOrEqual(0);
        }
      }
    }),
    settings,
  );
});

test('the ledger equals a recount of every copy from the entries', () => {
  fc.assert(
    fc.property(numbers, fc.array(fc.nat(), { minLength: 3, maxLength: 3 }), (drawn, picks) => {
      const run = runScenario(drawnRunSpec(drawn));
      const instants = instantsOf(run);
      const times = [...picks.map((pick) => instants[pick % instants.length]), run.horizon];
      for (const stage of run.scenario.stages) {
        for (const time of times as number[]) {
          const copies = naiveCopies(run.index.trace, stage, time);
          const inState = (state: string) => copies.filter((copy) => copy.state === state).length;
          const again = copies.map(({ deliveries }) => Math.max(0, deliveries - 1));
          expect({ time, ...ledgerAt(run.index, stage, time) }).toMatchObject({
            time,
            sent: copies.length,
            delivered: inState('delivered'),
            waiting: inState('waiting'),
            inFlight: inState('inFlight'),
            missed: inState('missed'),
            duplicated: again.reduce((sum, count) => sum + count, 0),
          });
        }
      }
    }),
    settings,
  );
});

test('every missed copy is listed once, with a cause that an entry of that instant bears', () => {
  fc.assert(
    fc.property(numbers, (drawn) => {
      const run = runScenario(drawnRunSpec(drawn));
      const { trace } = run.index;
      for (const stage of run.scenario.stages) {
        const misses = missesAt(run.index, stage, run.horizon, EVERY_MISS);
        const listed = misses.map(({ message, reader }) => `${message} ${reader}`);
        const missed = naiveCopies(trace, stage, run.horizon)
          .filter(({ state }) => state === 'missed')
          .map(({ message, reader }) => `${message} ${reader}`);
        expect([...listed].sort()).toEqual([...missed].sort());
        const rows = rowsOf(trace);
        for (const miss of misses) expect(reasonsFor(trace, rows, miss)).toContain(miss.cause);
      }
    }),
    settings,
  );
});

/** Causes that an entry up to the miss gives for this message and reader. */
function reasonsFor(trace: Trace, rows: readonly Row[], miss: Miss): string[] {
  const causes: string[] = [];
  const isWritten = ({ kind, message }: Row) =>
    kind === EntryKind.Appended && message === miss.message;
  const logs = new Set(rows.filter(isWritten).map(({ place }) => place));
  for (const row of rows) {
    if (row.time > miss.time) break;
    const isMine = row.message === miss.message;
    if (row.kind === EntryKind.Lost && isMine && row.node === miss.reader) {
      causes.push(LOSS_CAUSES[row.value] as string);
    } else if (row.kind === EntryKind.LetGo && isMine) {
      causes.push(LOSS_CAUSES[row.value] as string);
    } else if (row.kind === EntryKind.RecordRemoved && isMine) {
      causes.push(LOSS_CAUSES[row.detail] as string);
    } else if (row.kind === EntryKind.Joined && row.node === miss.reader) {
      causes.push('before it came');
    } else if (row.kind === EntryKind.Crashed && readsFor(trace, row.node, miss.reader)) {
      causes.push('lost in the crash');
    } else if (row.kind === EntryKind.Closed) {
      // Without acks a broker refuses by closing; what it had not looked at goes with any close.
      causes.push('refused by the broker', 'cut on the way');
    } else if (passes.includes(row.kind) && readsFor(trace, row.node, miss.reader)) {
      causes.push('its transaction was aborted');
    } else if (row.kind === EntryKind.Assigned && readsFor(trace, row.node, miss.reader)) {
      causes.push('reset past it');
    } else if (row.kind === EntryKind.TransferDropped) {
      if (carriedBy(trace, row.transfer).includes(miss.message)) causes.push('cut on the way');
    } else if (isAboutLog(row.kind) && logs.has(row.place)) {
      causes.push(LOSS_CAUSES[row.detail] as string);
    }
  }
  return causes;
}

const passes: readonly EntryKind[] = [EntryKind.Skipped, EntryKind.Delivered];

const readsFor = ({ legend }: Trace, node: number, reader: number): boolean =>
  node === reader || legend.nodes[node]?.group === reader;

const isAboutLog = (kind: number): boolean =>
  kind === EntryKind.LogStartMoved ||
  kind === EntryKind.PositionReset ||
  kind === EntryKind.RecordRemoved ||
  kind === EntryKind.Truncated;
