// Hashes and partitions of keys, against what Kafka's own classes gave.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { murmur2, partitionForKey, toPositive, utf8Bytes } from './murmur2';

interface Vector {
  readonly id: string;
  /** null where the bytes are no text. */
  readonly keyUtf8: string | null;
  readonly keyHex: string;
  readonly murmur2: number;
  readonly toPositive: number;
  /** Count of partitions → partition. */
  readonly partition: Readonly<Record<string, number>>;
}

const path = new URL('../../vectors/murmur2-partition.json', import.meta.url);
const file = JSON.parse(readFileSync(path, 'utf8')) as { readonly vectors: readonly Vector[] };
const FIELDS = ['id', 'keyHex', 'keyUtf8', 'murmur2', 'partition', 'source', 'toPositive'];

test('the file holds vectors, each with the fields that are measured and no other', () => {
  expect(file.vectors).not.toHaveLength(0);
  for (const vector of file.vectors) {
    expect(Object.keys(vector).sort(), vector.id).toEqual(FIELDS);
    expect(Object.keys(vector.partition), vector.id).not.toHaveLength(0);
  }
});

test.each(file.vectors)('$id: $keyUtf8', (vector) => {
  const bytes = Uint8Array.from(Buffer.from(vector.keyHex, 'hex'));
  expect(murmur2(bytes)).toBe(vector.murmur2);
  expect(toPositive(vector.murmur2)).toBe(vector.toPositive);
  for (const [count, partition] of Object.entries(vector.partition)) {
    expect(partitionForKey(bytes, Number(count)), count).toBe(partition);
  }
  if (vector.keyUtf8 !== null) expect(utf8Bytes(vector.keyUtf8)).toEqual(bytes);
});

test.each(['', '\u007f\u0080', '\u07ff\u0800', '\ud7ff\ue000\uffff', '\u{10000}\u{10ffff}'])(
  'text is encoded as any encoder does: %j',
  (text) => {
    expect(utf8Bytes(text)).toEqual(new TextEncoder().encode(text));
  },
);

test('half a surrogate pair becomes a question mark, as in Java', () => {
  expect(utf8Bytes('a\ud83db\ude80')).toEqual(utf8Bytes('a?b?'));
});
