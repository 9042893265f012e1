// What an inspector says of the bits of a frame.

import { expect, test } from 'vitest';
import { closePayload } from './closeFrame';
import { describeFrame, type FrameField } from './describeFrame';
import { encodeFrame, Opcode } from './frame';
import { bytesOfHex, MASK } from './testing/bytes';

const said = (fields: readonly FrameField[]) =>
  fields.map(({ name, value, meaning }) => `${name} ${value} ${meaning}`);

test('a masked text of RFC 6455 §5.7, bit by bit', () => {
  expect(said(describeFrame(bytesOfHex('818537fa213d7f9f4d5158')))).toEqual([
    'FIN 1 The last frame of its message.',
    'RSV1 0 Not compressed.',
    'RSV2 0 Reserved; nobody has agreed on a use.',
    'RSV3 0 Reserved; nobody has agreed on a use.',
    'opcode 1 Text, in UTF-8.',
    'MASK 1 Masked, as all that a client sends.',
    'length 5 The payload has 5 bytes.',
    'mask key 37 fa 21 3d Each byte of the payload is combined with one of these four, in turn, by XOR.',
    'payload 7f 9f 4d 51 58 Hello',
  ]);
});

test.each([0, 1, 125, 126, 65_535, 65_536])('%i bytes: every bit has one name', (length) => {
  for (const maskKey of [null, MASK]) {
    const payload = new Uint8Array(length).fill(0x61);
    const bytes = encodeFrame({ fin: true, rsv: 0, opcode: Opcode.Text, maskKey, payload });
    const fields = describeFrame(bytes);
    let at = 0;
    for (const field of fields) {
      expect(field.at).toBe(at);
      at += field.bits;
    }
    expect(at).toBe(bytes.length * 8);
    expect(fields.some(({ name }) => name === 'extended length')).toBe(length > 125);
  }
});

test('a frame that is not whole is described as far as it goes', () => {
  const bytes = bytesOfHex('827e0100');
  expect(describeFrame(bytes.subarray(0, 0))).toEqual([]);
  expect(describeFrame(bytes.subarray(0, 1)).at(-1)).toMatchObject({ name: 'opcode', value: '2' });
  expect(describeFrame(bytes.subarray(0, 3)).at(-1)).toMatchObject({
    name: 'length',
    meaning: 'The length stands in the next 2 bytes.',
  });
  expect(describeFrame(bytes).at(-1)).toMatchObject({ meaning: 'Not all of it is there.' });
});

test.each([
  [closePayload({ code: 1001, reason: 'bye' }), '1001 (Going Away) bye'],
  [closePayload({ code: 4000, reason: '' }), '4000'],
  [new Uint8Array(0), 'Nothing.'],
])('a close frame says its code and reason', (payload, meaning) => {
  const frame = { fin: true, rsv: 0, opcode: Opcode.Close, maskKey: null, payload };
  expect(describeFrame(encodeFrame(frame)).at(-1)).toMatchObject({ name: 'payload', meaning });
});

test('what is reserved is said to be', () => {
  expect(said(describeFrame(bytesOfHex('bb00'))).slice(2, 5)).toEqual([
    'RSV2 1 Reserved; nobody has agreed on a use.',
    'RSV3 1 Reserved; nobody has agreed on a use.',
    'opcode 11 Reserved for further control frames.',
  ]);
});
