// Sizes on the wire: what does not depend on contents, and what grows with them.

import { expect, test } from 'vitest';
import { recordBatchBytes, recordBytes } from './recordBatch';
import { requestBytes } from './requestBytes';
import type { RecordBatch } from './requests';
import { fetchedPartitionBytes, responseBytes } from './responseBytes';

const batch: RecordBatch = {
  partition: 0,
  producerId: 1,
  producerEpoch: 0,
  baseSequence: 0,
  isTransactional: false,
  records: [],
  bytes: 500,
};

test('a record takes its payload, its key and seven bytes or a few more', () => {
  expect(recordBytes(10, 0)).toBe(10 + 7);
  // Payload length and record length need two bytes from 64 on, the offset in the batch as well.
  expect(recordBytes(64, 0)).toBe(64 + 9);
  expect(recordBytes(64, 64)).toBe(64 + 10);
  expect(recordBytes(10, 0, 5)).toBe(10 + 7 + 5);
  expect(recordBatchBytes([10, 10])).toBe(61 + 2 * 17);
});

test('a produce request has one header for the batches of all partitions', () => {
  const one = requestBytes({ api: 'produce', acks: 'all', batches: [batch] });
  const two = requestBytes({ api: 'produce', acks: 'all', batches: [batch, batch] });
  expect([one, two - one]).toEqual([46 + 500, 16 + 500]);
});

test('a fetch says where to read, partition by partition, once in a session', () => {
  const fetch = {
    api: 'fetch',
    maxWait: 0,
    minBytes: 1,
    isolation: 'read_committed',
    round: 0,
  } as const;
  const at = (partition: number) => ({ partition, offset: 0 });
  const three = requestBytes({ ...fetch, from: [at(0), at(1), at(2)] });
  expect(three - requestBytes({ ...fetch, from: null })).toBe(2 * 38);
});

test('an answer grows with what it speaks of', () => {
  const result = { batch, error: 'NONE', baseOffset: 0, leader: -1 } as const;
  expect(responseBytes({ api: 'produced', results: [result] })).toBe(55);
  const offsets = new Map([[0, 1]]);
  const some = responseBytes({ api: 'offsetsAnswer', error: 'NONE', offsets });
  const none = responseBytes({ api: 'offsetsAnswer', error: 'NONE', offsets: new Map() });
  expect(some).toBeGreaterThan(none);
  expect(fetchedPartitionBytes(100)).toBe(150);
});
