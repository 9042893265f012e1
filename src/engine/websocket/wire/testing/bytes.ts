// Short ways to write bytes down and to hand them to a decoder, for tests.

import { type Decoded, type DecoderOptions, FrameDecoder } from '../frameDecoder';

export const MASK = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);

export const bytesOfHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

export const hexOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** ASCII alone. */
export const textOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** A decoder without limits. */
export const readerOf = (
  role: DecoderOptions['role'],
  options: Partial<DecoderOptions> = {},
): FrameDecoder =>
  new FrameDecoder({
    role,
    maxFrameBytes: Number.POSITIVE_INFINITY,
    maxMessageBytes: Number.POSITIVE_INFINITY,
    extension: 'none',
    ...options,
  });

/** Feeds so many bytes at a time. */
export function pieceByPiece(reader: FrameDecoder, bytes: Uint8Array, length: number): Decoded[] {
  const decoded: Decoded[] = [];
  for (let at = 0; at < bytes.length; at += length) {
    decoded.push(...reader.feed(bytes.subarray(at, at + length)));
  }
  return decoded;
}
