// A ring of people: all of them on the stage, apart from each other, with a wire for each two.

import { describe, expect, test } from 'vitest';
import { runOf } from '../../../scenarios/testing/runOf';
import { layoutTopology } from '../topologyLayout';

const SIZES = [
  { width: 687, height: 400, captions: true },
  { width: 343, height: 144, captions: false },
];

describe.each([3, 4, 6, 10])('%i people', (count) => {
  const { index } = runOf('hub', { participants: count });

  test.each(SIZES)('have room of $width × $height, and a wire for each two', (size) => {
    const { seats, lanes } = layoutTopology(index, 'websocket', size);
    expect(seats).toHaveLength(count);
    for (const { x, y, radius } of seats) {
      expect(Math.min(x, y, size.width - x, size.height - y)).toBeGreaterThanOrEqual(radius);
    }
    for (const one of seats) {
      for (const other of seats.filter((candidate) => candidate !== one)) {
        const apart = Math.hypot(one.x - other.x, one.y - other.y);
        expect(apart).toBeGreaterThan(one.radius + other.radius);
      }
    }
    const ends = lanes.map(({ leftNode, rightNode }) => [leftNode, rightNode].sort().join());
    expect(new Set(ends).size).toBe((count * (count - 1)) / 2);
    expect(lanes.every(({ wire }) => wire !== null)).toBe(true);
  });
});

test('two people, or people around a relay, have lanes', () => {
  for (const run of [runOf('hub', { participants: 2 }), runOf('many-talk', { participants: 4 })]) {
    const { lanes } = layoutTopology(run.index, 'websocket', SIZES[0] as (typeof SIZES)[0]);
    expect(lanes.every(({ wire }) => wire === null)).toBe(true);
  }
});
