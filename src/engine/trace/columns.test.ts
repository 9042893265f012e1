// A table keeps its rows however it is told to grow, and takes no more room than it may need.

import { expect, test } from 'vitest';
import { Table } from './columns';

function filled(rows: number, progress: (row: number) => number) {
  const table = new Table({ place: Int32Array, time: Float64Array });
  for (let row = 0; row < rows; row += 1) {
    const added = table.addRow({ progress: progress(row) });
    table.columns.place[added] = row;
    table.columns.time[added] = row / 2;
  }
  return table;
}

test.each([
  ['nothing is over yet', () => 0],
  ['everything is over', () => 1],
  ['the run goes on as it began', (row: number) => row / 5_000],
])('rows stay as they were written when %s', (_, progress) => {
  const { count, place, time } = filled(5_000, progress).trimmed();
  expect(count).toBe(5_000);
  expect([...place]).toEqual(Array.from({ length: 5_000 }, (__, row) => row));
  expect([...time]).toEqual(Array.from({ length: 5_000 }, (__, row) => row / 2));
});

test('a run that goes on as it began ends with little room to spare', () => {
  const { columns } = filled(100_000, (row) => row / 100_000);
  expect(columns.place.length).toBeLessThan(106_000);
});
