// Server-sent events after a break: inside the server's window nothing is missed and nothing comes
// twice; outside it the reader is told.

import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { instant, ledgerAt, missesAt } from '../../engine/index';
import { type Intervention, type Run, runScenario } from '../runScenario';
import { heardBy, transfersOf } from '../testing/runOf';

vi.setConfig({ testTimeout: 60_000 });

const MS = 1_000;
/**
 * Absences of Ben, one after the other, in milliseconds; before 11 his stream has not begun, and
 * has told him nothing that he could come back with.
 */
const absences = fc
  .uniqueArray(fc.integer({ min: 11, max: 900 }), { minLength: 2, maxLength: 6 })
  .map((times) => [...times].sort((one, other) => one - other))
  .map((times) => times.slice(0, times.length - (times.length % 2)));

function runWith(eventWindow: number, times: readonly number[]): Run {
  const interventions = times.map((ms, at): Intervention => {
    const kind = at % 2 === 0 ? 'disconnect' : 'reconnect';
    return { at: instant(ms * MS), kind, target: 'B' };
  });
  const parameters = { eventWindow: eventWindow * MS };
  return runScenario({ scenarioId: 'polling', parameters, seed: 7, interventions });
}

const FROM_ANA = ['A#0', 'A#1', 'A#2', 'A#3'];
const settings = { seed: 20_261_121, numRuns: 200 } as const;

test('inside the window: everything once, in order, and nobody is told of a gap', () => {
  fc.assert(
    fc.property(absences, (times) => {
      const run = runWith(2_000, times);
      expect(heardBy(run, 'sse', 'B')).toEqual(FROM_ANA);
      expect(transfersOf(run, 'sse', 'gap')).toEqual([]);
      const { duplicated, reordered } = ledgerAt(run.index, 'sse', run.horizon);
      expect([duplicated, reordered]).toEqual([0, 0]);
    }),
    settings,
  );
});

test('outside it: in order, nothing twice, and who lacks anything has been told', () => {
  let gaps = 0;
  fc.assert(
    fc.property(absences, fc.integer({ min: 1, max: 300 }), (times, window) => {
      const run = runWith(window, times);
      const heard = heardBy(run, 'sse', 'B');
      expect(heard).toEqual(FROM_ANA.filter((said) => heard.includes(said)));
      const told = transfersOf(run, 'sse', 'gap').length;
      gaps += told;
      expect(told > 0).toBe(heard.length < FROM_ANA.length);
    }),
    settings,
  );
  expect(gaps).toBeGreaterThan(20);
});

test('without a window what comes meanwhile is lost, and there is nothing to say about it', () => {
  fc.assert(
    fc.property(absences, (times) => {
      const run = runWith(0, times);
      const misses = missesAt(run.index, 'sse', run.horizon, 100);
      const causes = new Set(misses.map(({ cause }) => cause));
      causes.delete('sender away');
      for (const cause of causes) expect(['reader away', 'cut on the way']).toContain(cause);
      expect(transfersOf(run, 'sse', 'gap')).toEqual([]);
    }),
    settings,
  );
});
