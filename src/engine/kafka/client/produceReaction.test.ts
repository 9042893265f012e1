// What a producer does with its answers.

import { expect, test } from 'vitest';
import { type ReturnedBatch, reactionTo } from './produceReaction';

const limits = { retries: 2, deliveryTimeout: 1_000 };

const returned = (batch: Partial<ReturnedBatch>) =>
  reactionTo({ error: 'NONE', records: 3, attempts: 0, age: 0, ...batch }, limits);

test.each<[Partial<ReturnedBatch>, string]>([
  [{}, 'done'],
  [{ error: 'DUPLICATE_SEQUENCE_NUMBER' }, 'done'],
  [{ error: 'NOT_LEADER_OR_FOLLOWER' }, 'retry'],
  [{ error: 'NOT_ENOUGH_REPLICAS', attempts: 1 }, 'retry'],
  [{ error: 'NOT_ENOUGH_REPLICAS', attempts: 2 }, 'fail'],
  [{ error: 'REQUEST_TIMED_OUT', age: 999 }, 'retry'],
  [{ error: 'REQUEST_TIMED_OUT', age: 1_000 }, 'fail'],
  [{ error: 'INVALID_REQUIRED_ACKS' }, 'fail'],
  [{ error: 'MESSAGE_TOO_LARGE', attempts: 2 }, 'split'],
  [{ error: 'MESSAGE_TOO_LARGE', records: 1 }, 'fail'],
])('%o: %s', (batch, reaction) => {
  expect(returned(batch)).toBe(reaction);
});
