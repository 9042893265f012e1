// A frame's bits by name, as an inspector shows them; judges nothing, so that faulty frames can be
// shown as well.

import { CLOSE_CODE_NAMES } from './closeCodes';
import { applyMask, isControl, Opcode } from './frame';
import { type FrameHeader, headerBytesOf, readFrameHeader } from './frameHeader';
import { decodeUtf8, isUtf8 } from './utf8';

/** One field of a frame, in the order of the bits (RFC 6455 §5.2). */
export interface FrameField {
  readonly name: FrameFieldName;
  /** Where it begins, counted in bits from the start of the frame. */
  readonly at: number;
  /** How many bits it has. */
  readonly bits: number;
  /** What stands there: a number, or bytes in hexadecimal digits. */
  readonly value: string;
  /** What it says, in a plain sentence. */
  readonly meaning: string;
}

export type FrameFieldName =
  | 'FIN'
  | 'RSV1'
  | 'RSV2'
  | 'RSV3'
  | 'opcode'
  | 'MASK'
  | 'length'
  | 'extended length'
  | 'mask key'
  | 'payload';

/** The fields of one frame; of a frame that is not whole, those that are there. */
export function describeFrame(bytes: Uint8Array): FrameField[] {
  const [first, second] = bytes;
  if (first === undefined) return [];
  if (second === undefined) return firstByte(first);
  const headerBytes = headerBytesOf(second);
  const fields = [...firstByte(first), ...secondByte(second)];
  if (bytes.length < headerBytes) return fields;
  const header = readFrameHeader(bytes);
  return [...fields, ...restOfHeader(bytes, header), payloadField(bytes, header)];
}

function firstByte(byte: number): FrameField[] {
  const opcode = byte & 0x0f;
  const isLast = byte >= 0x80;
  return [
    field('FIN', 0, isLast, isLast ? 'The last frame of its message.' : 'More frames follow.'),
    field(
      ...(['RSV1', 1, (byte & 0x40) !== 0] as const),
      byte & 0x40 ? 'The message is compressed (permessage-deflate).' : 'Not compressed.',
    ),
    field('RSV2', 2, (byte & 0x20) !== 0, RESERVED),
    field('RSV3', 3, (byte & 0x10) !== 0, RESERVED),
    { name: 'opcode', at: 4, bits: 4, value: String(opcode), meaning: opcodeMeaning(opcode) },
  ];
}

const RESERVED = 'Reserved; nobody has agreed on a use.';

const field = (name: FrameFieldName, at: number, isSet: boolean, meaning: string): FrameField => ({
  ...{ name, at, bits: 1, meaning },
  value: isSet ? '1' : '0',
});

function opcodeMeaning(opcode: number): string {
  const known = OPCODE_MEANINGS.get(opcode);
  if (known !== undefined) return known;
  return `Reserved for further ${isControl(opcode) ? 'control' : 'data'} frames.`;
}

const OPCODE_MEANINGS: ReadonlyMap<number, string> = new Map([
  [Opcode.Continuation, 'Continues the message that was begun.'],
  [Opcode.Text, 'Text, in UTF-8.'],
  [Opcode.Binary, 'Binary data.'],
  [Opcode.Close, 'Close: nothing follows from this end.'],
  [Opcode.Ping, 'Ping: the other end answers with a pong.'],
  [Opcode.Pong, 'Pong: the answer to a ping.'],
]);

function secondByte(byte: number): FrameField[] {
  const isMasked = byte >= 0x80;
  const length = byte & 0x7f;
  return [
    field(
      ...(['MASK', 8, isMasked] as const),
      isMasked ? 'Masked, as all that a client sends.' : 'Not masked: it comes from a server.',
    ),
    {
      ...{ name: 'length', at: 9, bits: 7, value: String(length) },
      meaning:
        length < 126
          ? countText(length)
          : `The length stands in the next ${extendedBytes(length)}.`,
    },
  ];
}

const extendedBytes = (length: number): string => (length === 126 ? '2 bytes' : '8 bytes');

const countText = (bytes: number): string =>
  `The payload has ${bytes} byte${bytes === 1 ? '' : 's'}.`;

function restOfHeader(bytes: Uint8Array, header: FrameHeader): FrameField[] {
  const { payloadBytes, maskKey } = header;
  const headerBytes = headerBytesOf(bytes[1] as number);
  const extended = headerBytes - 2 - (maskKey ? 4 : 0);
  const fields: FrameField[] = [];
  if (extended > 0) {
    fields.push({
      ...{ name: 'extended length', at: 16, bits: extended * 8, value: String(payloadBytes) },
      meaning: countText(payloadBytes),
    });
  }
  if (maskKey) {
    fields.push({
      ...{ name: 'mask key', at: 16 + extended * 8, bits: 32, value: hexText(maskKey) },
      meaning: 'Each byte of the payload is combined with one of these four, in turn, by XOR.',
    });
  }
  return fields;
}

function payloadField(bytes: Uint8Array, header: FrameHeader): FrameField {
  const start = headerBytesOf(bytes[1] as number);
  const travelling = bytes.subarray(start, start + header.payloadBytes);
  const payload = Uint8Array.from(travelling);
  if (header.maskKey) applyMask(payload, header.maskKey, 0);
  return {
    ...{ name: 'payload', at: start * 8, bits: travelling.length * 8, value: hexText(travelling) },
    meaning: payloadMeaning(payload, header),
  };
}

function payloadMeaning(payload: Uint8Array, { opcode, rsv, payloadBytes }: FrameHeader): string {
  if (payload.length < payloadBytes) return 'Not all of it is there.';
  if (payload.length === 0) return 'Nothing.';
  if (rsv !== 0) return 'Compressed.';
  if (opcode === Opcode.Close && payload.length >= 2) return closeMeaning(payload);
  if (opcode === Opcode.Binary || !isUtf8(payload)) return 'Bytes that are no text.';
  return decodeUtf8(payload);
}

function closeMeaning(payload: Uint8Array): string {
  const code = ((payload[0] as number) << 8) | (payload[1] as number);
  const name = CLOSE_CODE_NAMES.get(code);
  const reason = payload.subarray(2);
  const text = isUtf8(reason) ? decodeUtf8(reason) : hexText(reason);
  return [String(code), name && `(${name})`, text].filter(Boolean).join(' ');
}

const hexText = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
