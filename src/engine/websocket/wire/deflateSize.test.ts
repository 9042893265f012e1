// The estimate of permessage-deflate, held against a compressor.

import { readFileSync } from 'node:fs';
import { constants, deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { deflatedBytes } from './deflateSize';

/** Bytes of a message without context takeover; the last four are left out (RFC 7692 §7.2.1). */
const compressedBytes = (text: string): number =>
  deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH }).length - 4;

test('a few letters come out as RFC 7692 §7.2.3 has them', () => {
  expect(deflatedBytes('Hello'.length)).toBe(7);
  expect(compressedBytes('Hello')).toBe(7);
  expect(deflatedBytes(0)).toBe(1);
});

test('prose of any length comes out between half and twice what a compressor makes of it', () => {
  const prose = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  for (const length of [1, 10, 64, 200, 1_000, 4_000, 8_000]) {
    const ratio = deflatedBytes(length) / compressedBytes(prose.slice(0, length));
    expect(ratio, `${length} bytes`).toBeGreaterThan(0.5);
    expect(ratio, `${length} bytes`).toBeLessThan(2);
  }
});

test('more bytes never come out as fewer', () => {
  for (let length = 1; length < 300; length += 1) {
    expect(deflatedBytes(length)).toBeGreaterThanOrEqual(deflatedBytes(length - 1));
    expect(deflatedBytes(length)).toBeLessThanOrEqual(length + 2);
  }
});
