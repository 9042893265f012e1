// Fetched records on their way through poll() to the program.

import { expect, test } from 'vitest';
import type { FetchedRecords } from '../../wire/requests';
import { FetchBuffer } from './fetchBuffer';

/** Records whose messages are a hundred times their partition plus their offset. */
function records(partition: number, offsets: number[], nextOffset: number): FetchedRecords {
  const messages = offsets.map((offset) => partition * 100 + offset);
  const fromOffset = offsets[0] ?? nextOffset;
  return { partition, messages, offsets, fromOffset, nextOffset, highWatermark: nextOffset };
}

function polling() {
  const buffer = new FetchBuffer();
  const positions: Record<number, number> = {};
  const skips: [number, number][] = [];
  const poll = (most: number) =>
    buffer.poll(most, {
      moved: (partition, position) => {
        positions[partition] = position;
      },
      skipped: (partition, position) => skips.push([partition, position]),
    });
  /** Where the reader stands after each record that it takes. */
  const stands: number[] = [];
  const takeAll = () => {
    const taken: number[] = [];
    for (let record = buffer.take(); record; record = buffer.take()) {
      taken.push(record.message);
      stands.push(record.after);
    }
    return taken;
  };
  return { buffer, positions, skips, stands, poll, takeAll };
}

test('a poll returns what it may, and the position is that of the next record', () => {
  const { buffer, positions, poll, takeAll } = polling();
  buffer.add(records(0, [0, 1, 4], 5), 0);
  buffer.add(records(1, [7], 9), 0);
  expect([poll(2), positions, takeAll()]).toEqual([2, { 0: 4 }, [0, 1]]);
  expect([poll(10), positions, takeAll()]).toEqual([2, { 0: 5, 1: 9 }, [4, 107]]);
  expect(buffer.unpolled).toBe(0);
});

test('an answer without records still moves the position past its holes, once', () => {
  const { buffer, positions, poll } = polling();
  buffer.add(records(0, [], 3), 0);
  buffer.add(records(0, [3], 4), 3);
  expect([poll(10), positions]).toEqual([1, { 0: 4 }]);
  expect([poll(10), positions]).toEqual([0, { 0: 4 }]);
});

test('after the last record of an answer its reader stands past what follows it', () => {
  const { buffer, stands, skips, poll, takeAll } = polling();
  buffer.add(records(0, [0, 3, 4], 7), 0);
  poll(2);
  takeAll();
  poll(2);
  takeAll();
  // Past 3 the poll had not come to the end of the answer: what follows 4 is no record.
  expect([stands, skips]).toEqual([[1, 4, 7], []]);
});

test('an answer without records moves the reader at once, or with the record before it', () => {
  const { buffer, stands, skips, poll, takeAll } = polling();
  buffer.add(records(0, [], 3), 0);
  poll(10);
  expect(skips).toEqual([[0, 3]]);
  buffer.add(records(0, [3], 4), 3);
  buffer.add(records(0, [], 6), 4);
  buffer.add(records(1, [], 2), 0);
  poll(10);
  takeAll();
  expect([stands, skips]).toEqual([
    [6],
    [
      [0, 3],
      [1, 2],
    ],
  ]);
});

test('what is below the asked offset has been here before', () => {
  const { buffer, poll, takeAll } = polling();
  buffer.add(records(0, [0, 1, 2], 3), 2);
  expect([poll(10), takeAll()]).toEqual([1, [2]]);
});

test('of a partition that is given up nothing is polled any more; the poll under way goes on', () => {
  const { buffer, poll, takeAll } = polling();
  buffer.add(records(0, [0, 1, 2], 3), 0);
  buffer.add(records(1, [5], 6), 0);
  poll(1);
  buffer.drop(0);
  expect(buffer.unpolled).toBe(1);
  expect(takeAll()).toEqual([0]);
  expect([poll(10), takeAll()]).toEqual([1, [105]]);
});

test('an abandoned poll hands nothing out, and says where it began', () => {
  const { buffer, poll, takeAll } = polling();
  buffer.add(records(0, [0, 1, 2], 3), 0);
  buffer.add(records(1, [5], 6), 5);
  poll(2);
  buffer.take();
  poll(2);
  expect([...buffer.abandonPoll()]).toEqual([
    [0, 1],
    [1, 5],
  ]);
  expect(takeAll()).toEqual([]);
});

test('a reader that goes on elsewhere is still handed what lies before', () => {
  const { buffer, positions, poll, takeAll } = polling();
  buffer.add(records(0, [0, 1, 2], 5), 0);
  buffer.add(records(1, [0], 1), 0);
  buffer.drop(0, 2);
  expect(buffer.unpolled).toBe(3);
  expect([poll(10), takeAll(), positions]).toEqual([3, [0, 1, 100], { 0: 2, 1: 1 }]);
  buffer.add(records(0, [7], 8), 7);
  buffer.drop(0);
  expect([buffer.unpolled, poll(10)]).toEqual([0, 0]);
});
