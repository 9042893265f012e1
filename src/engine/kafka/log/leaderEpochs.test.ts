// Where epochs begin and end in one log.

import { describe, expect, test } from 'vitest';
import { LeaderEpochs } from './leaderEpochs';

function epochsOf(...entries: readonly [epoch: number, startOffset: number][]): LeaderEpochs {
  const epochs = new LeaderEpochs();
  for (const [epoch, startOffset] of entries) epochs.assign(epoch, startOffset);
  return epochs;
}

/** All that it knows: the end of every epoch up to the latest, in a log that ends at 20. */
const ends = (epochs: LeaderEpochs) =>
  Array.from({ length: epochs.latest + 1 }, (_, epoch) => epochs.endOf(epoch, 20));

const unknown = { epoch: -1, endOffset: -1 };

test('an empty log has no epoch, and knows the end of none', () => {
  const epochs = epochsOf();
  expect(epochs.latest).toBe(-1);
  expect(epochs.endOf(0, 20)).toEqual(unknown);
  expect(epochs.endOf(-1, 20)).toEqual(unknown);
});

describe('the end of an epoch', () => {
  const epochs = epochsOf([1, 0], [3, 8], [4, 13]);

  test.each([
    ['is the start of the next one', 1, { epoch: 1, endOffset: 8 }],
    ['is the log end for the latest', 4, { epoch: 4, endOffset: 20 }],
    ['that was skipped is the end of the one before', 2, { epoch: 1, endOffset: 8 }],
    ['before the first one is where the log starts', 0, { epoch: 0, endOffset: 0 }],
    ['after the latest is unknown', 5, unknown],
    ['of no epoch is unknown', -1, unknown],
  ])('%s', (_, epoch, end) => {
    expect(epochs.endOf(epoch, 20)).toEqual(end);
  });
});

describe('assigning', () => {
  test('the latest epoch again has no effect', () => {
    const epochs = epochsOf([1, 0], [3, 8]);
    epochs.assign(3, 12);
    expect(ends(epochs)).toEqual(ends(epochsOf([1, 0], [3, 8])));
  });

  test('a newer epoch at the same offset replaces one that wrote nothing', () => {
    expect(ends(epochsOf([1, 0], [3, 8], [4, 8]))).toEqual(ends(epochsOf([1, 0], [4, 8])));
  });

  test('what was overwritten is forgotten', () => {
    expect(ends(epochsOf([1, 0], [3, 8], [5, 12], [4, 10]))).toEqual(
      ends(epochsOf([1, 0], [3, 8], [4, 10])),
    );
    expect(ends(epochsOf([1, 0], [5, 3], [4, 8]))).toEqual(ends(epochsOf([1, 0], [4, 8])));
  });
});

describe('truncating', () => {
  test('forgets the epochs that began at the cut or later', () => {
    const epochs = epochsOf([1, 0], [3, 8], [4, 13]);
    epochs.truncateTo(13);
    expect(epochs.latest).toBe(3);
    expect(epochs.endOf(3, 13)).toEqual({ epoch: 3, endOffset: 13 });
  });

  test('within an epoch leaves it', () => {
    const epochs = epochsOf([1, 0], [3, 8]);
    epochs.truncateTo(9);
    expect(epochs.latest).toBe(3);
  });

  test('to nothing forgets all', () => {
    const epochs = epochsOf([1, 0], [3, 8]);
    epochs.truncateTo(0);
    expect(epochs.latest).toBe(-1);
  });
});
