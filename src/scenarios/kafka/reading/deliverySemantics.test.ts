// How often an order has its effect, an invoice that Cy gets, when the service that makes it dies:
// at least once, at most once, or once.

import { describe, expect, test } from 'vitest';
import { ledgerAt, missesAt } from '../../../engine/index';
import type { Run } from '../../runScenario';
import { heardBy, runOf, storyOf } from '../../testing/runOf';

const ORDERS = 22;
const CRASH = 3_400;
const RESTART = 5_400;
const BEFORE = { commit: 'before' };
const ONCE = { transactions: 'on' };

/** By order: its invoices that Cy got. */
function invoicesPerOrder(run: Run): number[] {
  const { replyTo, number } = run.index.trace.messages;
  const counts = Array.from({ length: ORDERS }, () => 0);
  for (const { what, who, message } of storyOf(run, 'kafka')) {
    if (what !== 'delivered' || who !== 'C') continue;
    const order = number[replyTo[message] as number] as number;
    counts[order] = (counts[order] ?? 0) + 1;
  }
  return counts;
}

const times = (run: Run, often: number): number =>
  invoicesPerOrder(run).filter((count) => count === often).length;

describe('committed after the work', () => {
  const run = runOf('delivery-semantics');

  test('every order has its effect at least once, and what was not committed has it twice', () => {
    expect(times(run, 0)).toBe(0);
    expect(times(run, 2)).toBeGreaterThan(0);
    expect(times(run, 1) + times(run, 2)).toBe(ORDERS);
  });

  test('an order is done twice because its reader begins where it had committed', () => {
    const committed = storyOf(run, 'kafka').filter(({ what, who, ms }) => {
      return what === 'committed' && who === 'B' && ms < RESTART;
    });
    const begins = storyOf(run, 'kafka').find(({ what, who, ms }) => {
      return what === 'assigned' && who === 'B' && ms > RESTART;
    });
    expect(begins?.value).toBe(committed.at(-1)?.value);
    const { duplicated } = ledgerAt(run.index, 'kafka', run.horizon);
    expect(duplicated).toBeGreaterThan(0);
  });

  test('the fewer orders a poll returns, the fewer are done again', () => {
    const careful = runOf('delivery-semantics', { 'max.poll.records': 1 });
    expect(times(careful, 2)).toBeLessThan(times(run, 2));
  });
});

describe('committed before the work', () => {
  const run = runOf('delivery-semantics', BEFORE);

  test('every order has its effect at most once, and what was begun late has none', () => {
    expect(times(run, 2)).toBe(0);
    expect(times(run, 0)).toBeGreaterThan(0);
    expect(times(run, 0) + times(run, 1)).toBe(ORDERS);
    expect(ledgerAt(run.index, 'kafka', run.horizon).duplicated).toBe(0);
  });

  test('nobody reads again what was committed and not worked on', () => {
    const { nodes } = run.index.trace.legend;
    const missed = missesAt(run.index, 'kafka', run.horizon, ORDERS);
    const orders = missed.filter(({ reader }) => nodes[reader]?.id === 'billing');
    expect(orders.length).toBeGreaterThan(0);
    expect(new Set(orders.map(({ cause }) => cause))).toEqual(new Set(['reset past it']));
  });
});

describe('committed with the work, in a transaction', () => {
  test.each([{}, { 'max.poll.records': 1 }])('every order has its effect once, with %o', (set) => {
    const run = runOf('delivery-semantics', { ...ONCE, ...set });
    expect(times(run, 1)).toBe(ORDERS);
  });

  test('the work itself may be done twice: what is undone is what it wrote', () => {
    const run = runOf('delivery-semantics', ONCE);
    const worked = storyOf(run, 'kafka').filter(
      ({ what, who }) => what === 'worked' && who === 'B',
    );
    expect(worked.length).toBeGreaterThan(ORDERS);
  });

  test('at whatever moment of a transaction it dies', () => {
    // The session ends soon, so that the orders come again before the scene is over.
    const set = { ...ONCE, 'session.timeout.ms': 1_500_000, 'heartbeat.interval.ms': 500_000 };
    const story = storyOf(runOf('delivery-semantics', set), 'kafka');
    const began = story.findLast(({ what }) => what === 'transactionBegan')?.ms ?? Number.NaN;
    const ended = story.findLast(({ what }) => what === 'transactionEnded')?.ms ?? Number.NaN;
    expect(began).toBeGreaterThan(RESTART);
    const instants = Array.from({ length: 12 }, (_, place) => {
      return Math.round(began + ((ended + 20 - began) * place) / 11);
    });
    for (const ms of instants) {
      const acts = [`${ms} crash B`, `${ms + 50} restart B`];
      const counts = invoicesPerOrder(runOf('delivery-semantics', set, acts));
      expect({ ms, wrong: counts.filter((count) => count !== 1) }).toEqual({ ms, wrong: [] });
    }
  });
});

test('without a crash each of the three has one effect', () => {
  for (const set of [{}, BEFORE, ONCE]) {
    const run = runOf('delivery-semantics', set);
    const early = storyOf(run, 'kafka').filter(({ what, who, ms }) => {
      return what === 'delivered' && who === 'C' && ms < CRASH - 300;
    });
    expect(new Set(early.map(({ said }) => said)).size).toBe(early.length);
    expect(early.length).toBeGreaterThan(3);
  }
});

test('WebSocket knows no second try: at most once, and never for what came meanwhile', () => {
  const run = runOf('delivery-semantics');
  const heard = heardBy(run, 'websocket', 'C');
  expect(new Set(heard).size).toBe(heard.length);
  expect(heard.length).toBeLessThan(ORDERS);
});
