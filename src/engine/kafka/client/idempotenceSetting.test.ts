// Which settings allow for an idempotent producer.

import { expect, test } from 'vitest';
import { type IdempotenceRelevant, idempotenceOf } from './idempotenceSetting';

const defaults: IdempotenceRelevant = {
  acks: 'all',
  retries: 2_147_483_647,
  maxInFlight: 5,
  enableIdempotence: null,
};

test.each<[string, Partial<IdempotenceRelevant>, string]>([
  ['by default', {}, 'on'],
  ['asked for', { enableIdempotence: true }, 'on'],
  ['declined', { enableIdempotence: false, acks: '0', maxInFlight: 9 }, 'off'],
  ['by default, with acks 1', { acks: '1' }, 'off'],
  ['asked for, with acks 1', { acks: '1', enableIdempotence: true }, 'ConfigException'],
  ['by default, without retries', { retries: 0 }, 'off'],
  ['asked for, without retries', { retries: 0, enableIdempotence: true }, 'ConfigException'],
  ['by default, with six in flight', { maxInFlight: 6 }, 'ConfigException'],
])('%s: %o makes it %s', (_, settings, idempotence) => {
  expect(idempotenceOf({ ...defaults, ...settings })).toBe(idempotence);
});
