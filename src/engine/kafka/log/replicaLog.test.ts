// What a replica's log knows after it was copied, cut and led by another.
import { expect, test } from 'vitest';
import { instant, milliseconds } from '../../kernel/simTime';
import type { RecordBatch } from '../wire/requests';
import { ReplicaLog } from './replicaLog';

const settings = { segmentBytes: 300, segmentTime: milliseconds(1_000) };
const newLog = () => new ReplicaLog(settings, [2]);

const batch = (baseSequence: number, messages: readonly number[], key = -1): RecordBatch => ({
  partition: 0,
  producerId: 4,
  producerEpoch: 0,
  baseSequence,
  isTransactional: false,
  records: messages.map((message) => ({ message, payloadBytes: 64, key, isTombstone: false })),
  bytes: 0,
});

const at = (time: number, leaderEpoch = 0) => ({ leaderEpoch, now: instant(time) });

test('a copy knows its producers as the original does', () => {
  const [leader, follower] = [newLog(), newLog()];
  leader.append(batch(0, [1, 2]), at(0));
  leader.append(batch(2, [3]), at(1));
  follower.copyFrom(leader, 2);
  expect(follower.check(batch(0, [1, 2]))).toEqual({
    outcome: 'duplicate',
    baseOffset: 0,
    lastOffset: 1,
  });
  expect(follower.check(batch(2, [3])).outcome).toBe('append');
  follower.copyFrom(leader, 3);
  expect(follower.check(batch(2, [3])).outcome).toBe('duplicate');
});

test('what was cut off never happened', () => {
  const [old, fresh] = [newLog(), newLog()];
  old.append(batch(0, [1]), at(0));
  fresh.copyFrom(old, 1);
  old.append(batch(1, [2]), at(1));
  expect(old.check(batch(1, [2])).outcome).toBe('duplicate');
  fresh.append(batch(1, [3]), at(2, 1));
  old.truncateTo(1);
  expect(old.check(batch(1, [2])).outcome).toBe('append');
  old.copyFrom(fresh, 2);
  expect([old.records.messageAt(1), old.lastEpoch, old.epochs.latest]).toEqual([3, 1, 1]);
  expect(old.epochs.endOf(0, old.logEnd)).toEqual({ epoch: 0, endOffset: 1 });
});

test('transactions are known from the copy as well, and open again after a cut', () => {
  const [leader, follower] = [newLog(), newLog()];
  leader.append({ ...batch(0, [1]), isTransactional: true }, at(0));
  leader.append(batch(1, [2]), at(0));
  leader.appendMarker({ producerId: 4, producerEpoch: 0, outcome: 'abort' }, at(1));
  follower.copyFrom(leader, 3);
  expect(follower.lastStableOffset(3)).toBe(3);
  expect(follower.abortedIn(0, 3)).toMatchObject([{ firstOffset: 0, markerOffset: 2 }]);
  follower.truncateTo(2);
  expect(follower.lastStableOffset(2)).toBe(0);
  expect(follower.abortedIn(0, 2)).toEqual([]);
});

test('segments follow from the records, whole batches each, also after a cut', () => {
  const log = newLog();
  for (let sequence = 0; sequence < 6; sequence += 2) {
    log.append(batch(sequence, [sequence, sequence + 1], 0), at(0));
  }
  // 61 for the batch's header; 73 for each record, and 2 for its key.
  expect(log.records.sizeAt(0) + log.records.sizeAt(1)).toBe(61 + 2 * (73 + 2));
  expect(log.segments().all.map(({ baseOffset }) => baseOffset)).toEqual([0, 2, 4]);
  log.truncateTo(4);
  log.append(batch(4, [9]), at(5));
  expect(log.segments().all).toMatchObject([
    { baseOffset: 0 },
    { baseOffset: 2 },
    { baseOffset: 4, newestTimestamp: 5 },
  ]);
});
