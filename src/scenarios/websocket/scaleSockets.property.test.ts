// Whatever happens to a fleet, its ledger balances, a slow recount agrees, every miss has a cause,
// and nothing stays on its way for ever.

import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { instant, ledgerAt, missesAt, stepInstants } from '../../engine/index';
import type { Intervention, InterventionKind, Run, RunSpec } from '../runScenario';
import { runScenario } from '../runScenario';
import { naiveCopies } from '../testing/naiveLedger';

// A machine that is busy with other work takes its time.
vi.setConfig({ testTimeout: 120_000 });

const settings = { seed: 20_260_904, numRuns: 150 } as const;

const parameters = fc.record({
  servers: fc.integer({ min: 1, max: 5 }),
  backplane: fc.constantFrom('none', 'pubsub', 'kafka'),
  balancing: fc.constantFrom('round-robin', 'sticky'),
  clients: fc.integer({ min: 1, max: 12 }),
  deploy: fc.constantFrom('off', 'rolling'),
  connectionsPerServer: fc.constantFrom(3, 1_000),
  reconnectDelay: fc.constantFrom(0, 100_000),
});

/** What ends each fault, if anything does. */
const ENDS: Partial<Record<InterventionKind, InterventionKind>> = {
  crash: 'restart',
  cut: 'restore',
  disconnect: 'reconnect',
};

const faults = fc.array(
  fc
    .record({
      kind: fc.constantFrom<InterventionKind>('crash', 'cut', 'disconnect', 'shutdown'),
      place: fc.nat(20),
      // Near a broadcast more happens than elsewhere.
      broadcast: fc.nat(11),
      after: fc.integer({ min: -5, max: 60 }).map((steps) => steps * 1_500),
      lasts: fc.constantFrom(0, 20_000, 300_000, 1_400_000),
    })
    .map(({ kind, place, broadcast, after, lasts }): Intervention[] => {
      const at = 200_000 + broadcast * 500_000 + after;
      const target = targetFor(kind, place);
      const end = ENDS[kind] ?? 'restart';
      const begun = { at: instant(at), kind, target };
      return lasts === 0 ? [begun] : [begun, { at: instant(at + lasts), kind: end, target }];
    }),
  { maxLength: 6 },
);

function targetFor(kind: InterventionKind, place: number): string {
  // Few servers, so that one has several faults at a time.
  const server = `server-${1 + (place % 2)}`;
  if (kind === 'disconnect') return place === 0 ? 'A' : `C${place}`;
  if (kind === 'cut') return place % 3 === 0 ? `C${place + 1}-balancer` : `${server}-backplane`;
  if (kind === 'crash' && place % 7 === 0) return place === 7 ? 'balancer' : 'backplane';
  return server;
}

const specs = fc.record({ parameters, faults, seed: fc.nat(1_000) }).map((drawn): RunSpec => {
  const interventions = drawn.faults.flat().sort((one, other) => one.at - other.at);
  const { parameters: values, seed } = drawn;
  return { scenarioId: 'scale-sockets', parameters: values, seed, interventions };
});

const timesOf = (run: Run): number[] => [...stepInstants(run.index), run.horizon];

test('sent = delivered + waiting + in flight + missed at every instant', () => {
  fc.assert(
    fc.property(specs, (spec) => {
      const run = runScenario(spec);
      for (const time of timesOf(run)) {
        const { sent, delivered, waiting, inFlight, missed } = ledgerAt(
          run.index,
          'websocket',
          time,
        );
        expect(delivered + waiting + inFlight + missed).toBe(sent);
        expect(Math.min(delivered, waiting, inFlight, missed)).toBeGreaterThanOrEqual(0);
      }
    }),
    settings,
  );
});

test('a recount of every copy from the entries says the same', () => {
  fc.assert(
    fc.property(specs, fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), (spec, picks) => {
      const run = runScenario(spec);
      const times = timesOf(run);
      for (const time of [...picks.map((pick) => times[pick % times.length]), run.horizon]) {
        const copies = naiveCopies(run.index.trace, 'websocket', time as number);
        const inState = (state: string) => copies.filter((copy) => copy.state === state).length;
        expect({ time, ...ledgerAt(run.index, 'websocket', time as number) }).toMatchObject({
          time,
          sent: copies.length,
          delivered: inState('delivered'),
          waiting: inState('waiting'),
          inFlight: inState('inFlight'),
          missed: inState('missed'),
        });
      }
    }),
    settings,
  );
});

test('every missed copy is listed with a cause, and nobody misses what reached them', () => {
  fc.assert(
    fc.property(specs, (spec) => {
      const { index, horizon } = runScenario(spec);
      const misses = missesAt(index, 'websocket', horizon, 1_000_000);
      expect(misses).toHaveLength(ledgerAt(index, 'websocket', horizon).missed);
      if (spec.parameters['backplane'] !== 'none') {
        expect(misses.map(({ cause }) => cause)).not.toContain('not on that server');
      }
    }),
    settings,
  );
});

test('once all is mended and quiet, nothing is on its way and nothing waits', () => {
  fc.assert(
    fc.property(specs, (spec) => {
      const quiet = instant(6_290_000);
      const mended = spec.interventions.flatMap(({ kind, target }): Intervention[] => {
        const end = ENDS[kind] ?? (kind === 'shutdown' ? 'restart' : undefined);
        return end ? [{ at: quiet, kind: end, target }] : [];
      });
      const interventions = [...spec.interventions, ...mended].filter(({ at }) => at <= quiet);
      const { index, horizon } = runScenario({ ...spec, interventions });
      expect(ledgerAt(index, 'websocket', horizon)).toMatchObject({ inFlight: 0, waiting: 0 });
    }),
    settings,
  );
});

const linkFaults = fc.array(
  fc.record({
    server: fc.integer({ min: 1, max: 4 }),
    from: fc.integer({ min: 300, max: 4_000 }),
    lasts: fc.integer({ min: 1, max: 2_000 }),
  }),
  { minLength: 1, maxLength: 4 },
);

test('on a topic, cuts between servers and backplane lose nothing once they are mended', () => {
  fc.assert(
    fc.property(linkFaults, fc.nat(1_000), (cuts, seed) => {
      const interventions = cuts
        .flatMap(({ server, from, lasts }): Intervention[] => {
          const target = `server-${server}-backplane`;
          return [
            { at: instant(from * 1_000), kind: 'cut', target },
            { at: instant((from + lasts) * 1_000), kind: 'restore', target },
          ];
        })
        .sort((one, other) => one.at - other.at);
      const values = { backplane: 'kafka', clients: 8 };
      const spec = { scenarioId: 'scale-sockets', parameters: values, seed, interventions };
      const { index, horizon } = runScenario(spec);
      const { missed, delivered, sent, duplicated } = ledgerAt(index, 'websocket', horizon);
      expect({ missed, delivered, duplicated }).toEqual({
        missed: 0,
        delivered: sent,
        duplicated: 0,
      });
    }),
    settings,
  );
});
