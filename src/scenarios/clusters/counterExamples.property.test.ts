// Each promise switched off: a schedule of faults that breaks it is found.

import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { drawnCluster, type Presupposition } from './drawnCluster';
import { unreadCount } from './healed';
import { PATIENCE } from './numberOfRuns';
import { type TracedRun, tracedRun } from './tracedRun';

vi.setConfig({ testTimeout: PATIENCE });

const numbers = fc.array(fc.nat(), { minLength: 1, maxLength: 260, size: 'max' });
/** Tries until one is found. */
const settings = { seed: 20_261_121, numRuns: 4_000, endOnFailure: true } as const;

/** The first drawn run that breaks a promise; null if none does. */
function findBreach(presupposed: Presupposition, breaks: (run: TracedRun) => boolean) {
  let breach: TracedRun | null = null;
  const property = fc.property(numbers, (drawn) => {
    const run = tracedRun(drawnCluster(drawn, presupposed));
    if (breach === null && breaks(run)) breach = run;
    return breach === null;
  });
  const { errorInstance } = fc.check(property, settings);
  // A run that could not be read at all is no example of anything.
  if (breach === null && errorInstance !== null) throw errorInstance;
  return breach as TracedRun | null;
}

const SAFE = { acks: 'all', minInsyncReplicas: 2, uncleanLeaderElection: 'off' } as const;
const NUMBERED = { enableIdempotence: 'on', maxInFlight: 5, retries: 2_147_483_647 } as const;
const loses = ({ producers }: TracedRun) => producers.lost.length > 0;

describe('a record that was acknowledged is lost', () => {
  test.each<[string, Presupposition]>([
    [
      'with acks=1',
      {
        replicationFactor: 3,
        brokers: 3,
        settings: { ...SAFE, acks: '1' },
        oneBrokerAtATime: true,
      },
    ],
    [
      'with unclean election, when more than one broker dies',
      {
        replicationFactor: 3,
        brokers: 3,
        settings: { ...SAFE, minInsyncReplicas: 1, uncleanLeaderElection: 'on' },
        faults: ['broker crash', 'broker isolate from brokers'],
      },
    ],
  ])('%s', (_, presupposed) => {
    const { producers, logs } = findBreach(presupposed, loses) as TracedRun;
    const [message] = producers.lost as [number];
    const place = producers.acknowledged.get(message) as number;
    expect(logs.partitions[place]?.log).not.toContain(message);
  });

  test('with one replica, as long as its broker is down', () => {
    const presupposed = { replicationFactor: 1, settings: SAFE };
    const isGone = ({ producers }: TracedRun) => producers.outOfReach.length > 0;
    expect(findBreach(presupposed, isGone)).not.toBeNull();
  });
});

describe('without idempotence and with five in flight', () => {
  const presupposed: Presupposition = {
    replicationFactor: 3,
    settings: { ...SAFE, enableIdempotence: 'off', maxInFlight: 5, retries: 2_147_483_647 },
  };
  test('some schedule writes a record twice', () => {
    const isTwice = ({ producers }: TracedRun) => producers.twice.length > 0;
    expect(findBreach(presupposed, isTwice)).not.toBeNull();
  });
  test('some schedule writes a record after a later one', () => {
    const isLate = ({ producers }: TracedRun) => producers.late.length > 0;
    expect(findBreach(presupposed, isLate)).not.toBeNull();
  });
});

test('with idempotence, only what no leader has taken a number of before may be overtaken', () => {
  const presupposed: Presupposition = { replicationFactor: 3, settings: { ...SAFE, ...NUMBERED } };
  const isOvertaken = ({ producers }: TracedRun) => producers.overtaken.length > 0;
  const { producers } = findBreach(presupposed, isOvertaken) as TracedRun;
  expect([producers.twice, producers.late]).toEqual([[], []]);
});

describe('where the commit is placed', () => {
  const placed = (commit: 'before' | 'after'): Presupposition => ({
    heals: true,
    settings: { ...SAFE, enableAutoCommit: 'off', commit, autoOffsetReset: 'earliest' },
  });
  test('before the work, a record is missed though its log has it and its group lives', () => {
    expect(findBreach(placed('before'), (run) => unreadCount(run) > 0)).not.toBeNull();
  });
  test('after the work, a record is handed over twice', () => {
    expect(findBreach(placed('after'), ({ groups }) => groups.duplicates > 0)).not.toBeNull();
  });
});

test('a member that stalls may read on what the coordinator has given to another', () => {
  const presupposed: Presupposition = { faults: ['client stall', 'client cut'] };
  expect(findBreach(presupposed, ({ groups }) => groups.zombies > 0)).not.toBeNull();
});
