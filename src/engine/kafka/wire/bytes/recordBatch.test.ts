// Record batches as bytes: the checksum by its published values, a batch that a real Kafka wrote,
// and sizes against the ones that the run counts.

import { expect, test } from 'vitest';
import { recordBytes } from '../recordBatch';
import { crc32c } from './crc32c';
import { describeBatch } from './describeBatch';
import { type BatchHeader, encodeBatch } from './encodeBatch';

const ascii = (text: string): Uint8Array =>
  Uint8Array.from([...text].map((letter) => letter.charCodeAt(0)));
const fromHex = (text: string): Uint8Array =>
  Uint8Array.from(text.split(/\s+/).map((pair) => Number.parseInt(pair, 16)));

const HEADER: BatchHeader = {
  baseOffset: 0,
  leaderEpoch: -1,
  isTransactional: false,
  isControl: false,
  lastOffsetDelta: 0,
  timestamp: 0,
  producerId: -1,
  producerEpoch: -1,
  baseSequence: -1,
};

test('the checksum has its published values (RFC 3720 §B.4)', () => {
  expect(crc32c(ascii('123456789'))).toBe(0xe3069283);
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, at) => at))).toBe(0x46dd794e);
});

/** The first batch of a `__cluster_metadata` log: the feature level `metadata.version` 20. */
const REAL = fromHex(
  [
    '00 00 00 00 00 00 00 01 00 00 00 4f 00 00 00 01 02 b0 69 45 7c 00 00 00 00 00 00',
    '00 00 01 91 e0 5a f8 18 00 00 01 91 e0 5a f8 18 ff ff ff ff ff ff ff ff ff ff ff ff',
    'ff ff 00 00 00 01 3a 00 00 00 01 2e 01 0c 00 11 6d 65 74 61 64 61 74 61 2e 76 65 72',
    '73 69 6f 6e 00 14 00 00',
  ].join(' '),
);

test('a batch of a real Kafka comes out byte for byte', () => {
  const value = REAL.subarray(67, 90);
  const header = { ...HEADER, baseOffset: 1, leaderEpoch: 1, timestamp: 0x191e05af818 };
  const batch = encodeBatch(header, [{ offsetDelta: 0, key: null, value }]);
  expect([...batch]).toEqual([...REAL]);
  const crc = describeBatch(REAL).header.find(({ name }) => name === 'CRC-32C');
  expect(crc).toMatchObject({ hex: 'B0 69 45 7C', meaning: 'fits the bytes after it' });
});

test('a changed byte does not fit the checksum', () => {
  const changed = Uint8Array.from(REAL);
  changed[70] = 0;
  const crc = describeBatch(changed).header.find(({ name }) => name === 'CRC-32C');
  expect(crc?.meaning).toBe('does not fit the bytes after it');
});

test('records are as long as counted, whatever their lengths', () => {
  for (const payload of [1, 57, 58, 63, 64, 8_000, 8_200]) {
    for (const [offsetDelta, key] of [
      [0, null],
      [63, 'k'],
      [64, 'a key of some length'],
    ] as const) {
      const value = new Uint8Array(payload).fill(0x2e);
      const record = { offsetDelta, key: key === null ? null : ascii(key), value };
      const length = encodeBatch(HEADER, [record]).length;
      expect(length).toBe(61 + recordBytes(payload, offsetDelta, key === null ? -1 : key.length));
    }
  }
});

test('fields have names, places and words', () => {
  const records = [
    { offsetDelta: 0, key: ascii('order'), value: ascii('Ana 3') },
    { offsetDelta: 1, key: ascii('order'), value: null },
  ];
  const header = { ...HEADER, lastOffsetDelta: 1, producerId: 4, baseSequence: 12 };
  const { records: read, ...rest } = describeBatch(encodeBatch(header, records));
  expect(rest.header.map(({ bytes }) => bytes)).toEqual([8, 4, 4, 1, 4, 2, 4, 8, 8, 8, 2, 4, 4]);
  expect(rest.header.find(({ name }) => name === 'Producer id')?.meaning).toBe('4');
  const says = (record: number, name: string) =>
    read[record]?.fields.find((field) => field.name === name)?.meaning;
  expect([says(0, 'Key'), says(0, 'Value')]).toEqual(['order', 'Ana 3']);
  expect([says(1, 'Value length'), says(1, 'Value')]).toEqual([
    'null: the key is to be forgotten',
    undefined,
  ]);
});

test('the end of a transaction takes 78 bytes and says how it ended', () => {
  const key = Uint8Array.of(0, 0, 0, 1);
  const header = { ...HEADER, isTransactional: true, isControl: true };
  const marker = encodeBatch(header, [{ offsetDelta: 0, key, value: new Uint8Array(6) }]);
  expect(marker.length).toBe(78);
  const { header: fields, records } = describeBatch(marker);
  expect(fields.find(({ name }) => name === 'Attributes')).toMatchObject({
    hex: '00 30',
    meaning: 'not compressed, in a transaction, it ends a transaction',
  });
  expect(records[0]?.fields.find(({ name }) => name === 'Key')?.meaning).toBe('commits');
});
