// Whatever is cut and whoever crashes, as long as pages keep their memory and records their copies,
// nothing is missed.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant, measuresAt } from '../../engine/index';
import { runScenario } from '../runScenario';

const GATEWAYS = ['gateway-1', 'gateway-2'];
const BROKERS = ['broker-1', 'broker-2', 'broker-3'];
const PAGES = ['A', 'B', 'C', 'D', 'E', 'F'];

const LAST = 6_000;

/** Someone is gone for a while; one broker of three at most, and for good or not. */
const fault = fc.oneof(
  fc.record({ target: fc.constantFrom(...GATEWAYS), ends: fc.constant('crash restart') }),
  fc.record({ target: fc.constantFrom(...GATEWAYS), ends: fc.constant('disconnect reconnect') }),
  fc.record({ target: fc.constantFrom(...GATEWAYS), ends: fc.constant('stall resume') }),
  fc.record({ target: fc.constantFrom(...PAGES), ends: fc.constant('disconnect reconnect') }),
  fc.record({ target: fc.constantFrom(BROKERS[0] as string), ends: fc.constant('crash restart') }),
);
const faults = fc.array(
  fc.record({
    fault,
    from: fc.integer({ min: 900, max: LAST }),
    duration: fc.integer({ min: 1, max: 1_500 }),
  }),
  { maxLength: 5 },
);

test('with gateways of their own groups and resuming, nothing is missed', () => {
  fc.assert(
    fc.property(faults, fc.nat(1_000), (drawn, seed) => {
      const interventions = drawn.flatMap(({ fault: { target, ends }, from, duration }) => {
        const [begins = '', end = ''] = ends.split(' ');
        return [
          { at: instant(from * 1_000), kind: begins as 'crash', target },
          { at: instant((from + duration) * 1_000), kind: end as 'restart', target },
        ];
      });
      const spec = { scenarioId: 'better-together', parameters: {}, seed, interventions };
      const { index, horizon } = runScenario(spec);
      const { missed, reordered } = measuresAt(index, 'together', horizon);
      expect({ missed, reordered }).toEqual({ missed: 0, reordered: 0 });
    }),
    { seed: 20_260_902, numRuns: 150 },
  );
});
