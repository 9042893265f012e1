// Single cases of transactions in one log; their vectors are read in producerStates.test.ts.

import { expect, test } from 'vitest';
import { OpenTransactions } from './openTransactions';

test('a transaction begins at its first batch; the later ones move nothing', () => {
  const log = new OpenTransactions();
  log.begin(1, 5);
  log.begin(1, 9);
  expect(log.lastStableOffset(20)).toBe(5);
});

test('a marker without a transaction, or sent again, changes nothing', () => {
  const log = new OpenTransactions();
  log.end(1, 3, 'abort');
  log.begin(1, 5);
  log.end(1, 8, 'commit');
  log.end(1, 9, 'abort');
  expect(log.lastStableOffset(20)).toBe(20);
  expect(log.abortedIn(0, 20)).toEqual([]);
});

test('a marker at the high watermark is not replicated yet', () => {
  const log = new OpenTransactions();
  log.begin(1, 5);
  log.end(1, 8, 'commit');
  expect([log.lastStableOffset(8), log.lastStableOffset(9)]).toEqual([5, 9]);
});

test('an aborted transaction is told to whoever reads any part of it, and to nobody else', () => {
  const log = new OpenTransactions();
  log.begin(1, 5);
  log.begin(2, 6);
  log.end(2, 8, 'commit');
  log.end(1, 10, 'abort');
  const aborted = [{ producerId: 1, firstOffset: 5, markerOffset: 10 }];
  expect([log.abortedIn(0, 6), log.abortedIn(10, 12)]).toEqual([aborted, aborted]);
  expect([log.abortedIn(0, 5), log.abortedIn(11, 12)]).toEqual([[], []]);
});

test('a log start above an open transaction is the least that a reader may have', () => {
  const log = new OpenTransactions();
  log.begin(1, 5);
  log.advanceLogStart(9);
  expect([log.lastStableOffset(20), log.lastStableOffset(7)]).toEqual([9, 7]);
});

test('transactions begin in the order of the log', () => {
  const log = new OpenTransactions();
  log.begin(1, 5);
  expect(() => log.begin(2, 5)).toThrow('transaction at 5 after one at 5');
});
