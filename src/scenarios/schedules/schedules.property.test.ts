// Random people on random connections under random faults: what holds whatever happens.

import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { raiseSockets } from '../../engine/doors/sockets';
import { NUMBER_OF_RUNS, PATIENCE, RUN_SETTINGS } from '../clusters/numberOfRuns';
import { brokenPromises } from './brokenPromises';
import { drawnSchedule } from './drawnSchedule';

vi.setConfig({ testTimeout: PATIENCE });

const numbers = fc.array(fc.nat(), { minLength: 1, maxLength: 160, size: 'max' });
const half = { ...RUN_SETTINGS, numRuns: Math.ceil(NUMBER_OF_RUNS / 2) };

test('every promise holds, whatever people do and whatever breaks', () => {
  fc.assert(
    fc.property(numbers, (drawn) => {
      const schedule = drawnSchedule(drawn, raiseSockets, { isGentle: false });
      expect(brokenPromises(schedule)).toEqual([]);
    }),
    half,
  );
});

test('with a buffer on both sides, lines and paths may break: what is young enough comes once', () => {
  fc.assert(
    fc.property(numbers, (drawn) => {
      const schedule = drawnSchedule(drawn, raiseSockets, { isGentle: true });
      expect(brokenPromises(schedule)).toEqual([]);
    }),
    half,
  );
});
