// Random clusters with random work under random faults: what holds whatever happens, read from the
// trace entry by entry, and the index held against a recount.

import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import {
  assert,
  EntryKind,
  indexTrace,
  instant,
  ledgerAt,
  microseconds,
  seconds,
  simulate,
  stepInstants,
} from '../../engine/index';
import { naiveCopies } from '../testing/naiveLedger';
import { columnsOf, rowsOf } from '../testing/traceColumns';
import { notAnsweredOnce } from './answers';
import { type DrawnCluster, drawnCluster } from './drawnCluster';
import { mustBeWell } from './healed';
import { missesAreTrue } from './missCauses';
import { NUMBER_OF_RUNS, PATIENCE, RUN_SETTINGS } from './numberOfRuns';
import { type TracedRun, tracedRun } from './tracedRun';

vi.setConfig({ testTimeout: PATIENCE });

const numbers = fc.array(fc.nat(), { minLength: 1, maxLength: 260, size: 'max' });
const some = { ...RUN_SETTINGS, numRuns: Math.ceil(NUMBER_OF_RUNS / 20) };

test('every entry is one that logs, producers, groups and readers can come to', () => {
  fc.assert(
    fc.property(numbers, (drawn) => {
      const cluster = drawnCluster(drawn);
      const run = tracedRun(cluster);
      if (isClean(run)) keepsPromises(run, cluster);
      if (cluster.heals) mustBeWell(run, cluster);
      balances(run, cluster, drawn);
    }),
    RUN_SETTINGS,
  );
});

const isClean = ({ logs }: TracedRun): boolean =>
  logs.partitions.every(({ wasUnclean }) => !wasUnclean);

/** What is promised as long as no election was unclean. */
function keepsPromises(run: TracedRun, { scene }: DrawnCluster): void {
  const { producers, groups } = run;
  const { acks, enableIdempotence, retries, enableAutoCommit, commit } = scene.settings;
  const isIdempotent = acks === 'all' && enableIdempotence === 'on' && retries > 0;
  if (isIdempotent) expect(producers).toMatchObject({ twice: [], late: [] });
  const isAtMostOnce = enableAutoCommit === 'off' && commit === 'before';
  if (isAtMostOnce) expect(groups.duplicates).toBe(0);
  expect(notAnsweredOnce(run)).toEqual([]);
}

/** The ledger balances at every instant, and is at some what a recount of every copy gives. */
function balances({ trace }: TracedRun, { scene }: DrawnCluster, drawn: readonly number[]): void {
  const index = indexTrace(trace);
  const instants = [...stepInstants(index), scene.horizon];
  const { time: times, count: entries } = trace.entries;
  for (const time of new Set([...times.subarray(0, entries), scene.horizon])) {
    const { sent, delivered, waiting, inFlight, missed } = ledgerAt(index, 'kafka', instant(time));
    assert(delivered + waiting + inFlight + missed === sent, 'every copy is in one state');
  }
  const picks = drawn.slice(0, 2).map((pick) => instants[pick % instants.length] as number);
  for (const time of [...picks, scene.horizon]) {
    const copies = naiveCopies(trace, 'kafka', time);
    const count = (state: string) => copies.filter((copy) => copy.state === state).length;
    const again = copies.map(({ deliveries }) => Math.max(0, deliveries - 1));
    expect({ time, ...ledgerAt(index, 'kafka', time) }).toMatchObject({
      time,
      sent: copies.length,
      delivered: count('delivered'),
      waiting: count('waiting'),
      inFlight: count('inFlight'),
      missed: count('missed'),
      duplicated: again.reduce((sum, each) => sum + each, 0),
    });
  }
  missesAreTrue(index, scene.horizon);
}

test('acks=all, a minimum of two, three replicas, one broker at a time: nothing is lost', () => {
  const presupposed = {
    replicationFactor: 3,
    oneBrokerAtATime: true,
    settings: { acks: 'all', minInsyncReplicas: 2, uncleanLeaderElection: 'off' },
  } as const;
  fc.assert(
    fc.property(numbers, fc.integer({ min: 3, max: 6 }), (drawn, brokers) => {
      const { producers } = tracedRun(drawnCluster(drawn, { ...presupposed, brokers }));
      expect([producers.lost, producers.outOfReach]).toEqual([[], []]);
    }),
    RUN_SETTINGS,
  );
});

test('idempotence, five in flight, leaders that come and go: nothing twice, nothing late', () => {
  const presupposed = {
    brokers: 3,
    replicationFactor: 3,
    faults: [
      'broker stall',
      'broker shutdown',
      'broker isolate from brokers',
      'broker fillDisk',
      'client drop ack',
    ],
    settings: {
      acks: 'all',
      enableIdempotence: 'on',
      maxInFlight: 5,
      retries: 2_147_483_647,
      deliveryTimeout: seconds(60),
      minInsyncReplicas: 2,
      uncleanLeaderElection: 'off',
      // Each record leaves for itself, and waits for its turn.
      batchSize: 1,
      linger: microseconds(0),
      append: microseconds(2_000),
    },
  } as const;
  fc.assert(
    fc.property(numbers, (drawn) => {
      const { producers } = tracedRun(drawnCluster(drawn, presupposed));
      expect(producers).toMatchObject({ twice: [], late: [], lost: [] });
    }),
    { ...RUN_SETTINGS, numRuns: Math.ceil(NUMBER_OF_RUNS / 2) },
  );
});

test('the same cluster gives the same trace, and an act leaves what was before it', () => {
  fc.assert(
    fc.property(numbers, fc.nat(), (drawn, pick) => {
      const { scene, seed } = drawnCluster(drawn);
      const trace = simulate(scene, seed, []);
      expect(columnsOf(simulate(scene, seed, []))).toEqual(columnsOf(trace));
      const rows = rowsOf(trace);
      const at = instant(Math.max(0, rows[pick % rows.length]?.time ?? 0));
      const target = `broker-${1 + (pick % scene.kafka.brokers)}`;
      const after = simulate(scene, seed, [{ at, kind: 'crash', target }]);
      const prefix = rows.filter(({ time }) => time <= at).length;
      expect(columnsOf(after, prefix)).toEqual(columnsOf(trace, prefix));
      expect(after.entries.kind[prefix]).toBe(EntryKind.Intervened);
    }),
    some,
  );
});
