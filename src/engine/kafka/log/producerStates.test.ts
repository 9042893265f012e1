// What a log says to a producer's batches: the vectors, and what comes after a cut.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { OpenTransactions } from './openTransactions';
import { ProducerStates, type SequencedBatch, sequenceAfter } from './producerStates';

interface BatchFields {
  readonly epoch: number;
  readonly first: number;
  readonly last: number;
}

type Past =
  | (BatchFields & { readonly baseOffset?: number })
  | { readonly epoch: number; readonly marker: 'COMMIT' };

interface SequenceVector {
  readonly id: string;
  readonly kind?: undefined;
  readonly history: readonly Past[];
  readonly append: BatchFields & {
    readonly pid?: 'another';
    readonly origin?: 'REPLICATION';
    readonly transactional?: boolean;
    readonly transactionsV2?: boolean;
  };
  readonly expected: string | { readonly DUPLICATE: { readonly offsets: readonly number[] } };
}

interface StableVector {
  readonly id: string;
  readonly kind: 'lastStableOffset';
  readonly transactions: readonly {
    readonly pid: number;
    readonly first: number;
    readonly marker?: number;
  }[];
  readonly highWatermark: number;
  readonly expected: number;
}

/** The fields of each part: every one that is needed, then those that may be there. */
const FIELDS = {
  sequence: [
    ['id', 'history', 'append', 'expected'],
    ['note', 'source'],
  ],
  stable: [
    ['id', 'kind', 'transactions', 'highWatermark', 'expected'],
    ['note', 'source'],
  ],
  batch: [['epoch', 'first', 'last'], ['baseOffset']],
  marker: [['epoch', 'marker'], []],
  append: [
    ['epoch', 'first', 'last'],
    ['pid', 'origin', 'transactional', 'transactionsV2'],
  ],
  transaction: [['pid', 'first'], ['marker']],
} as const;

const path = new URL('../../vectors/idempotence-transactions.json', import.meta.url);
const file = JSON.parse(readFileSync(path, 'utf8')) as {
  readonly vectors: readonly (SequenceVector | StableVector)[];
};
const isStable = (vector: SequenceVector | StableVector): vector is StableVector =>
  vector.kind !== undefined;
const stable = file.vectors.filter(isStable);
const sequences = file.vectors.filter((vector) => !isStable(vector));

function expectFields(part: keyof typeof FIELDS, value: object): void {
  const [required, optional] = FIELDS[part];
  const fields = Object.keys(value);
  expect(fields, part).toEqual(expect.arrayContaining([...required]));
  expect([...required, ...optional], part).toEqual(expect.arrayContaining(fields));
}

test('the file holds vectors of both kinds, and no field or word that nobody measures', () => {
  expect([sequences.length, stable.length].every((count) => count > 0)).toBe(true);
  for (const vector of stable) {
    expectFields('stable', vector);
    expect(vector.kind).toBe('lastStableOffset');
    for (const transaction of vector.transactions) expectFields('transaction', transaction);
  }
  for (const vector of sequences) {
    expectFields('sequence', vector);
    expectFields('append', vector.append);
    expect([undefined, 'another']).toContain(vector.append.pid);
    expect([undefined, 'REPLICATION']).toContain(vector.append.origin);
    for (const past of vector.history) {
      expectFields('marker' in past ? 'marker' : 'batch', past);
      if ('marker' in past) expect(past.marker).toBe('COMMIT');
    }
  }
});

const ours = 1;
const another = 2;

function batch({ epoch, first, last }: BatchFields, rest: Partial<SequencedBatch> = {}) {
  const ids = { producerId: ours, transactional: false, ...rest };
  return { ...ids, epoch, firstSequence: first, lastSequence: last };
}

function statesAfter(history: readonly Past[]): ProducerStates {
  const states = new ProducerStates();
  history.forEach((past, index) => {
    if ('marker' in past) states.markerAppended({ producerId: ours, epoch: past.epoch }, index);
    else states.appended(batch(past), past.baseOffset ?? index);
  });
  return states;
}

test.each(sequences)('sequence: $id', ({ history, append, expected }) => {
  const states = statesAfter(history);
  const sent = batch(append, {
    producerId: append.pid === 'another' ? another : ours,
    transactional: append.transactionsV2 ?? append.transactional ?? false,
  });
  if (append.origin === 'REPLICATION') {
    expect(expected).toBe('APPEND');
    expect(states.check(sent).outcome).not.toBe('append');
    // A follower takes it without asking, and goes on from it when it leads.
    states.appended(sent, 2);
    const next = sequenceAfter(append.last, 1);
    expect(states.check(batch({ ...append, first: next, last: next })).outcome).toBe('append');
    return;
  }
  const verdict = states.check(sent);
  if (typeof expected === 'string') {
    expect(verdict).toEqual({ outcome: expected === 'APPEND' ? 'append' : expected });
  } else {
    const [baseOffset, lastOffset] = expected.DUPLICATE.offsets;
    expect(verdict).toEqual({ outcome: 'duplicate', baseOffset, lastOffset });
  }
});

test.each(
  (['commit', 'abort'] as const).flatMap((outcome) =>
    stable.map((vector) => ({ outcome, ...vector })),
  ),
)('$kind: $id, $outcome', ({ transactions, outcome, highWatermark, expected }) => {
  const log = new OpenTransactions();
  const inOrder = transactions
    .flatMap(({ pid, first, marker }) => [
      { offset: first, happen: () => log.begin(pid, first) },
      ...(marker === undefined
        ? []
        : [{ offset: marker, happen: () => log.end(pid, marker, outcome) }]),
    ])
    .sort((one, other) => one.offset - other.offset);
  for (const { happen } of inOrder) happen();
  expect(log.lastStableOffset(highWatermark)).toBe(expected);
});

const one = (sequence: number, epoch = 0) => batch({ epoch, first: sequence, last: sequence });

test('after a cut the batch that is gone is taken again, and the one before is recognised', () => {
  const states = statesAfter([0, 1, 2].map((first) => ({ epoch: 0, first, last: first })));
  states.truncateTo(2);
  expect(states.check(one(2))).toEqual({ outcome: 'append' });
  expect(states.check(one(1))).toEqual({ outcome: 'duplicate', baseOffset: 1, lastOffset: 1 });
});

test('a cut brings back the batches that had fallen out of the five', () => {
  const seven = Array.from({ length: 7 }, (_, first) => ({ epoch: 0, first, last: first }));
  const states = statesAfter(seven);
  expect(states.check(one(1)).outcome).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER');
  states.truncateTo(6);
  expect(states.check(one(1)).outcome).toBe('duplicate');
});

test('a cut takes a fence with it', () => {
  const states = statesAfter([
    { epoch: 0, first: 0, last: 0 },
    { epoch: 1, marker: 'COMMIT' },
  ]);
  expect(states.check(one(1)).outcome).toBe('INVALID_PRODUCER_EPOCH');
  expect(states.check(one(0, 1)).outcome).toBe('append');
  states.truncateTo(1);
  expect(states.check(one(1)).outcome).toBe('append');
});

test('a marker of the same epoch (transaction version 1) does not begin the numbers anew', () => {
  const states = statesAfter([
    { epoch: 0, first: 0, last: 0 },
    { epoch: 0, marker: 'COMMIT' },
  ]);
  expect(states.check(one(1)).outcome).toBe('append');
  expect(states.check(one(0)).outcome).toBe('duplicate');
});

test('a batch over the end of the numbers has its offsets one after the other', () => {
  const states = new ProducerStates();
  const wrapped = batch({ epoch: 0, first: 0x7ffffffe, last: 2 });
  states.appended(wrapped, 10);
  expect(states.check(wrapped)).toEqual({ outcome: 'duplicate', baseOffset: 10, lastOffset: 14 });
  expect(states.check(one(3)).outcome).toBe('append');
});
